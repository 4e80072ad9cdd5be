// Which headers may pass, depending on who sent them. Only the trunk may say who calls and who sent a call on
// (RFC 3325, RFC 5806); only the hub's own ends may speak X-Offhook-*. Also makes tel: URIs fit for devices.

import { parseNameAddress, tagOf } from '../message/name-address.ts';
import type { OutgoingResponse, SipHeader, SipRequest, SipResponse } from '../message/sip-message.ts';
import { headerValue, headerValues } from '../message/sip-message.ts';
import { parseSipUri, telNumber } from '../message/sip-uri.ts';

export type Trust = 'trunk' | 'internal' | 'account';

const assertedHeaders = ['p-asserted-identity', 'remote-party-id'];
const redirectionHeaders = ['diversion', 'history-info'];
/** For this hop only, or none of a device's business. */
const hopOnlyHeaders = ['route', 'proxy-authorization', 'p-preferred-identity', 'content-length'];
/** RFC 3892, without its proof: only the exchange says in whose name a call is given on. */
const ownWords = ['referred-by'];
const ownPrefix = 'x-offhook-';

/** Headers of a message as they may be sent on, without Route. */
export function passableHeaders(headers: readonly SipHeader[], trust: Trust): SipHeader[] {
  const withheld = isWithheld(headers);
  return headers.filter(({ name }) => {
    const lower = name.toLowerCase();
    if (hopOnlyHeaders.includes(lower) || ownWords.includes(lower)) return false;
    if (lower.startsWith(ownPrefix)) return trust === 'internal';
    if (assertedHeaders.includes(lower)) return trust === 'trunk' && !withheld;
    if (redirectionHeaders.includes(lower)) return trust !== 'account';
    return true;
  });
}

/** RFC 3323, RFC 3325 9.3: the caller wants not to be named. */
export function isWithheld(headers: readonly SipHeader[]): boolean {
  const wishes = headerValues({ headers }, 'Privacy').flatMap((value) =>
    value.toLowerCase().split(/[;,\s]+/),
  );
  return wishes.some((wish) => ['id', 'user', 'full', 'header'].includes(wish));
}

/**
 * Our own headers, in place of any of the same name.
 * A value that holds line ends is one line when it is written; a name that is no token is left out.
 */
export function withOwnHeaders(
  headers: readonly SipHeader[],
  own: Readonly<Record<string, string>>,
): SipHeader[] {
  const added = Object.entries(own).filter(([name]) => /^[\w-]+$/.test(name));
  const names = new Set(added.map(([name]) => name.toLowerCase()));
  const others = headers.filter(({ name }) => !names.has(name.toLowerCase()));
  return [...others, ...added.map(([name, value]) => ({ name, value }))];
}

/** JsSIP drops messages whose From or To is a tel: URI, which gateways send; the number becomes a SIP user. */
export function withoutTelUris(headers: readonly SipHeader[], domain: string): SipHeader[] {
  return headers.map((header) => {
    if (header.name !== 'From' && header.name !== 'To') return header;
    const number = telNumber(parseNameAddress(header.value)?.uri ?? '');
    if (number === null) return header;
    const value = header.value.replace(/<tel:[^>]*>|tel:[^;>\s]*/i, `<sip:${number}@${domain};user=phone>`);
    return { name: header.name, value };
  });
}

/** A device that has one name for everything calls by its authorization user; who is rung sees the extension. */
export function asUser(headers: readonly SipHeader[], user: string, domain: string): SipHeader[] {
  return headers.map((header) => {
    const from = header.name === 'From' ? parseSipUri(parseNameAddress(header.value)?.uri ?? '') : null;
    if (!from || from.user === user) return header;
    const value = header.value.replace(/<sips?:[^>]*>|sips?:[^;>\s]*/i, `<sip:${user}@${domain}>`);
    return { name: header.name, value };
  });
}

/** A trunk may leave the true number in From and ask for it to be withheld (RFC 3323 4.1); devices show From. */
export function withoutWithheldCaller(headers: readonly SipHeader[]): SipHeader[] {
  if (!isWithheld(headers)) return [...headers];
  return headers.map((header) => {
    if (header.name !== 'From') return header;
    const parsed = parseNameAddress(header.value);
    const tag = parsed && tagOf(parsed);
    const tagText = tag === null ? '' : `;tag=${tag}`;
    return { name: 'From', value: `"Anonymous" <sip:anonymous@anonymous.invalid>${tagText}` };
  });
}

/** A response on its way back: what the asker sent is repeated as the asker sent it (RFC 3261 8.2.6.2). */
export function passableResponse(request: SipRequest, response: SipResponse, trust: Trust): OutgoingResponse {
  const repeated = request.headers.filter(({ name }) => ['Via', 'From', 'Call-ID', 'CSeq'].includes(name));
  const tag = tagOf(response.to);
  const to = headerValue(request, 'To') ?? '';
  const tagged = tag === null || tagOf(request.to) !== null ? to : `${to};tag=${tag}`;
  const others = passableHeaders(response.headers, trust).filter(
    ({ name }) => !['Via', 'From', 'To', 'Call-ID', 'CSeq'].includes(name),
  );
  return {
    kind: 'response',
    status: response.status,
    reason: response.reason,
    headers: [...repeated, { name: 'To', value: tagged }, ...others],
    body: response.body,
  };
}
