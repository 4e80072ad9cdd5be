// Which order comes next, and why (issue "Call mode", Handing out). Pure, and the only place that decides it: the line shown
// to supervisors is sorted by it, and what the database hands out is chosen by it from the heads of each class.
//
// 1. An own call back that is due, 2. anybody's that is due: the one due longest first.
// 3. New leads of a high-priority project, the oldest first.
// 4. What is over its mode's standard time, the longest over first.
// 5. Other unprocessed orders, the oldest first.
// 6. Those not reached whose delay has passed: fewest attempts first, then the one due longest.
// 7. Orders of a mode that is drawn at random, as its seed draws them.
import { assertNever } from '#shared/domain/assert-never.ts';
import type { Bucket, DialMode, WhyNow } from '#shared/domain/dial-up.ts';
import type { OrderId, UserId } from '#shared/domain/ids.ts';

/** An order in line, as far as its turn goes. */
export interface Place {
  readonly orderId: OrderId;
  readonly bucket: Bucket;
  /** Unprocessed: since when it waits. Else when it is due. */
  readonly dueAtMs: number;
  readonly attempts: number;
  readonly forUserId: UserId | null;
  /** Null where its mode is not drawn at random. */
  readonly draw: number | null;
}

/** What its mode's settings say. */
export interface ModeRule {
  readonly mode: DialMode;
  readonly highPriority: boolean;
  /** 0: none. */
  readonly standardTimeMs: number;
}

/** An order's turn, to be compared by `comesBefore`. `atMs`: since when its reason holds. */
export interface Turn {
  readonly orderId: OrderId;
  readonly why: WhyNow;
  readonly atMs: number;
  readonly attempts: number;
  readonly draw: number;
}

/** In the order of precedence. */
export const classes: readonly WhyNow[] = [
  'ownCallBackDue',
  'callBackDue',
  'highPriorityLead',
  'overStandardTime',
  'unprocessed',
  'retryDue',
  'drawn',
];
const rankOf = new Map(classes.map((why, rank) => [why, rank]));

/**
 * @param agentId for whom; null for the line as a whole, in which each call back is its agent's own.
 * @returns null where it is not this order's time, or it is kept for somebody else.
 */
export function turnOf(place: Place, rule: ModeRule, agentId: UserId | null, nowMs: number): Turn | null {
  const { orderId, bucket, dueAtMs, attempts, forUserId, draw } = place;
  if (dueAtMs > nowMs) return null;
  const turn = (why: WhyNow, atMs = dueAtMs): Turn => ({ orderId, why, atMs, attempts, draw: draw ?? 0 });
  if (bucket === 'callBack') {
    if (forUserId === null) return turn('callBackDue');
    return agentId === null || forUserId === agentId ? turn('ownCallBackDue') : null;
  }
  if (draw !== null) return turn('drawn');
  if (bucket === 'unprocessed' && rule.mode === 'newLeads' && rule.highPriority) {
    return turn('highPriorityLead');
  }
  const overAtMs = dueAtMs + rule.standardTimeMs;
  if (rule.standardTimeMs > 0 && overAtMs <= nowMs) return turn('overStandardTime', overAtMs);
  return turn(bucket === 'unprocessed' ? 'unprocessed' : 'retryDue');
}

/** @returns when time alone gives it another turn, or its first; Infinity where it never does. */
export function turnChangesAtMs(
  { bucket, dueAtMs, draw }: Pick<Place, 'bucket' | 'dueAtMs' | 'draw'>,
  { mode, highPriority, standardTimeMs }: ModeRule,
  nowMs: number,
): number {
  if (dueAtMs > nowMs) return dueAtMs;
  const isFirst = bucket === 'unprocessed' && mode === 'newLeads' && highPriority;
  if (bucket === 'callBack' || draw !== null || isFirst || standardTimeMs === 0) return Infinity;
  const overAtMs = dueAtMs + standardTimeMs;
  return overAtMs > nowMs ? overAtMs : Infinity;
}

/** As `Array.sort` wants it. Two that are alike stand by their ids, so that the line is the same wherever it is made. */
export function comesBefore(one: Turn, other: Turn): number {
  const rank = (rankOf.get(one.why) ?? 0) - (rankOf.get(other.why) ?? 0);
  if (rank !== 0) return rank;
  return withinClass(one, other) || (one.orderId < other.orderId ? -1 : 1);
}

function withinClass(one: Turn, other: Turn): number {
  switch (one.why) {
    case 'ownCallBackDue':
    case 'callBackDue':
    case 'highPriorityLead':
    case 'overStandardTime':
    case 'unprocessed':
      return one.atMs - other.atMs;
    case 'retryDue':
      return one.attempts - other.attempts || one.atMs - other.atMs;
    case 'drawn':
      return one.draw - other.draw;
    default:
      return assertNever(one.why);
  }
}
