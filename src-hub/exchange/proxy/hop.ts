// What a proxy does to every request that it sends on (RFC 3261 16.6): a Via of its own, one hop less,
// and the mark by which it knows a request that came back (16.3 item 4).

import { hash } from 'node:crypto';
import { tagOf } from '../message/name-address.ts';
import { randomHex } from '../message/random-text.ts';
import type { SipHeader, SipRequest } from '../message/sip-message.ts';
import { headerValue, headerValues, withHeader } from '../message/sip-message.ts';
import { branchCookie, parseVia } from '../message/via.ts';

const defaultMaxForwards = 70;

/**
 * A Via value for one branch; responses come back over the connection, so no `received` is added anywhere:
 * it would only tell the other side an address.
 * @param request what the branch came of; null for a request of our own
 */
export function newVia(domain: string, request: SipRequest | null): string {
  const mark = request ? `.${loopMark(request)}` : '';
  return `SIP/2.0/WS ${domain};branch=${branchCookie}${randomHex(12)}${mark}`;
}

/** True where the request passed here before and nothing that routing depends on has changed since. */
export function isLoop(request: SipRequest, domain: string): boolean {
  const mark = loopMark(request);
  return headerValues(request, 'Via').some((value) => {
    const via = parseVia(value);
    return via?.sentBy === domain && via.branch?.split('.')[1] === mark;
  });
}

/** `null` where it is no number from 0 to 255; 70 where absent (16.6 step 3). */
export function maxForwards(request: SipRequest): number | null {
  const text = headerValue(request, 'Max-Forwards');
  if (text === null) return defaultMaxForwards;
  return /^\d{1,6}$/.test(text) && Number(text) <= 255 ? Number(text) : null;
}

/** One hop less, and our Via on top. */
export function hopHeaders(request: SipRequest, headers: readonly SipHeader[], via: string): SipHeader[] {
  const left = (maxForwards(request) ?? defaultMaxForwards) - 1;
  return [{ name: 'Via', value: via }, ...withHeader(headers, 'Max-Forwards', String(left))];
}

function loopMark(request: SipRequest): string {
  const parts = [request.uri, tagOf(request.from), tagOf(request.to), request.callId, request.cseq.number];
  return hash('sha256', parts.join('\n'), 'hex').slice(0, 16);
}
