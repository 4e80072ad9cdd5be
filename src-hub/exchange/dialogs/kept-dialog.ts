// An established call as the exchange remembers it: enough to end either side of it by a BYE of the exchange's own
// (RFC 3261 12.2.1.1). Pure. Used by dialog-book.ts.
import { contactUriOf } from '../message/hop-requests.ts';
import { parseNameAddress, tagOf } from '../message/name-address.ts';
import type { OutgoingRequest, SipHeader, SipRequest, SipResponse } from '../message/sip-message.ts';
import { headerValue, headerValues, noBody } from '../message/sip-message.ts';
import { parseSipUri } from '../message/sip-uri.ts';
import type { Party } from '../proxy/route-token.ts';

export interface EstablishedCall {
  /** As the caller sent it, and as the device that answered got it. */
  readonly invite: SipRequest;
  readonly sentInvite: OutgoingRequest;
  readonly answer: SipResponse;
  readonly caller: Party;
  readonly callee: Party;
}

/** One side of the call, and how it is spoken to in the other side's name. */
export interface DialogSide {
  readonly party: Party;
  readonly tag: string | null;
  /** From or To value with tag: this side, and the one that it thinks it talks to. */
  readonly own: string;
  readonly other: string;
  readonly callId: string;
  /** Proxies between us and this side, nearest first. */
  readonly routes: readonly string[];
  readonly targetUri: string;
  /** CSeq of the latest request that was sent to it; 0 before the first. */
  cseq: number;
}

/** @param domain ours: Record-Route values with it are our own */
export function sidesOf(call: EstablishedCall, domain: string): { caller: DialogSide; callee: DialogSide } {
  const { invite, sentInvite, answer } = call;
  const { callId } = invite;
  const tag = tagOf(answer.to);
  const answeredTo = `${headerValue(invite, 'To') ?? ''}${tag === null ? '' : `;tag=${tag}`}`;
  const caller: DialogSide = {
    party: call.caller,
    tag: tagOf(invite.from),
    own: headerValue(invite, 'From') ?? '',
    other: answeredTo,
    callId,
    routes: headerValues(invite, 'Record-Route'),
    targetUri: contactUriOf(invite) ?? invite.from.uri,
    cseq: 0,
  };
  const callee: DialogSide = {
    party: call.callee,
    tag,
    own: headerValue(answer, 'To') ?? '',
    other: headerValue(sentInvite, 'From') ?? '',
    callId,
    routes: routesBehindUs(headerValues(answer, 'Record-Route'), domain),
    targetUri: contactUriOf(answer) ?? sentInvite.uri,
    cseq: invite.cseq.number,
  };
  return { caller, callee };
}

/** Counts the request: the side that gets it hears one more than it had. */
export function nextBye(
  side: DialogSide,
  to: { readonly via: string; readonly uri: string },
  reason: string,
): OutgoingRequest {
  side.cseq += 1;
  const headers: SipHeader[] = [
    { name: 'Via', value: to.via },
    ...side.routes.map((value) => ({ name: 'Route', value })),
    { name: 'Max-Forwards', value: '70' },
    { name: 'From', value: side.other },
    { name: 'To', value: side.own },
    { name: 'Call-ID', value: side.callId },
    { name: 'CSeq', value: `${side.cseq} BYE` },
    { name: 'Reason', value: reason },
  ];
  return { kind: 'request', method: 'BYE', uri: to.uri, headers, body: noBody };
}

/** The same for both directions of a dialog. */
export function dialogKey(callId: string, oneTag: string | null, otherTag: string | null): string {
  return [callId, ...[oneTag ?? '', otherTag ?? ''].sort()].join('\n');
}

/** In an answer the values stand farthest first, ours after those of proxies behind us (RFC 3261 16.7). */
function routesBehindUs(recordRoutes: readonly string[], domain: string): string[] {
  const ours = recordRoutes.findIndex(
    (value) => parseSipUri(parseNameAddress(value)?.uri ?? '')?.host === domain,
  );
  return recordRoutes.slice(0, Math.max(0, ours)).reverse();
}
