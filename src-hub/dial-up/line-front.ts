// The first orders of the line for agents who may work the same queues: class after class, until there are enough.
import type { UserId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { type By, frontOf, type PlaceInQueue, type Stretch } from './line-store.ts';
import { comesBefore, type Turn, turnOf } from './precedence.ts';
import type { OpenQueue } from './queue-book.ts';

export interface Candidate {
  readonly place: PlaceInQueue;
  readonly turn: Turn;
}

/** Attempts that are asked for one by one; whoever has more stands behind them all. */
const countedAttempts = 12;

/** @returns at least the first `wanted` that can be had by anybody, in their order; fewer where there are no more. */
export async function lineFront(
  db: HubDatabase,
  queues: readonly OpenQueue[],
  wanted: number,
  nowMs: number,
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const { stretches, by } of classesOf(queues, nowMs)) {
    if (found.length >= wanted) break;
    if (stretches.length === 0) continue;
    // Whatever of it was found in a class before stands in the way of as many others.
    const places = await frontOf(db, stretches, by, wanted + found.length);
    const before = new Set(found.map(({ place }) => place.orderId));
    found.push(...turnsOf(places, queues, null, nowMs).filter(({ place }) => !before.has(place.orderId)));
  }
  return found.sort((one, other) => comesBefore(one.turn, other.turn));
}

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

/** In the order of precedence.ts; each holds all that may be first in its class, and perhaps some of a later one. */
function classesOf(queues: readonly OpenQueue[], nowMs: number): { stretches: Stretch[]; by: By }[] {
  const byRule = queues.filter(({ drawn }) => !drawn);
  const leads = byRule.filter(({ rule }) => rule.mode === 'newLeads' && rule.highPriority);
  const timed = byRule.filter(({ rule }) => rule.standardTimeMs > 0);
  const all = (of: readonly OpenQueue[], bucket: Stretch['bucket']): Stretch[] =>
    of.map(({ id }) => ({ queueId: id, bucket, untilMs: nowMs }));
  const over = timed.flatMap(({ id, rule }) =>
    (['unprocessed', 'noAnswer'] as const).map((bucket) => ({
      queueId: id,
      bucket,
      untilMs: nowMs - rule.standardTimeMs,
    })),
  );
  const drawn = queues.filter((queue) => queue.drawn);
  return [
    { stretches: all(queues, 'callBack'), by: 'due' },
    { stretches: all(leads, 'unprocessed'), by: 'due' },
    { stretches: over, by: 'due' },
    { stretches: all(byRule, 'unprocessed'), by: 'due' },
    ...Array.from({ length: countedAttempts + 1 }, (_, attempts) => ({
      stretches: all(byRule, 'noAnswer').map((each) => ({
        ...each,
        attempts,
        orMore: attempts === countedAttempts,
      })),
      by: 'attempts' as const,
    })),
    { stretches: [...all(drawn, 'unprocessed'), ...all(drawn, 'noAnswer')], by: 'draw' },
  ];
}
