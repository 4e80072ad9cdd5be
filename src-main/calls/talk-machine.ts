// A call that is talked on: talking, holding, held, resuming (design.md, "The call machine"); transferring is
// transfer-machine.ts. Pure. Called by call-machine.ts.
import { type Call, type CallEffect, type CallEvent, dtmfLog, type Step, timeLimitsMs } from './call.ts';
import { after, close, hangUp, talkedEnding } from './ending-machine.ts';
import { beginTransfer } from './transfer-machine.ts';

const changeTimer: CallEffect = { type: 'timer.set', ms: timeLimitsMs.change, tells: 'timedOut' };
const noTimer: CallEffect = { type: 'timer.clear' };

export function stepTalking(call: Call, event: CallEvent): Step | null {
  switch (event.type) {
    case 'hold':
      return to(call, 'holding', [{ type: 'sip.hold' }, changeTimer]);
    case 'sendDtmf':
      return {
        call: { ...call, dtmfSent: dtmfLog(call.dtmfSent, event.tones) },
        effects: [{ type: 'sip.sendDtmf', tones: event.tones }],
      };
    default:
      return event.type === 'transfer' ? beginTransfer(call, 'talking', event) : stepAnyTalk(call, event);
  }
}

export function stepHolding(call: Call, event: CallEvent): Step | null {
  switch (event.type) {
    case 'holdConfirmed':
      return to(call, 'held', [noTimer]);
    case 'changeRefused':
    case 'timedOut':
      return to(call, 'talking', [noTimer]);
    default:
      return event.type === 'transfer' ? beginTransfer(call, 'holding', event) : stepAnyTalk(call, event);
  }
}

export function stepHeld(call: Call, event: CallEvent): Step | null {
  if (event.type === 'resume') return to(call, 'resuming', [{ type: 'sip.resume' }, changeTimer]);
  return event.type === 'transfer' ? beginTransfer(call, 'held', event) : stepAnyTalk(call, event);
}

export function stepResuming(call: Call, event: CallEvent): Step | null {
  switch (event.type) {
    case 'resumeConfirmed':
      return to(call, 'talking', [noTimer]);
    case 'changeRefused':
    case 'timedOut':
      return to(call, 'held', [noTimer]);
    default:
      return stepAnyTalk(call, event);
  }
}

/** What may happen in all of them. */
export function stepAnyTalk(call: Call, event: CallEvent): Step | null {
  switch (event.type) {
    case 'setMuted':
      // `muted` itself follows the microphone's track, not the wish.
      return { call, effects: [{ type: 'sip.setMuted', muted: event.muted }] };
    case 'hangUp':
    // Answered after it was given up here: the other side talks to somebody else by now.
    case 'transferConfirmed':
      return hangUp(call, talkedEnding(call));
    case 'remoteHungUp':
      return after(call, talkedEnding(call), event.atMs);
    case 'failed':
      return after(call, talkedEnding(call), event.atMs, event.cause);
    // Two answered at once and the other was kept: our 200 was acknowledged and ended with a BYE that says so.
    case 'answeredElsewhere':
      return close(
        { ...call, answeredAtMs: null },
        { outcome: 'answeredElsewhere', missedReason: null },
        event.atMs,
      );
    default:
      return null;
  }
}

function to(
  call: Call,
  name: 'talking' | 'holding' | 'held' | 'resuming',
  effects: readonly CallEffect[],
): Step {
  return { call: { ...call, phase: { name } }, effects };
}
