// The private parts of JsSIP's RTCSession and Dialog (3.13.8, pinned exactly) that deal with 2xx which nobody waits for
// any more, where JsSIP goes wrong. Used by main's sip-registration.ts and the hub's media ends, once per user agent.
import type { UA } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { IncomingResponse } from 'jssip/lib/SIPMessage.js';

interface Dialog {
  readonly id: { readonly remote_tag: string };
  /** Set where it could not be made. */
  readonly error?: string;
  sendRequest(method: 'ACK' | 'BYE', options?: { readonly extraHeaders: readonly string[] }): unknown;
  terminate(): void;
}

type DialogMaker = new (owner: RTCSession, response: IncomingResponse, type: 'UAC') => Dialog;

interface Internals {
  _dialog?: Dialog | undefined;
  _receiveInviteResponse(response: IncomingResponse): void;
}

/** Both ends know by it how to note the call (RFC 3326). */
const answeredTwice = 'Reason: SIP;cause=200;text="Call completed elsewhere"';

/**
 * A second answer of a call that forked gets ACK and BYE of its own (RFC 3261 13.2.2.4): JsSIP would send them to the
 * first, and end the call that stands. And the dialog of an answer that crossed our CANCEL is let go after its BYE.
 */
export function endSurplusAnswers(agent: UA): void {
  agent.prependListener('newRTCSession', ({ session }: { readonly session: RTCSession }) => {
    const internals = session as unknown as Internals;
    const receive = internals._receiveInviteResponse;
    internals._receiveInviteResponse = (response) => {
      const standing = internals._dialog;
      if (standing && isSuccess(response) && standing.id.remote_tag !== tagOf(response)) {
        endAnswer(standing.constructor as DialogMaker, session, response);
        return;
      }
      receive.call(session, response);
      if (!session.isEnded() || !internals._dialog) return;
      internals._dialog.terminate();
      delete internals._dialog;
    };
  });
}

function endAnswer(DialogOf: DialogMaker, session: RTCSession, response: IncomingResponse): void {
  const dialog = new DialogOf(session, response, 'UAC');
  if (dialog.error !== undefined) return;
  dialog.sendRequest('ACK');
  dialog.sendRequest('BYE', { extraHeaders: [answeredTwice] });
  dialog.terminate();
}

function isSuccess({ status_code: status }: IncomingResponse): boolean {
  return status >= 200 && status < 300;
}

function tagOf({ to }: IncomingResponse): string {
  return String(to.getParam('tag'));
}
