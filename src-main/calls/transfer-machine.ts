// A blind transfer under way (CALL-9): the caller is put on hold, the far end is asked to call the target (REFER), and
// is here again, as it was before, where nobody takes the call. Pure. Called by call-machine.ts and talk-machine.ts.
import type { CallTransfer } from '#shared/domain/call-view.ts';
import {
  type Call,
  type CallEffect,
  type CallEvent,
  type CallIntent,
  type Phase,
  type Step,
  timeLimitsMs,
} from './call.ts';
import { hangUp, talkedEnding } from './ending-machine.ts';
import { stepAnyTalk } from './talk-machine.ts';

type Transferring = Extract<Phase, { name: 'transferring' }>;

const timer = (ms: number): CallEffect => ({ type: 'timer.set', ms, tells: 'timedOut' });

/** @param name the phase that it begins in; one that is being held already is asked for once that is confirmed */
export function beginTransfer(
  call: Call,
  name: 'talking' | 'holding' | 'held',
  { target, to, atMs }: Extract<CallIntent, { type: 'transfer' }> & { readonly atMs: number },
): Step {
  const transfer: CallTransfer = { ...to, sinceMs: atMs, progress: 'asked', failure: null };
  const begun = { ...call, transfer };
  const phase = { name: 'transferring', target } as const;
  switch (name) {
    case 'talking':
      return {
        call: { ...begun, phase: { ...phase, from: 'talking', stage: 'parking', parked: true } },
        effects: [{ type: 'sip.hold' }, timer(timeLimitsMs.change)],
      };
    case 'holding':
      return {
        call: { ...begun, phase: { ...phase, from: 'held', stage: 'parking', parked: false } },
        effects: [],
      };
    case 'held':
      return refer(begun, { ...phase, from: 'held', stage: 'referred', parked: false });
  }
}

export function stepTransferring(call: Call, phase: Transferring, event: CallEvent): Step | null {
  switch (event.type) {
    case 'hangUp':
      return giveUpAndHangUp(call, phase);
    case 'transferConfirmed':
      return phase.stage === 'parking' ? null : hangUp(delivered(call), talkedEnding(call));
    default:
      break;
  }
  switch (phase.stage) {
    case 'parking':
      return stepParking(call, phase, event);
    case 'referred':
      return stepReferred(call, phase, event);
    case 'takingBack':
      if (event.type === 'transferFailed' || event.type === 'timedOut') return comeBack(call, phase);
      return stepAnyTalk(call, event);
  }
}

function stepParking(call: Call, phase: Transferring, event: CallEvent): Step | null {
  switch (event.type) {
    case 'holdConfirmed':
      return refer(call, { ...phase, stage: 'referred' });
    // The far end cannot be held: it hears the agent until somebody answers.
    case 'changeRefused':
    case 'timedOut':
      return refer(call, { ...phase, from: 'talking', stage: 'referred', parked: false });
    case 'takeBack': {
      const back = { ...call, transfer: null };
      if (!phase.parked) return { call: { ...back, phase: { name: 'holding' } }, effects: [] };
      return {
        call: { ...back, phase: { name: 'resuming' } },
        effects: [{ type: 'sip.resume' }, timer(timeLimitsMs.change)],
      };
    }
    default:
      return stepAnyTalk(call, event);
  }
}

function stepReferred(call: Call, phase: Transferring, event: CallEvent): Step | null {
  const waits = waitsInProject(call);
  switch (event.type) {
    case 'transferRinging':
      return { call: progressed(call, event.queued ? 'queued' : 'ringing'), effects: [] };
    case 'transferFailed':
      return comeBack(failed(call, event.failure), phase);
    case 'takeBack':
      return takeBack(progressed(call, 'takingBack'), phase);
    case 'letGo':
      return waits ? hangUp(delivered(call), talkedEnding(call)) : null;
    case 'timedOut':
      if (waits) return hangUp(delivered(call), talkedEnding(call));
      return takeBack(progressed(failed(call, 'noAnswer'), 'takingBack'), phase);
    default:
      return stepAnyTalk(call, event);
  }
}

function refer(call: Call, phase: Transferring): Step {
  return {
    call: { ...call, phase },
    effects: [{ type: 'sip.transfer', target: phase.target }, timer(timeLimitsMs.transferring)],
  };
}

function takeBack(call: Call, phase: Transferring): Step {
  return {
    call: { ...call, phase: { ...phase, stage: 'takingBack' } },
    effects: [{ type: 'sip.takeBack' }, timer(timeLimitsMs.takingBack)],
  };
}

/** As it was before; a transfer that the agent took back has not failed, and leaves nothing behind. */
function comeBack(call: Call, phase: Transferring): Step {
  const transfer = call.transfer?.failure ? { ...call.transfer, progress: 'failed' as const } : null;
  if (phase.parked) {
    return {
      call: { ...call, transfer, phase: { name: 'resuming' } },
      effects: [{ type: 'sip.resume' }, timer(timeLimitsMs.change)],
    };
  }
  return { call: { ...call, transfer, phase: { name: phase.from } }, effects: [{ type: 'timer.clear' }] };
}

/** The agent ends the call itself: whoever is rung for it stops ringing, too. */
function giveUpAndHangUp(call: Call, phase: Transferring): Step {
  const before: CallEffect[] = phase.stage === 'referred' ? [{ type: 'sip.takeBack' }] : [];
  return hangUp({ ...call, transfer: null }, talkedEnding(call), before);
}

function waitsInProject({ transfer }: Call): boolean {
  const waits = transfer?.progress === 'ringing' || transfer?.progress === 'queued';
  return transfer?.kind === 'project' && waits;
}

function delivered(call: Call): Call {
  return progressed(failed(call, null), 'done');
}

function progressed(call: Call, progress: CallTransfer['progress']): Call {
  return call.transfer ? { ...call, transfer: { ...call.transfer, progress } } : call;
}

function failed(call: Call, failure: CallTransfer['failure']): Call {
  return call.transfer ? { ...call, transfer: { ...call.transfer, progress: 'failed', failure } } : call;
}
