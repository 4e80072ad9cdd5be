// What may be done with the call that runs: each does its command; the buttons' state is only what main tells.
import type { CallView } from '#shared/domain/call-view.ts';
import { useCommand } from '../../client/desktop-context.tsx';

export interface CallControls {
  toggleMute(): void;
  toggleHold(): void;
  hangUp(): void;
  sendTone(tone: string): void;
  readonly refusal: string | null;
}

export function useCallControls(call: CallView): CallControls {
  const mute = useCommand('calls.setMuted');
  const hold = useCommand('calls.hold');
  const resume = useCommand('calls.resume');
  const hangUp = useCommand('calls.hangUp');
  const tones = useCommand('calls.sendDtmf');
  const { callId, intents, muted } = call;
  return {
    toggleMute() {
      if (intents.mute) void mute.run({ callId, muted: !muted });
    },
    toggleHold() {
      if (intents.resume) void resume.run({ callId });
      else if (intents.hold) void hold.run({ callId });
    },
    hangUp() {
      if (intents.hangUp) void hangUp.run({ callId });
    },
    sendTone(tone) {
      if (intents.sendDtmf) void tones.run({ callId, tones: tone });
    },
    refusal: mute.refusal ?? hold.refusal ?? resume.refusal ?? hangUp.refusal ?? tones.refusal,
  };
}

/** Phases in which a line to someone is open or being opened. */
export function isLive(call: CallView): boolean {
  switch (call.phase) {
    case 'answering':
    case 'dialing':
    case 'remoteRinging':
    case 'talking':
    case 'holding':
    case 'held':
    case 'resuming':
    case 'transferring':
    case 'hangingUp':
      return true;
    default:
      return false;
  }
}

/** True where the line is held or on the way there. */
export function isHeld(call: CallView): boolean {
  return call.phase === 'holding' || call.phase === 'held';
}
