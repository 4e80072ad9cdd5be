// A call that is talked on: talking, holding, held, resuming, transferring (design.md, "The call machine").
// Pure. Called by call-machine.ts.
import {
  type Call,
  type CallEffect,
  type CallEvent,
  dtmfLog,
  type Step,
  type Transferable,
  timeLimitsMs,
} from './call.ts';
import { after, close, hangUp, talkedEnding } from './ending-machine.ts';

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
      return stepTransferable(call, 'talking', event);
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
      return stepTransferable(call, 'holding', event);
  }
}

export function stepHeld(call: Call, event: CallEvent): Step | null {
  if (event.type === 'resume') return to(call, 'resuming', [{ type: 'sip.resume' }, changeTimer]);
  return stepTransferable(call, 'held', event);
}

export function stepResuming(call: Call, event: CallEvent): Step | null {
  switch (event.type) {
    case 'resumeConfirmed':
      return to(call, 'talking', [noTimer]);
    case 'changeRefused':
    case 'timedOut':
      return to(call, 'held', [noTimer]);
    default:
      return stepTransferable(call, 'resuming', event);
  }
}

/** @param from where it came from; kept up to date, so that a failed transfer returns to what is so by then */
export function stepTransferring(call: Call, from: Transferable, event: CallEvent): Step | null {
  const cameFrom = (name: Transferable): Step => ({
    call: { ...call, phase: { name: 'transferring', from: name } },
    effects: [],
  });
  switch (event.type) {
    case 'transferConfirmed':
      return hangUp(call, talkedEnding(call));
    case 'transferFailed':
    case 'timedOut':
      // A hold or resume that is still under way goes on waiting for its answer.
      return to(call, from, [from === 'holding' || from === 'resuming' ? changeTimer : noTimer]);
    case 'holdConfirmed':
      return from === 'holding' ? cameFrom('held') : null;
    case 'resumeConfirmed':
      return from === 'resuming' ? cameFrom('talking') : null;
    case 'changeRefused':
      if (from === 'holding') return cameFrom('talking');
      return from === 'resuming' ? cameFrom('held') : null;
    default:
      return stepAnyTalk(call, event);
  }
}

function stepTransferable(call: Call, from: Transferable, event: CallEvent): Step | null {
  if (event.type !== 'transfer') return stepAnyTalk(call, event);
  return {
    call: { ...call, phase: { name: 'transferring', from } },
    effects: [
      { type: 'sip.transfer', target: event.target },
      { type: 'timer.set', ms: timeLimitsMs.transferring, tells: 'timedOut' },
    ],
  };
}

function stepAnyTalk(call: Call, event: CallEvent): Step | null {
  switch (event.type) {
    case 'setMuted':
      // `muted` itself follows the microphone's track, not the wish.
      return { call, effects: [{ type: 'sip.setMuted', muted: event.muted }] };
    case 'hangUp':
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

function to(call: Call, name: Transferable, effects: readonly CallEffect[]): Step {
  return { call: { ...call, phase: { name } }, effects };
}
