// The call machine: what becomes of one call when something happens to it (design.md, "The call machine").
// Pure: effects are data, time comes with the event. Called by call-desk.ts only; split by family of phases.
import { assertNever } from '#shared/domain/assert-never.ts';
import type { Call, CallEvent, Step } from './call.ts';
import { stepDialing } from './dial-machine.ts';
import { stepHangingUp, stepWrapUp } from './ending-machine.ts';
import { stepAnswering, stepIgnored, stepOffered } from './offer-machine.ts';
import { stepHeld, stepHolding, stepResuming, stepTalking } from './talk-machine.ts';
import { stepTransferring } from './transfer-machine.ts';

/**
 * @returns the call afterwards and what is to be done; null where an intent is not possible now (refuse it) or a fact
 * comes too late to matter (log it)
 */
export function step(call: Call, event: CallEvent): Step | null {
  return stepBeside(call, event) ?? stepPhase(call, event);
}

/** What stands beside the phase: mute, the other side's hold, quality, a transfer that failed. Told for as long as there is media. */
function stepBeside(call: Call, event: CallEvent): Step | null {
  if (!hasMedia(call)) return null;
  switch (event.type) {
    case 'dismissTransfer':
      return call.transfer?.progress === 'failed' ? { call: { ...call, transfer: null }, effects: [] } : null;
    case 'mutedChanged':
      return { call: { ...call, muted: event.muted }, effects: [] };
    case 'remoteHoldChanged':
      return { call: { ...call, remoteHold: event.remoteHold }, effects: [] };
    case 'qualitySampled':
      return { call: { ...call, quality: event.quality }, effects: [] };
    default:
      return null;
  }
}

function stepPhase(call: Call, event: CallEvent): Step | null {
  const { phase } = call;
  switch (phase.name) {
    case 'offered':
      return stepOffered(call, event);
    case 'ignored':
      return stepIgnored(call, event);
    case 'answering':
      return stepAnswering(call, event);
    case 'dialing':
      return stepDialing(call, false, event);
    case 'remoteRinging':
      return stepDialing(call, phase.ringback, event);
    case 'talking':
      return stepTalking(call, event);
    case 'holding':
      return stepHolding(call, event);
    case 'held':
      return stepHeld(call, event);
    case 'resuming':
      return stepResuming(call, event);
    case 'transferring':
      return stepTransferring(call, phase, event);
    case 'hangingUp':
      return stepHangingUp(call, phase.ending, event);
    case 'wrapUp':
      return stepWrapUp(call, event);
    case 'closed':
      return null;
    default:
      return assertNever(phase);
  }
}

function hasMedia(call: Call): boolean {
  const name = call.phase.name;
  return name !== 'offered' && name !== 'ignored' && name !== 'wrapUp' && name !== 'closed';
}
