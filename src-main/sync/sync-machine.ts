// What syncing does next, as a pure decision over what is known: nothing is remembered here. sync-service.ts gathers the
// facts, carries the step out, and asks again.
import type { SyncScope } from '#shared/hub/sync-contract.ts';

export interface SyncFacts {
  readonly nowMs: number;
  /** Signed in, and the hub can be reached. */
  readonly ready: boolean;
  /** Not before then, after something failed. */
  readonly retryAtMs: number | null;
  /** From when on the files are to be rid of what was erased; null where nothing of it is left in them. */
  readonly wipeAtMs: number | null;
  /** Whether this hub was asked, since the connection was made, if it still has what it said to have. */
  readonly checked: boolean;
  /** Whether what is kept of things sent long ago was put away since then. */
  readonly tidied: boolean;
  /** The first that waits to be sent; null where nothing does. */
  readonly waiting: { readonly undoUntilMs: number | null } | null;
  /** What this user has open, in the order in which it is wanted. */
  readonly open: readonly SyncScope[];
  /** What this desktop has rows of. */
  readonly kept: readonly KeptScope[];
  /** Where there is, or may be, something to pull. */
  readonly stale: readonly SyncScope[];
  /** For so long a call that is being set up wants this computer for itself; 0 where none is. */
  readonly callsRestMs: number;
}

export interface KeptScope {
  readonly scope: SyncScope;
  /** Of another hub, or of one that says that it is no business of this user any more. */
  readonly foreign: boolean;
  /** Since when it is not open; null while it is. */
  readonly closedSinceMs: number | null;
}

export type SyncStep =
  | { readonly step: 'wipe' }
  | { readonly step: 'check' | 'push' | 'tidy' }
  | { readonly step: 'pull' | 'remove'; readonly scope: SyncScope }
  /** @property untilMs null: until something changes. */
  | { readonly step: 'wait'; readonly untilMs: number | null }
  /** There is something to pull, and a call goes first. */
  | { readonly step: 'giveWay'; readonly untilMs: number };

/** Whoever reads at the moment keeps the write-ahead log from being emptied, and has mostly read by then. */
export const wipeAgainMs = 2_000;
/** What the run before has left, once this one has begun; and where the disk failed at it. */
export const wipeLaterMs = 10_000;
/** A project that was closed by mistake is soon open again, and has many rows. */
export const removeAfterMs = 10_000;
const shortestRetryMs = 500;
const longestRetryMs = 30_000;
/** A call is mostly set up sooner than it is said to be. */
const longestGivingWayMs = 500;
/** Undo takes ten seconds. */
const longestUndoMs = 60_000;
/** So often in a row, some 45 s of tries: a hub whose database is away for a moment is waited for. */
const failuresUntilAside = 8;
const nextAsideAfterMs = 10 * 60_000;

/**
 * What was erased leaves the files first, with or without the hub. Sending comes before all else, since it is what nobody
 * else has; what is no longer allowed goes before anything comes. What is pulled comes last, and not while a call is being
 * set up.
 */
export function nextStep(facts: SyncFacts): SyncStep {
  const { nowMs, retryAtMs } = facts;
  const wipeAtMs = wipedAtMs(facts);
  if (isDue(wipeAtMs, nowMs)) return { step: 'wipe' };
  if (!facts.ready) return { step: 'wait', untilMs: wipeAtMs };
  if (isAhead(retryAtMs, nowMs, longestRetryMs)) {
    return { step: 'wait', untilMs: earliest([retryAtMs, wipeAtMs]) };
  }
  const gone = facts.kept.find((each) => isDue(removedAtMs(each, nowMs), nowMs));
  if (gone) return { step: 'remove', scope: gone.scope };
  if (!facts.checked) return { step: 'check' };
  const sendAtMs = facts.waiting === null ? null : sentAtMs(facts.waiting, nowMs);
  if (isDue(sendAtMs, nowMs)) return { step: 'push' };
  const pulled = facts.open.find((scope) => facts.stale.includes(scope));
  const dueLater = [wipeAtMs, sendAtMs, ...facts.kept.map((each) => removedAtMs(each, nowMs))];
  if (pulled === undefined) {
    return facts.tidied ? { step: 'wait', untilMs: earliest(dueLater) } : { step: 'tidy' };
  }
  if (facts.callsRestMs === 0) return { step: 'pull', scope: pulled };
  const lookAtMs = nowMs + Math.min(facts.callsRestMs, longestGivingWayMs);
  return { step: 'giveWay', untilMs: earliest([lookAtMs, ...dueLater]) ?? lookAtMs };
}

/** When it may be sent: at once, or when its undo is over. */
export function sentAtMs({ undoUntilMs }: { undoUntilMs: number | null }, nowMs: number): number {
  return isAhead(undoUntilMs, nowMs, longestUndoMs) ? undoUntilMs : nowMs;
}

/**
 * How long to wait after a failure: growing, with jitter, so that a thousand desktops do not come back in lockstep.
 * @param failures in a row, from 1
 * @param random 0 to 1
 */
export function retryDelayMs(failures: number, random: number): number {
  const ceilingMs = Math.min(longestRetryMs, shortestRetryMs * 2 ** Math.min(failures - 1, 10));
  return Math.round(ceilingMs / 2 + (random * ceilingMs) / 2);
}

/**
 * Whether a change at which the hub itself fails is set aside, so that what was written after it goes out. Of a hub that
 * fails at everything it is only the first, and another one every ten minutes.
 * @param failures of this one, sent by itself, in a row
 * @param asideAtMs when the last one was set aside; null where the hub has taken something since
 */
export function isToBeSetAside(failures: number, asideAtMs: number | null, nowMs: number): boolean {
  if (failures < failuresUntilAside) return false;
  return asideAtMs === null || Math.abs(nowMs - asideAtMs) >= nextAsideAfterMs;
}

/** A call that is being set up goes first, as with a pull. */
function wipedAtMs({ nowMs, wipeAtMs, callsRestMs }: SyncFacts): number | null {
  if (wipeAtMs === null) return null;
  const atMs = isAhead(wipeAtMs, nowMs, wipeLaterMs) ? wipeAtMs : nowMs;
  return callsRestMs === 0 ? atMs : Math.max(atMs, nowMs + Math.min(callsRestMs, longestGivingWayMs));
}

function removedAtMs({ foreign, closedSinceMs }: KeptScope, nowMs: number): number | null {
  if (foreign) return nowMs;
  if (closedSinceMs === null) return null;
  const atMs = closedSinceMs + removeAfterMs;
  return isAhead(atMs, nowMs, removeAfterMs) ? atMs : nowMs;
}

/** What is further ahead than it was ever set comes of a clock that was put back: then it is not waited for. */
function isAhead(atMs: number | null, nowMs: number, longestMs: number): atMs is number {
  return atMs !== null && atMs > nowMs && atMs - nowMs <= longestMs;
}

function isDue(atMs: number | null, nowMs: number): boolean {
  return atMs !== null && atMs <= nowMs;
}

function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((each) => each !== null);
  return known.length === 0 ? null : Math.min(...known);
}
