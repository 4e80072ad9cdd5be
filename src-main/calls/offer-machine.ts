// An inbound call before it is talked on: offered, ignored, answering (design.md, "The call machine").
// Pure. Called by call-machine.ts.
import type { CallOutcome, MissedReason } from '#shared/domain/call-view.ts';
import { type Call, type CallEffect, type CallEvent, type Step, timeLimitsMs } from './call.ts';
import { close, hangUp, missedThrough, talkedEnding } from './ending-machine.ts';

/** A call that has just been offered: it rings. */
export function offer(call: Omit<Call, 'phase'>): Step {
  return {
    call: { ...call, phase: { name: 'offered' } },
    effects: [
      { type: 'ringing.start' },
      { type: 'timer.set', ms: timeLimitsMs.offered, tells: 'timedOut' },
      { type: 'save' },
    ],
  };
}

/** An offer that comes while the agent has another call: 486 at once, and never a sound. */
export function offerOnAnotherCall(call: Omit<Call, 'phase'>): Step {
  return close(
    { ...call, phase: { name: 'offered' } },
    { outcome: 'missed', missedReason: 'onAnotherCall' },
    call.startedAtMs,
    [{ type: 'sip.reject' }],
  );
}

export function stepOffered(call: Call, event: CallEvent): Step | null {
  const silence: CallEffect[] = [{ type: 'ringing.stop' }];
  switch (event.type) {
    case 'ignore':
      return {
        call: { ...call, phase: { name: 'ignored' } },
        effects: [
          ...silence,
          ...(call.sipCallId === null
            ? []
            : [{ type: 'hub.ignoreOffer', sipCallId: call.sipCallId } as const]),
          { type: 'save' },
        ],
      };
    // The agent has chosen already, on another device: the hub knows.
    case 'silenced':
      return { call: { ...call, phase: { name: 'ignored' } }, effects: [...silence, { type: 'save' }] };
    default:
      return stepWaiting(call, event, silence, 'rangOut');
  }
}

/** As offered, but silent: the call stays in the inbox and can still be accepted. */
export function stepIgnored(call: Call, event: CallEvent): Step | null {
  return stepWaiting(call, event, [], 'ignored');
}

/** @param unanswered the reason that is logged where the ringing ends without anybody having answered */
function stepWaiting(
  call: Call,
  event: CallEvent,
  silence: CallEffect[],
  unanswered: MissedReason,
): Step | null {
  const closed = (
    outcome: CallOutcome,
    missedReason: MissedReason | null = null,
    effects: CallEffect[] = [],
  ) => close(call, { outcome, missedReason }, event.atMs, [...silence, ...effects]);
  switch (event.type) {
    case 'accept':
      return {
        call: { ...call, phase: { name: 'answering' } },
        effects: [
          ...silence,
          { type: 'sip.answer' },
          { type: 'timer.set', ms: timeLimitsMs.answering, tells: 'timedOut' },
        ],
      };
    case 'decline':
      return closed('declined', null, [{ type: 'sip.decline' }]);
    case 'reject':
      return event.because === 'agent'
        ? closed('rejected', null, [{ type: 'sip.reject' }])
        : closed('missed', 'onAnotherCall', [{ type: 'sip.reject' }]);
    case 'callerGaveUp':
      return closed('abandoned', unanswered === 'ignored' ? 'ignored' : null);
    case 'answeredElsewhere':
    case 'declinedElsewhere':
      return closed(event.type);
    case 'rangOut':
      return closed('missed', unanswered);
    case 'timedOut':
      // The CANCEL was lost: say so to the other end, or it goes on counting us as ringing.
      return closed('missed', unanswered, [{ type: 'sip.reject' }]);
    case 'failed':
      return close(
        call,
        { outcome: 'missed', missedReason: missedThrough(event.cause) },
        event.atMs,
        silence,
        event.cause,
      );
    default:
      return null;
  }
}

export function stepAnswering(call: Call, event: CallEvent): Step | null {
  switch (event.type) {
    case 'established':
      return {
        call: { ...call, phase: { name: 'talking' }, answeredAtMs: event.atMs },
        effects: [{ type: 'timer.clear' }, { type: 'save' }],
      };
    case 'callerGaveUp':
    case 'remoteHungUp':
      return close(call, { outcome: 'abandoned', missedReason: null }, event.atMs);
    case 'answeredElsewhere':
    case 'declinedElsewhere':
      return close(call, { outcome: event.type, missedReason: null }, event.atMs);
    case 'rangOut':
      return close(call, { outcome: 'missed', missedReason: 'rangOut' }, event.atMs);
    case 'failed':
      return close(
        call,
        { outcome: 'missed', missedReason: missedThrough(event.cause) },
        event.atMs,
        [],
        event.cause,
      );
    case 'hangUp':
      return hangUp(call, talkedEnding(call));
    case 'timedOut':
      return hangUp(call, { outcome: 'missed', missedReason: 'network' });
    default:
      return null;
  }
}
