// The private parts of JsSIP's RTCSession (3.13.8, pinned exactly) that we lean on, in one place, each with why.
// Used by main's telephony. tests/telephony shows each of them, so that another JsSIP cannot break one unseen.
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { IncomingRequest, IncomingResponse } from 'jssip/lib/SIPMessage.js';

type Handlers = Readonly<Record<string, (response?: unknown) => void>>;

interface RequestOptions {
  readonly extraHeaders?: readonly string[];
  readonly body?: string;
  readonly eventHandlers?: Handlers;
}

interface Dialog {
  readonly uac_pending_reply: boolean;
  readonly uas_pending_reply: boolean;
  sendRequest(method: string, options?: RequestOptions): unknown;
}

interface Internals {
  _status: number;
  _connection: object;
  _connectionPromiseQueue: Promise<unknown>;
  _rtcReady: boolean;
  _iceReady: boolean;
  _rtcOfferConstraints: object | null;
  _dialog: Dialog | null | undefined;
  _localHold: boolean;
  _is_canceled: boolean;
  _setLocalMediaStatus(): void;
  _onhold(originator: 'local'): void;
  _onunhold(originator: 'local'): void;
  _sendReinvite(options: {
    rtcOfferConstraints?: { iceRestart: boolean };
    eventHandlers: { succeeded(): void; failed(response?: { status_code: number }): void };
  }): void;
  _sendInitialRequest(media: object, offerConstraints: object | null, stream: null): void;
  _receiveInviteResponse(response: IncomingResponse): void;
  sendRequest(method: string, options?: RequestOptions): unknown;
  onTransportError(): void;
  onRequestTimeout(): void;
}

function internalsOf(session: RTCSession): Internals {
  return session as unknown as Internals;
}

/** Whether no INVITE of either side waits for its answer within the dialog, so that one may be sent (RFC 3261 14.1). */
export function mayReoffer(session: RTCSession): boolean {
  const dialog = internalsOf(session)._dialog;
  return Boolean(dialog && !dialog.uac_pending_reply && !dialog.uas_pending_reply);
}

/** Has the other side try a re-INVITE again that JsSIP was left to answer, where it still waits for it (491). */
export function putOff(reinvite: IncomingRequest): void {
  const request = reinvite as unknown as {
    readonly server_transaction: { state: number; C: { STATUS_PROCEEDING: number } };
    reply(status: number): void;
  };
  const { state, C } = request.server_transaction;
  if (state === C.STATUS_PROCEEDING) request.reply(491);
}

export interface HoldChange {
  confirmed(): void;
  /** The other side, or the browser, would not. The session is as it was; its connection must be rolled back. */
  refused(): void;
}

export interface HoldAttempt {
  /** Whether its offer is still being made. Where the connection dies then, it is never sent, but the session is held. */
  isUnsent(): boolean;
}

/**
 * Holds or resumes by re-INVITE. JsSIP's own `hold` ends the call when the re-INVITE is refused, where RFC 3261 14.1
 * says that the session goes on as if it had never been tried.
 * @returns null where another change is under way
 */
export function changeHold(session: RTCSession, hold: boolean, change: HoldChange): HoldAttempt | null {
  if (!session.isReadyToReOffer()) return null;
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
  return { isUnsent: () => !session.isEnded() && mayReoffer(session) };
}

export interface Reoffer {
  confirmed(): void;
  /** @param status of the final response; null where there was none, or where the browser refused the answer */
  refused(status: number | null): void;
}

/** Offers the session's connection as it is now to the other side, by re-INVITE (RFC 3261 14.1, RFC 8445 9). */
export function reoffer(session: RTCSession, iceRestart: boolean, outcome: Reoffer): void {
  internalsOf(session)._sendReinvite({
    ...(iceRestart ? { rtcOfferConstraints: { iceRestart } } : {}),
    eventHandlers: {
      succeeded: () => outcome.confirmed(),
      failed: (response) => {
        if (!session.isEnded()) outcome.refused(response?.status_code ?? null);
      },
    },
  });
}

/**
 * Puts another connection under a session whose own died with its page, held as the session is. Steps that waited for
 * the old one are dropped: it never answers them. Not while `mayReoffer` is false: its answer would meet the wrong one.
 */
export function swapConnection(session: RTCSession, connection: object): void {
  const internals = internalsOf(session);
  internals._connection = connection;
  internals._connectionPromiseQueue = Promise.resolve();
  internals._rtcReady = true;
  internals._iceReady = false;
  internals._setLocalMediaStatus();
}

/** The connection died before the INVITE was sent: makes the offer again, of another one. */
export function offerAnew(session: RTCSession, connection: object): void {
  const internals = internalsOf(session);
  internals._connection = connection;
  internals._sendInitialRequest({ audio: false, video: false }, internals._rtcOfferConstraints, null);
}

/** The connection died before the 200 was sent: after this `answer` may be called once more. */
export function unanswer(session: RTCSession): void {
  const internals = internalsOf(session);
  internals._status = session.C.STATUS_WAITING_FOR_ANSWER;
  internals._connectionPromiseQueue = Promise.resolve();
}

/**
 * Keeps an established call alive when one of its requests is lost with the socket, never answered, or not delivered
 * by the proxy (408): JsSIP would end it, although the audio flows and the dialog can be taken up again by GRUU. A
 * re-INVITE that is lost counts as refused. Before the call is established JsSIP ends it, after `ending` was told why.
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
    // RFC 3261 12.2.1.2 would end the dialog for a 408, too; RFC 5057 5.1 leaves that to who knows whether it lives.
    onDialogError: (response) =>
      statusOf(response) === 408 ? handlers.onErrorResponse?.(response) : handlers.onDialogError?.(response),
  }));
}

export interface Goodbye {
  /** Our BYE has been answered, or given up, or our CANCEL has led to a final response. */
  confirmed(): void;
  /** Our BYE did not reach the other side; `again` sends it once more and may lead here once more. */
  undelivered(again: () => void): void;
}

/** Tells what became of our BYE or CANCEL. JsSIP tells of the end as soon as it has sent them, and forgets them. */
export function watchEnding(session: RTCSession, { confirmed, undelivered }: Goodbye): void {
  const internals = internalsOf(session);
  const send = internals.sendRequest;
  internals.sendRequest = (method, options = {}) => {
    // JsSIP lets go of the dialog at once; a BYE that is sent again still belongs to it.
    const dialog = internals._dialog;
    if (method !== 'BYE' || !dialog) return send.call(internals, method, options);
    const lost = () => {
      confirmed();
      undelivered(again);
    };
    const eventHandlers: Handlers = {
      onSuccessResponse: confirmed,
      onErrorResponse: (response) => (maybeLater.has(statusOf(response)) ? lost() : confirmed()),
      onRequestTimeout: lost,
      onTransportError: lost,
      onDialogError: (response) => (statusOf(response) === 408 ? lost() : confirmed()),
    };
    const again = () => dialog.sendRequest('BYE', { ...options, eventHandlers });
    return again();
  };
  const receive = internals._receiveInviteResponse;
  internals._receiveInviteResponse = (response) => {
    const ended = session.isEnded();
    receive.call(session, response);
    if (ended && response.status_code >= 300) confirmed();
  };
}

/** The proxy could not reach the other side for the moment. */
const maybeLater = new Set([408, 480, 500, 503, 504]);

function statusOf(response: unknown): number {
  return (response as { status_code?: number } | undefined)?.status_code ?? 0;
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
