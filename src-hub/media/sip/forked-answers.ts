// Two devices that answer in the same moment: a proxy forwards both 200s (RFC 3261 16.7), and the caller keeps the
// first and ends the other with ACK and BYE (13.2.2.4). JsSIP 3.13 sends that BYE into the first dialog and so ends
// the good call; here the second answer gets a dialog of its own. Used by media-user-agent.ts for calls it makes.

interface AnswerToInvite {
  readonly status_code: number;
  readonly to_tag: string;
}

interface SipDialog {
  readonly id: { readonly remote_tag: string };
  readonly error?: string;
  sendRequest(method: string): void;
  terminate(): void;
}

type DialogMaker = new (session: object, response: AnswerToInvite, type: 'UAC') => SipDialog;

/** The parts of JsSIP's RTCSession that are its own business, named here because nothing public reaches them. */
interface SessionInside {
  _dialog: SipDialog | null;
  _receiveInviteResponse(response: AnswerToInvite): void;
}

/** Call once for each outgoing session, before its first response. */
export function endLateAnswersOfForks(session: object): void {
  const inside = session as SessionInside;
  const receive = inside._receiveInviteResponse.bind(session);
  inside._receiveInviteResponse = (response) => {
    const kept = inside._dialog;
    const isAnswer = response.status_code >= 200 && response.status_code < 300;
    if (!kept || !isAnswer || kept.id.remote_tag === response.to_tag) {
      receive(response);
      return;
    }
    const late = new (kept.constructor as DialogMaker)(session, response, 'UAC');
    if (late.error) return;
    late.sendRequest('ACK');
    late.sendRequest('BYE');
    late.terminate();
  };
}
