// How calls end: the phases hangingUp and wrapUp, and the two ways into the end that the other phases share.
// Pure. Called by call-machine.ts and the other *-machine.ts.
import { assertNever } from '#shared/domain/assert-never.ts';
import type { MissedReason } from '#shared/domain/call-view.ts';
import { type Call, type CallEffect, type CallEvent, type Ending, type Step, timeLimitsMs } from './call.ts';
import type { FailureCause } from './telephony-port.ts';

/** The outcome of a call that was talked on. */
export function talkedEnding(call: Call): Ending {
  return { outcome: call.direction === 'inbound' ? 'accepted' : 'connected', missedReason: null };
}

/** Why an offer that failed was missed. */
export function missedThrough(cause: FailureCause): MissedReason {
  switch (cause) {
    case 'microphone':
    case 'media':
      return 'microphone';
    case 'noAnswer':
      return 'rangOut';
    case 'busy':
      return 'onAnotherCall';
    case 'notFound':
    case 'unavailable':
    case 'forbidden':
    case 'declined':
    case 'network':
    case 'timeout':
    case 'other':
      return 'network';
    default:
      return assertNever(cause);
  }
}

/** Ends the call for good. @param before effects that come first, such as the silence in the ear */
export function close(
  call: Call,
  ending: Ending,
  atMs: number,
  before: readonly CallEffect[] = [],
  endCause: FailureCause | null = null,
): Step {
  return {
    call: {
      ...over(call, ending, atMs, endCause),
      phase: { name: 'closed' },
      wrapUpEndsAtMs: null,
    },
    effects: [...before, { type: 'timer.clear' }, { type: 'save' }],
  };
}

/** *after* of design.md: wrap-up where the call was answered and its project asks for it, else closed. */
export function after(call: Call, ending: Ending, atMs: number, endCause: FailureCause | null = null): Step {
  const wrapUpMs = call.project?.wrapUpMs ?? 0;
  if (call.answeredAtMs === null || wrapUpMs === 0) return close(call, ending, atMs, [], endCause);
  return {
    call: {
      ...over(call, ending, atMs, endCause),
      phase: { name: 'wrapUp' },
      wrapUpEndsAtMs: atMs + wrapUpMs,
    },
    effects: [{ type: 'timer.set', ms: wrapUpMs, tells: 'expired' }, { type: 'save' }],
  };
}

/**
 * The app ended under a call that had been answered, or under its wrap-up, and was started again: what is left of the
 * call is its wrap-up, with its whole time, since the agent had none of it.
 * @returns null where its project asks for none
 */
export function reopenWrapUp(call: Call, atMs: number): Step | null {
  const wrapUpMs = call.project?.wrapUpMs ?? 0;
  if (call.answeredAtMs === null || wrapUpMs === 0) return null;
  return {
    call: { ...call, phase: { name: 'wrapUp' }, wrapUpEndsAtMs: atMs + wrapUpMs },
    effects: [{ type: 'timer.set', ms: wrapUpMs, tells: 'expired' }],
  };
}

/** The agent ends it: BYE or CANCEL goes out, and `ending` holds once that is answered or given up. */
export function hangUp(call: Call, ending: Ending, before: readonly CallEffect[] = []): Step {
  return {
    call: { ...call, phase: { name: 'hangingUp', ending } },
    effects: [
      ...before,
      { type: 'sip.hangUp' },
      { type: 'timer.set', ms: timeLimitsMs.hangingUp, tells: 'timedOut' },
    ],
  };
}

export function stepHangingUp(call: Call, ending: Ending, event: CallEvent): Step | null {
  switch (event.type) {
    case 'byeConfirmed':
    case 'remoteHungUp':
    case 'timedOut':
      return after(call, ending, event.atMs);
    case 'failed':
      return after(call, ending, event.atMs, event.cause);
    // A CANCEL that crosses our own end of an offer just accepted says more than the agent's wish does.
    case 'callerGaveUp':
      return after(
        call,
        call.answeredAtMs === null ? { outcome: 'abandoned', missedReason: null } : ending,
        event.atMs,
      );
    case 'rangOut':
      return after(call, ending, event.atMs);
    case 'answeredElsewhere':
    case 'declinedElsewhere':
      return close(call, { outcome: event.type, missedReason: null }, event.atMs);
    case 'established':
      // Our CANCEL crossed the 200 (RFC 3261 9.1): now it is a dialog, and only a BYE ends it.
      return { call, effects: [{ type: 'sip.hangUp' }] };
    default:
      return null;
  }
}

export function stepWrapUp(call: Call, event: CallEvent): Step | null {
  switch (event.type) {
    case 'finish':
    case 'expired':
      return {
        call: { ...call, phase: { name: 'closed' }, wrapUpEndsAtMs: null },
        effects: [{ type: 'timer.clear' }, { type: 'save' }],
      };
    case 'extendWrapUp': {
      const endsAtMs = (call.wrapUpEndsAtMs ?? event.atMs) + event.byMs;
      return {
        call: { ...call, wrapUpEndsAtMs: endsAtMs },
        effects: [{ type: 'timer.set', ms: endsAtMs - event.atMs, tells: 'expired' }],
      };
    }
    default:
      return null;
  }
}

function over(call: Call, ending: Ending, atMs: number, endCause: FailureCause | null): Call {
  // A transfer that came to nothing is over with the call.
  const transfer = call.transfer?.progress === 'done' ? call.transfer : null;
  return { ...call, ...ending, endCause, endedAtMs: atMs, transfer, muted: false, remoteHold: false };
}
