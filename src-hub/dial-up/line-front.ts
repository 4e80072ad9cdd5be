// The first orders of the line for agents who may work the same queues: class after class, until there are enough. Where each
// class of precedence.ts lies in the index says `stretchesOf`, for both databases.
import type { Bucket, WhyNow } from '#shared/domain/dial-up.ts';
import type { UserId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { frontOf, type PlaceInQueue } from './line-store.ts';
import { classes, comesBefore, type Turn, turnOf } from './precedence.ts';
import type { OpenQueue } from './queue-book.ts';

export interface Candidate {
  readonly place: PlaceInQueue;
  readonly turn: Turn;
}

/** A stretch of one queue's index, all of whose places have their turn for the same reason. */
export interface Stretch {
  readonly why: WhyNow;
  readonly queueId: number;
  readonly bucket: Bucket;
  /** Due after this moment, and until that. */
  readonly afterMs: number;
  readonly untilMs: number;
}

/** Attempts that are asked for one by one; whoever has as many or more stands behind them all. */
export const countedAttempts = 12;
/** As `afterMs`: however long ago. */
export const always = -1;

/** In no order. Own call backs are in none: they are found by whose they are. */
export function stretchesOf(queues: readonly OpenQueue[], nowMs: number): Stretch[] {
  return queues.flatMap(({ id, drawn, rule }) => {
    const stretch = (why: WhyNow, bucket: Bucket, afterMs = always, untilMs = nowMs): Stretch => ({
      ...{ why, queueId: id, bucket, afterMs, untilMs },
    });
    const callBacks = stretch('callBackDue', 'callBack');
    if (drawn) return [callBacks, stretch('drawn', 'unprocessed'), stretch('drawn', 'noAnswer')];
    const leadsFirst = rule.mode === 'newLeads' && rule.highPriority;
    const overMs = rule.standardTimeMs > 0 ? nowMs - rule.standardTimeMs : always;
    const timed = (why: WhyNow, bucket: Bucket): Stretch[] => [
      ...(overMs > always ? [stretch('overStandardTime', bucket, always, overMs)] : []),
      stretch(why, bucket, overMs),
    ];
    return [
      callBacks,
      ...(leadsFirst ? [stretch('highPriorityLead', 'unprocessed')] : timed('unprocessed', 'unprocessed')),
      ...timed('retryDue', 'noAnswer'),
    ];
  });
}

/** @returns at least the first `wanted` that can be had by anybody, in their order; fewer where there are no more. */
export async function lineFront(
  db: HubDatabase,
  queues: readonly OpenQueue[],
  wanted: number,
  nowMs: number,
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  const byClass = Map.groupBy(stretchesOf(queues, nowMs), ({ why }) => why);
  for (const why of classes) {
    const stretches = byClass.get(why) ?? [];
    for (const attempts of why === 'retryDue' ? attemptsInTurn : [null]) {
      if (found.length >= wanted || stretches.length === 0) break;
      const places = await frontOf(db, stretches, attempts, wanted - found.length);
      found.push(...turnsOf(places, queues, null, nowMs));
    }
  }
  return found.sort((one, other) => comesBefore(one.turn, other.turn));
}

const attemptsInTurn = Array.from({ length: countedAttempts + 1 }, (_, attempts) => ({
  least: attempts,
  most: attempts === countedAttempts ? Number.MAX_SAFE_INTEGER : attempts,
}));

/** Those whose turn it is for this agent, in their order. */
export function turnsOf(
  places: readonly PlaceInQueue[],
  queues: readonly OpenQueue[],
  agentId: UserId | null,
  nowMs: number,
): Candidate[] {
  const byId = new Map(queues.map((queue) => [queue.id, queue]));
  return places
    .flatMap((place) => {
      const queue = byId.get(place.queueId);
      const turn = queue ? turnOf(place, queue.rule, agentId, nowMs) : null;
      return turn ? [{ place, turn }] : [];
    })
    .sort((one, other) => comesBefore(one.turn, other.turn));
}
