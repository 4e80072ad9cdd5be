// Requests that belong to one hop or one branch: ACK to a refusal (RFC 3261 17.1.1.3), CANCEL (9.1),
// and ACK and BYE to an answer that came too late (16.7, note on step 5). Pure.
import { parseNameAddress } from './name-address.ts';
import type { OutgoingRequest, SipHeader, SipRequest, SipResponse } from './sip-message.ts';
import { headerValue, headerValues, noBody, withHeader } from './sip-message.ts';

/** @param invite as it was sent on this branch */
export function createAck(invite: OutgoingRequest, response: SipResponse): OutgoingRequest {
  return { ...sameHop(invite, 'ACK'), headers: withHeader(hopHeaders(invite, 'ACK'), 'To', toOf(response)) };
}

/** @param reason value of the Reason header (RFC 3326), null for none */
export function createCancel(invite: OutgoingRequest, reason: string | null): OutgoingRequest {
  const headers = hopHeaders(invite, 'CANCEL');
  if (reason !== null) headers.push({ name: 'Reason', value: reason });
  return { ...sameHop(invite, 'CANCEL'), headers };
}

/**
 * A request from the caller's side of the dialog that a 2xx has made.
 * @param via of a branch of its own
 */
export function createDialogRequest(
  invite: OutgoingRequest,
  answer: SipResponse,
  parts: { method: 'ACK' | 'BYE'; via: string; targetUri: string; reason: string | null },
): OutgoingRequest {
  const number = parts.method === 'ACK' ? answer.cseq.number : answer.cseq.number + 1;
  const headers: SipHeader[] = [
    { name: 'Via', value: parts.via },
    { name: 'Max-Forwards', value: '70' },
    { name: 'From', value: headerValue(invite, 'From') ?? '' },
    { name: 'To', value: toOf(answer) },
    { name: 'Call-ID', value: answer.callId },
    { name: 'CSeq', value: `${number} ${parts.method}` },
  ];
  if (parts.reason !== null) headers.push({ name: 'Reason', value: parts.reason });
  return { kind: 'request', method: parts.method, uri: parts.targetUri, headers, body: noBody };
}

/** The URI that a message's Contact holds, null where it has none. */
export function contactUriOf(message: SipRequest | SipResponse): string | null {
  const value = headerValue(message, 'Contact');
  return value === null ? null : (parseNameAddress(value)?.uri ?? null);
}

function sameHop(invite: OutgoingRequest, method: string): OutgoingRequest {
  return { kind: 'request', method, uri: invite.uri, headers: [], body: noBody };
}

function hopHeaders(invite: OutgoingRequest, method: string): SipHeader[] {
  const number = /^\d+/.exec(headerValue(invite, 'CSeq') ?? '')?.[0] ?? '1';
  return [
    { name: 'Via', value: headerValue(invite, 'Via') ?? '' },
    ...headerValues(invite, 'Route').map((value) => ({ name: 'Route', value })),
    { name: 'Max-Forwards', value: '70' },
    { name: 'From', value: headerValue(invite, 'From') ?? '' },
    { name: 'To', value: headerValue(invite, 'To') ?? '' },
    { name: 'Call-ID', value: headerValue(invite, 'Call-ID') ?? '' },
    { name: 'CSeq', value: `${number} ${method}` },
  ];
}

function toOf(response: SipResponse): string {
  return headerValue(response, 'To') ?? '';
}
