// A dialog told in plain words, and its end by a user agent that never had it: a program that was started anew says BYE
// in the calls that an earlier run of it left behind (RFC 3261 12.2.1.1, 15.1.1). The private parts of JsSIP (3.13.8,
// pinned exactly) that this needs are here. Used by main's telephony.
import type { UA } from 'jssip';
import JsSIP from 'jssip';
import RequestSender from 'jssip/lib/RequestSender.js';
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import SipMessage from 'jssip/lib/SIPMessage.js';

export interface SipDialog {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  readonly localUri: string;
  readonly remoteUri: string;
  readonly remoteTarget: string;
  /** Route header values, in order. */
  readonly routes: readonly string[];
  /** Of the latest request that this side sent, when the dialog was noted. */
  readonly cseq: number;
}

interface JsSipDialog {
  readonly _id: { readonly call_id: string; readonly local_tag: string; readonly remote_tag: string };
  readonly _local_uri: object;
  readonly _remote_uri: object;
  readonly _remote_target: object;
  readonly _route_set: readonly string[];
  readonly _local_seqnum?: number;
}

type OutgoingRequest = new (
  method: string,
  uri: string,
  agent: UA,
  parameters: object,
  extraHeaders: readonly string[],
) => object;

/** More requests than any call has: each raises CSeq by one, and gaps are allowed (RFC 3261 12.2.2). */
const cseqAhead = 100_000;
const reason = 'Reason: SIP;cause=410;text="The program was started anew"';

/** @returns null where the session has no dialog yet */
export function dialogOf(session: RTCSession): SipDialog | null {
  const dialog = (session as unknown as { _dialog: JsSipDialog | null })._dialog;
  if (!dialog) return null;
  return {
    callId: dialog._id.call_id,
    localTag: dialog._id.local_tag,
    remoteTag: dialog._id.remote_tag,
    localUri: String(dialog._local_uri),
    remoteUri: String(dialog._remote_uri),
    remoteTarget: String(dialog._remote_target),
    routes: [...dialog._route_set],
    cseq: dialog._local_seqnum ?? 0,
  };
}

/**
 * Sends BYE.
 * @param ended called once: it was answered, whatever with, or there was time enough for it
 * @param unsent called instead where the link was lost: to be tried again
 * @throws TypeError where the dialog's URIs cannot be read
 */
export function endLeftOver(
  agent: UA,
  dialog: SipDialog,
  told: { ended: () => void; unsent: () => void },
): void {
  const { OutgoingRequest } = SipMessage as unknown as { OutgoingRequest: OutgoingRequest };
  const request = new OutgoingRequest(
    'BYE',
    dialog.remoteTarget,
    agent,
    {
      call_id: dialog.callId,
      from_uri: JsSIP.URI.parse(dialog.localUri),
      from_tag: dialog.localTag,
      from_display_name: null,
      to_uri: JsSIP.URI.parse(dialog.remoteUri),
      to_tag: dialog.remoteTag,
      route_set: [...dialog.routes],
      cseq: dialog.cseq + cseqAhead,
    },
    [reason],
  );
  new RequestSender(agent, request, {
    onReceiveResponse: ({ status_code: status }) => {
      if (status >= 200) told.ended();
    },
    onRequestTimeout: told.ended,
    onTransportError: told.unsent,
  }).send();
}
