// What may be done with a call now, for the buttons: asked of the machine itself, so that the two cannot differ.
// Pure. Called by call-view.ts.
import type { CallIntents } from '#shared/domain/call-view.ts';
import type { Call, CallIntent } from './call.ts';
import { step } from './call-machine.ts';

/**
 * @param beside.anotherIsLive the agent is busy with another call, so this one cannot be accepted
 */
export function intentsOf(call: Call, beside: { readonly anotherIsLive: boolean }): CallIntents {
  const may = (intent: CallIntent) => step(call, { ...intent, atMs: call.startedAtMs }) !== null;
  return {
    accept: !beside.anotherIsLive && may({ type: 'accept' }),
    ignore: may({ type: 'ignore' }),
    decline: may({ type: 'decline' }),
    hangUp: may({ type: 'hangUp' }),
    hold: may({ type: 'hold' }),
    resume: may({ type: 'resume' }),
    mute: may({ type: 'setMuted', muted: true }),
    sendDtmf: may({ type: 'sendDtmf', tones: '1' }),
    transfer: may({ type: 'transfer', target: '', to: { to: '', kind: 'number' } }),
    takeBack: may({ type: 'takeBack' }),
    letGo: may({ type: 'letGo' }),
    finish: may({ type: 'finish' }),
  };
}
