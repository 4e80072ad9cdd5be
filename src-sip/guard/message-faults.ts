// What a message may not be, before JsSIP sees it: JsSIP would throw on it, take it for something else, or drop it in
// silence and leave the sender waiting. Pure. Called by message-guard.ts.
import { allValues, firstValue, type MessageHead } from './message-head.ts';

export interface Fault {
  readonly why: string;
  /** Of the answer to a request; a response that has a fault is dropped. */
  readonly status: number;
  readonly reason: string;
  /** Lines that the answer carries besides. */
  readonly headers?: readonly string[];
}

const method = "[\\w\\-.!%*+`'~]{1,64}";
const requestLine = new RegExp(`^(${method}) (\\S{1,4096}) (SIP/\\d{1,3}\\.\\d{1,3})$`, 'i');
/** RFC 3261 20: these stand once. JsSIP would take the last (RFC 4475 3.3.8). */
const singleHeaders = [
  'from',
  'to',
  'call-id',
  'cseq',
  'max-forwards',
  'content-length',
  'content-type',
  'expires',
];
/** What JsSIP or the phone can do, where a request says that it must (RFC 3261 8.2.2.3). */
const knownExtensions = ['gruu', 'ice', 'norefersub', 'outbound', 'path', 'replaces', 'timer'];
/** Sent without waiting for an answer, or about a request that was let through: neither is refused an extension. */
const beyondExtensions = ['ACK', 'CANCEL'];

const bad = (why: string): Fault => ({ why, status: 400, reason: 'Bad Request' });

/** @param bodyBytes how much follows the empty line */
export function faultOf(head: MessageHead, bodyBytes: number): Fault | null {
  return (
    faultOfStartLine(head) ??
    faultOfHeaders(head) ??
    faultOfLength(head, bodyBytes) ??
    (head.status > 0 ? null : faultOfRequest(head))
  );
}

function faultOfStartLine({ startLine }: MessageHead): Fault | null {
  if (/^SIP\//i.test(startLine))
    return /^SIP\/2\.0 [1-6]\d\d( |$)/i.test(startLine) ? null : bad('the status line is not one of SIP/2.0');
  const [, , uri = '', version = ''] = requestLine.exec(startLine) ?? [];
  if (uri === '') return { ...bad('the request line cannot be read'), reason: 'Bad Request-Line' };
  if (version.toUpperCase() !== 'SIP/2.0')
    return { why: 'another version of SIP', status: 505, reason: 'Version Not Supported' };
  if (/[<>"]/.test(uri)) return { ...bad('the Request-URI is in brackets'), reason: 'Bad Request-URI' };
  // RFC 3261 8.2.2.1; JsSIP throws on schemes that it does not know.
  if (!/^sips?:/i.test(uri))
    return { why: 'a scheme that is not SIP', status: 416, reason: 'Unsupported URI Scheme' };
  // RFC 3261 19.1.1. A question mark may stand in the user part.
  if (uri.slice(uri.lastIndexOf('@') + 1).includes('?'))
    return { ...bad('headers within the Request-URI'), reason: 'Bad Request-URI' };
  return null;
}

function faultOfHeaders(head: MessageHead): Fault | null {
  for (const name of ['via', 'from', 'to', 'call-id', 'cseq'])
    if (!firstValue(head, name)) return bad(`${name} is missing`);
  for (const name of singleHeaders)
    if (allValues(head, name).length > 1) return bad(`${name} stands more than once`);
  const cseq = new RegExp(`^(\\d{1,10})\\s+(${method})$`).exec(firstValue(head, 'cseq') ?? '');
  // RFC 3261 8.1.1.5: below 2^31. JsSIP throws on a CSeq that it cannot read.
  if (!cseq || Number(cseq[1]) >= 2 ** 31) return bad('CSeq cannot be read');
  if (head.method !== '' && cseq[2] !== head.method) return bad('CSeq names another method');
  if (firstValue(head, 'contact')?.trim() === '*' && head.method !== 'REGISTER') return bad('Contact is *');
  return namesOurObjects(head) ? bad('an id that JavaScript knows') : null;
}

/** JsSIP keeps dialogs and sessions under Call-ID and tags in plain objects, where `__proto__` is no mere key. */
function namesOurObjects(head: MessageHead): boolean {
  const tag = (name: string) => /;\s*tag\s*=\s*([^\s;]+)/i.exec(firstValue(head, name) ?? '')?.[1] ?? '';
  const callId = firstValue(head, 'call-id') ?? '';
  const [from, to] = [tag('from'), tag('to')];
  return [callId + from, callId + to, callId + from + to, callId + to + from].some(
    (key) => key in Object.prototype,
  );
}

/** A frame is one message (RFC 7118 5), so what is missing will not come. */
function faultOfLength(head: MessageHead, bodyBytes: number): Fault | null {
  const length = firstValue(head, 'content-length');
  if (length === undefined) return null;
  if (!/^\d{1,9}$/.test(length)) return bad('Content-Length is not a number');
  return Number(length) > bodyBytes ? bad('the body is shorter than Content-Length') : null;
}

function faultOfRequest(head: MessageHead): Fault | null {
  // RFC 3261 8.1.1.8; JsSIP would answer with a fault of its own.
  if (head.method === 'INVITE' && !firstValue(head, 'contact')) return bad('an INVITE without Contact');
  // RFC 6665 4.1.3; JsSIP throws.
  if (head.method === 'NOTIFY' && !firstValue(head, 'event'))
    return { why: 'a NOTIFY of no event', status: 489, reason: 'Bad Event' };
  if (head.method === 'INVITE' && !acceptsSdp(allValues(head, 'accept')))
    return { why: 'no session description is accepted', status: 406, reason: 'Not Acceptable' };
  if (beyondExtensions.includes(head.method)) return null;
  const unsupported = allValues(head, 'require')
    .flatMap((value) => value.split(','))
    .map((option) => option.trim().toLowerCase())
    .filter((option) => option !== '' && !knownExtensions.includes(option));
  if (unsupported.length === 0) return null;
  return {
    why: 'an extension that we do not have is required',
    status: 420,
    reason: 'Bad Extension',
    headers: [`Unsupported: ${unsupported.join(', ')}`],
  };
}

/** RFC 3261 20.1: without Accept, SDP is meant. We have no other answer to give. */
function acceptsSdp(accept: readonly string[]): boolean {
  const types = accept
    .flatMap((value) => value.split(','))
    .map((range) => range.split(';')[0]?.trim().toLowerCase());
  return (
    types.length === 0 ||
    types.some((type) => ['application/sdp', 'application/*', '*/*'].includes(type ?? ''))
  );
}
