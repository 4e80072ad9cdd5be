// While a call is being set up, other work on this computer gives way, so that the call is seen and heard as if there were
// none. Told by the call desk (compose.ts wires it); asked by sync/, in main and in the thread that writes. The time runs
// out by itself: nothing waits for ever because a call does.
import { assertNever } from '#shared/domain/assert-never.ts';
import type { CallPhase } from '#shared/domain/call-view.ts';
import type { CallId } from '#shared/domain/ids.ts';
import type { Clock } from './clock.ts';

/** A call came out of one phase (null: it begins) into another. */
export interface PhaseEntered {
  readonly callId: CallId;
  readonly before: CallPhase | null;
  readonly after: CallPhase;
}

export interface CallsFirst {
  entered(phase: PhaseEntered): void;
  /** For so long others are still to give way, if nothing is heard of the call before; 0: not at all. */
  restMs(): number;
  /** The same for another thread: see `restFor`. */
  readonly shared: SharedArrayBuffer;
}

/** It is painted by then and its answer is prepared, on a slow computer, too; it may ring for minutes. */
const offeredMs = 1_000;
/** Gathering the ways to it takes half a second at most, and the other side rings soon after. */
const dialingMs = 2_000;
/** Far more than it takes; where it fails, that may take 15 s. */
const answeringMs = 5_000;
/** From the answer until both hear each other. */
const establishedMs = 1_500;
/**
 * So long in one go, and no more until time has passed without: where one call comes upon the other, a third of the time
 * is theirs, and the work gets on.
 */
const longestMs = 10_000;
const regained = 0.5;

/** @param clock whose time is the same in all threads */
export function createCallsFirst({ nowMs }: Pick<Clock, 'nowMs'>): CallsFirst {
  const shared = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  const untilMs = new BigInt64Array(shared);
  const restMs = restFor(shared, nowMs);
  const calls = new Map<CallId, number>();
  let leftMs = longestMs;
  let reckonedAtMs = nowMs();
  let givenUntilMs = reckonedAtMs;

  const reckon = (atMs: number) => {
    const passedMs = Math.max(0, atMs - reckonedAtMs);
    const givenMs = Math.min(passedMs, Math.max(0, givenUntilMs - reckonedAtMs));
    leftMs = Math.min(longestMs, leftMs - givenMs + (passedMs - givenMs) * regained);
    reckonedAtMs = atMs;
  };
  return {
    shared,
    restMs,
    entered({ callId, before, after }) {
      const takesMs = timeFor(before, after);
      if (takesMs === null) return;
      const atMs = nowMs();
      calls.set(callId, atMs + takesMs);
      for (const [each, until] of calls) if (until <= atMs) calls.delete(each);
      reckon(atMs);
      givenUntilMs = Math.trunc(Math.min(Math.max(atMs, ...calls.values()), atMs + leftMs));
      Atomics.store(untilMs, 0, BigInt(givenUntilMs));
    },
  };
}

/** Another thread's side. @returns what `CallsFirst.restMs` says */
export function restFor(shared: SharedArrayBuffer, nowMs: () => number): () => number {
  const untilMs = new BigInt64Array(shared);
  return () => {
    const restMs = Number(Atomics.load(untilMs, 0)) - nowMs();
    // More is left only where the clock was put back.
    return restMs > 0 && restMs <= longestMs ? restMs : 0;
  };
}

/** 0: nothing more is to be done for it. Null: as before. */
function timeFor(before: CallPhase | null, after: CallPhase): number | null {
  switch (after) {
    case 'offered':
      return offeredMs;
    case 'dialing':
      return dialingMs;
    case 'answering':
      return answeringMs;
    case 'talking':
      return before === 'answering' || before === 'dialing' || before === 'remoteRinging'
        ? establishedMs
        : null;
    case 'ignored':
    case 'hangingUp':
    case 'wrapUp':
    case 'closed':
      return 0;
    case 'remoteRinging':
    case 'holding':
    case 'held':
    case 'resuming':
    case 'transferring':
      return null;
    default:
      return assertNever(after);
  }
}
