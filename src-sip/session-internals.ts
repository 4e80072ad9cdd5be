// The private parts of JsSIP's RTCSession (3.13.8, pinned exactly) that we lean on, in one place, each with why.
// Used by main's sip-session.ts. tests/telephony shows each of them, so that another JsSIP cannot break one unseen.
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { IncomingResponse } from 'jssip/lib/SIPMessage.js';

type Handlers = Readonly<Record<string, (response?: unknown) => void>>;

interface RequestOptions {
  readonly eventHandlers?: Handlers;
}

interface Internals {
  _localHold: boolean;
  _is_canceled: boolean;
  _onhold(originator: 'local'): void;
  _onunhold(originator: 'local'): void;
  _sendReinvite(options: { eventHandlers: { succeeded(): void; failed(): void } }): void;
  _receiveInviteResponse(response: IncomingResponse): void;
  sendRequest(method: string, options?: RequestOptions): unknown;
  onTransportError(): void;
  onRequestTimeout(): void;
}

function internalsOf(session: RTCSession): Internals {
  return session as unknown as Internals;
}

export interface HoldChange {
  confirmed(): void;
  /** The other side, or the browser, would not. The session is as it was; its connection must be rolled back. */
  refused(): void;
}

/**
 * Holds or resumes by re-INVITE. JsSIP's own `hold` ends the call when the re-INVITE is refused, where RFC 3261 14.1
 * says that the session goes on as if it had never been tried.
 * @returns false where another change is under way
 */
export function changeHold(session: RTCSession, hold: boolean, change: HoldChange): boolean {
  if (!session.isReadyToReOffer()) return false;
  const internals = internalsOf(session);
  const turn = (held: boolean) => {
    internals._localHold = held;
    if (held) internals._onhold('local');
    else internals._onunhold('local');
  };
  turn(hold);
  internals._sendReinvite({
    eventHandlers: {
      succeeded: () => change.confirmed(),
      failed: () => {
        if (session.isEnded()) return;
        turn(!hold);
        change.refused();
      },
    },
  });
  return true;
}

/**
 * Keeps an established call alive when one of its requests is lost with the socket or never answered: JsSIP would
 * end it, although the audio flows and the dialog can be taken up again by GRUU. A re-INVITE that is lost counts as
 * refused. Before the call is established JsSIP ends it, after `ending` was told why.
 */
export function surviveLostRequests(
  session: RTCSession,
  ending: (cause: 'network' | 'timeout') => void,
): void {
  const internals = internalsOf(session);
  const lostWith = (cause: 'network' | 'timeout', original: () => void) => () => {
    if (session.isEnded() || session.isEstablished()) return;
    ending(cause);
    original.call(session);
  };
  internals.onTransportError = lostWith('network', internals.onTransportError);
  internals.onRequestTimeout = lostWith('timeout', internals.onRequestTimeout);
  interceptRequests(internals, 'INVITE', (handlers) => ({
    ...handlers,
    onTransportError: () => handlers.onErrorResponse?.(),
    onRequestTimeout: () => handlers.onErrorResponse?.(),
  }));
}

/**
 * Calls `confirmed` when our BYE has been answered, or given up, or our CANCEL has led to a final response. JsSIP
 * tells of the end as soon as it has sent them.
 */
export function watchEnding(session: RTCSession, confirmed: () => void): void {
  const internals = internalsOf(session);
  interceptRequests(internals, 'BYE', () => ({
    onSuccessResponse: confirmed,
    onErrorResponse: confirmed,
    onRequestTimeout: confirmed,
    onTransportError: confirmed,
    onDialogError: confirmed,
  }));
  const receive = internals._receiveInviteResponse;
  internals._receiveInviteResponse = (response) => {
    const ended = session.isEnded();
    receive.call(session, response);
    if (ended && response.status_code >= 300) confirmed();
  };
}

/** Every in-dialog request of a session goes through `sendRequest`. */
function interceptRequests(
  internals: Internals,
  method: string,
  change: (handlers: Handlers) => Handlers,
): void {
  const send = internals.sendRequest;
  internals.sendRequest = (sent, options = {}) =>
    send.call(
      internals,
      sent,
      sent === method ? { ...options, eventHandlers: change(options.eventHandlers ?? {}) } : options,
    );
}

/**
 * After CANCEL: a 200 that crossed it is acknowledged and ended with BYE (RFC 3261 9.1). JsSIP does so only where
 * the cancelling came before the first provisional response, otherwise the other side would stay in a dead call.
 */
export function endCrossingAnswer(session: RTCSession): void {
  internalsOf(session)._is_canceled = true;
}
