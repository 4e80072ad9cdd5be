// An outbound call before it is talked on: dialing, remoteRinging (design.md, "The call machine").
// Pure. Called by call-machine.ts.
import { assertNever } from '#shared/domain/assert-never.ts';
import type { CallOutcome } from '#shared/domain/call-view.ts';
import { type Call, type CallEffect, type CallEvent, type Step, timeLimitsMs } from './call.ts';
import { close, hangUp } from './ending-machine.ts';
import type { FailureCause } from './telephony-port.ts';

/** A call that telephony makes by itself, because the other side gave the one before it to somebody else. */
export function dialledElsewhere(call: Omit<Call, 'phase'>): Step {
  return {
    call: { ...call, phase: { name: 'dialing' } },
    effects: [{ type: 'timer.set', ms: timeLimitsMs.dialing, tells: 'timedOut' }, { type: 'save' }],
  };
}

/** A call that has just been dialled. */
export function dial(call: Omit<Call, 'phase'>, target: string): Step {
  return {
    call: { ...call, phase: { name: 'dialing' } },
    effects: [
      { type: 'sip.dial', target },
      { type: 'timer.set', ms: timeLimitsMs.dialing, tells: 'timedOut' },
      { type: 'save' },
    ],
  };
}

/** @param ringback whether our own ringback is in the agent's ear */
export function stepDialing(call: Call, ringback: boolean, event: CallEvent): Step | null {
  const silence: CallEffect[] = ringback ? [{ type: 'ringback.stop' }] : [];
  switch (event.type) {
    case 'ringingRemotely': {
      // With early media the far network's own tone is heard; ours beside it would be a second one.
      const wanted = !event.earlyMedia;
      const change: CallEffect[] = wanted ? [{ type: 'ringback.start' }] : silence;
      return {
        call: { ...call, phase: { name: 'remoteRinging', ringback: wanted } },
        effects: wanted === ringback ? [] : change,
      };
    }
    case 'established':
      return {
        call: { ...call, phase: { name: 'talking' }, answeredAtMs: event.atMs },
        effects: [...silence, { type: 'timer.clear' }, { type: 'save' }],
      };
    case 'failed':
      return close(
        call,
        { outcome: outcomeOf(event.cause), missedReason: null },
        event.atMs,
        silence,
        event.cause,
      );
    // A BYE before our 200: RFC 3261 15 allows it in an early dialog.
    case 'remoteHungUp':
      return close(call, { outcome: 'failed', missedReason: null }, event.atMs, silence);
    case 'hangUp':
      return hangUp(call, { outcome: 'cancelled', missedReason: null }, silence);
    case 'timedOut':
      return hangUp(call, { outcome: 'noAnswer', missedReason: null }, silence);
    default:
      return null;
  }
}

function outcomeOf(cause: FailureCause): CallOutcome {
  switch (cause) {
    case 'busy':
    case 'declined':
      return 'busy';
    case 'noAnswer':
      return 'noAnswer';
    case 'notFound':
    case 'unavailable':
    case 'forbidden':
    case 'network':
    case 'microphone':
    case 'media':
    case 'timeout':
    case 'other':
      return 'failed';
    default:
      return assertNever(cause);
  }
}
