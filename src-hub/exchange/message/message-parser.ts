// Bytes of one WebSocket frame to one SIP message (RFC 3261 7 and 25, RFC 7118 5). Called by the exchange per frame.
// Never throws: what cannot be parsed comes back as `malformed`, with the answer that it may be given.
// Bare CR, LF and other control characters are refused, so that no header can be smuggled past a laxer parser.
import { isUtf8 } from 'node:buffer';
import { canonicalName, singleHeaders, splitHeaders } from './header-names.ts';
import { salvageAnswer } from './message-salvage.ts';
import type { NameAddress } from './name-address.ts';
import { parseNameAddress } from './name-address.ts';
import { splitOutside } from './parameters.ts';
import type { CSeq, DialogFacts, OutgoingResponse, SipHeader, SipMessage } from './sip-message.ts';
import { headerValue } from './sip-message.ts';
import { parseVia } from './via.ts';

export const maxMessageBytes = 65_536;
const maxHeaders = 128;
const maxHeaderNameLength = 128;
const maxHeaderValueLength = 8_192;
const maxStartLineLength = 2_048;
/** RFC 3261 8.1.1.5 */
const maxCSeq = 2 ** 31 - 1;

export type ParseResult =
  | { readonly kind: 'message'; readonly message: SipMessage }
  /** Nothing but line ends; `answered` where RFC 5626 3.5.1 asks for a pong. */
  | { readonly kind: 'keepAlive'; readonly answered: boolean }
  | { readonly kind: 'malformed'; readonly fault: string; readonly answer: OutgoingResponse | null };

class Malformed extends Error {
  readonly status: number;

  constructor(fault: string, status = 400) {
    super(fault);
    this.status = status;
  }
}

/** @param bytes one whole frame */
export function parseMessage(bytes: Uint8Array): ParseResult {
  if (bytes.length <= 8 && /^(\r\n)+$/.test(Buffer.from(bytes).toString('latin1'))) {
    return { kind: 'keepAlive', answered: bytes.length >= 4 };
  }
  try {
    return { kind: 'message', message: parsed(bytes) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return {
      kind: 'malformed',
      fault: error.message,
      answer: salvageAnswer(bytes, error.status, error.message),
    };
  }
}

function parsed(bytes: Uint8Array): SipMessage {
  if (bytes.length > maxMessageBytes) throw new Malformed('Message too large', 513);
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headEnd = whole.indexOf('\r\n\r\n');
  if (headEnd < 0) throw new Malformed('Header section without end');
  const head = whole.subarray(0, headEnd);
  if (!isUtf8(head)) throw new Malformed('Header section is not UTF-8');
  const [startLine = '', ...lines] = head.toString('utf8').split('\r\n');
  for (const line of [startLine, ...lines]) {
    // Escaped ones are allowed within quotes (RFC 3261 25.1, quoted-pair; RFC 4475 3.1.1.2).
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line.replaceAll(/\\[^\r\n]/g, '')))
      throw new Malformed('Control character in header section');
  }
  const start = parseStartLine(startLine);
  const headers = parseHeaders(lines);
  const facts = parseFacts(headers, start.kind === 'request' ? start.method : null);
  const body = bodyOf(headers, whole.subarray(headEnd + 4));
  return { ...start, ...facts, headers, body };
}

type StartLine =
  | { readonly kind: 'request'; readonly method: string; readonly uri: string }
  | { readonly kind: 'response'; readonly status: number; readonly reason: string };

function parseStartLine(line: string): StartLine {
  if (line.length > maxStartLineLength) throw new Malformed('Start line too long', 414);
  const response = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/i.exec(line);
  if (response) return { kind: 'response', status: Number(response[1]), reason: response[2] ?? '' };
  const request = /^([!%'*+\-.`_~\w]+) (\S+) SIP\/(\d+\.\d+)$/i.exec(line);
  if (!request) throw new Malformed('Bad start line');
  if (request[3] !== '2.0') throw new Malformed('Version not supported', 505);
  const uri = request[2] ?? '';
  if (/[<>"]/.test(uri)) throw new Malformed('Bad Request-URI');
  return { kind: 'request', method: request[1] ?? '', uri };
}

function parseHeaders(lines: readonly string[]): SipHeader[] {
  const unfolded: string[] = [];
  for (const line of lines) {
    if (!/^[ \t]/.test(line)) unfolded.push(line);
    else if (unfolded.length === 0) throw new Malformed('Folded line without header');
    else unfolded[unfolded.length - 1] = `${unfolded.at(-1)} ${line.trim()}`;
  }
  if (unfolded.length > maxHeaders) throw new Malformed('Too many headers');
  const headers = unfolded.flatMap((line) => splitValues(parseHeader(line)));
  if (headers.length > maxHeaders) throw new Malformed('Too many headers');
  for (const name of singleHeaders) {
    if (headers.filter((header) => header.name === name).length > 1)
      throw new Malformed(`More than one ${name}`);
  }
  return headers;
}

function parseHeader(line: string): SipHeader {
  const match = /^([!%'*+\-.`_~\w]+)[ \t]*:[ \t]*(.*)$/.exec(line);
  if (!match) throw new Malformed('Bad header');
  const [, name = '', value = ''] = match;
  if (name.length > maxHeaderNameLength) throw new Malformed('Header name too long');
  if (value.length > maxHeaderValueLength) throw new Malformed('Header too long');
  return { name: canonicalName(name), value: value.trimEnd() };
}

function splitValues(header: SipHeader): SipHeader[] {
  if (!splitHeaders.includes(header.name)) return [header];
  const values = splitOutside(header.value, ',');
  if (!values) throw new Malformed(`Bad ${header.name}`);
  return values.map((value) => ({ name: header.name, value }));
}

function parseFacts(headers: readonly SipHeader[], method: string | null): DialogFacts {
  const value = (name: string): string => {
    const found = headerValue({ headers }, name);
    if (!found) throw new Malformed(`${name} missing`);
    return found;
  };
  const address = (name: string): NameAddress => {
    const found = parseNameAddress(value(name));
    if (!found) throw new Malformed(`Bad ${name}`);
    return found;
  };
  const topVia = parseVia(value('Via'));
  if (!topVia) throw new Malformed('Bad Via');
  const callId = value('Call-ID');
  if (/\s/.test(callId)) throw new Malformed('Bad Call-ID');
  return { callId, cseq: parseCSeq(value('CSeq'), method), from: address('From'), to: address('To'), topVia };
}

function parseCSeq(text: string, method: string | null): CSeq {
  const match = /^(\d+)[ \t]+([!%'*+\-.`_~\w]+)$/.exec(text);
  if (!match || Number(match[1]) > maxCSeq) throw new Malformed('Bad CSeq');
  if (method !== null && match[2] !== method) throw new Malformed('CSeq names another method');
  return { number: Number(match[1]), method: match[2] ?? '' };
}

/** A frame is one message, so Content-Length may be absent (RFC 7118 5); what is beyond it is dropped (18.3). */
function bodyOf(headers: readonly SipHeader[], rest: Uint8Array): Uint8Array {
  const text = headerValue({ headers }, 'Content-Length');
  if (text === null) return rest;
  if (!/^\d{1,9}$/.test(text)) throw new Malformed('Bad Content-Length');
  if (Number(text) > rest.length) throw new Malformed('Body shorter than Content-Length');
  return rest.subarray(0, Number(text));
}
