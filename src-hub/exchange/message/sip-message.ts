// A SIP message in memory (RFC 3261 7), and how its headers are read and changed.
// Made by message-parser.ts and by the makers of responses and requests; written by message-writer.ts.
// Messages are never changed in place: each function returns a new header list.
import type { NameAddress } from './name-address.ts';
import type { Via } from './via.ts';

export interface SipHeader {
  /** Canonical where known (`Call-ID`), else as received. */
  readonly name: string;
  readonly value: string;
}

export interface CSeq {
  readonly number: number;
  readonly method: string;
}

/** What every message must carry, parsed once (RFC 3261 8.1.1). */
export interface DialogFacts {
  readonly callId: string;
  readonly cseq: CSeq;
  readonly from: NameAddress;
  readonly to: NameAddress;
  readonly topVia: Via;
}

export interface SipRequest extends DialogFacts {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
  readonly headers: readonly SipHeader[];
  readonly body: Uint8Array;
}

export interface SipResponse extends DialogFacts {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly SipHeader[];
  readonly body: Uint8Array;
}

export type SipMessage = SipRequest | SipResponse;

/** A request of our own making or changed for forwarding: only what is written. */
export interface OutgoingRequest {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
  readonly headers: readonly SipHeader[];
  readonly body: Uint8Array;
}

export interface OutgoingResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly SipHeader[];
  readonly body: Uint8Array;
}

export type OutgoingMessage = OutgoingRequest | OutgoingResponse;

export const noBody: Uint8Array = new Uint8Array(0);

interface HasHeaders {
  readonly headers: readonly SipHeader[];
}

/** First value of a header, null where absent. `name` in canonical form. */
export function headerValue(message: HasHeaders, name: string): string | null {
  const wanted = name.toLowerCase();
  return message.headers.find((header) => header.name.toLowerCase() === wanted)?.value ?? null;
}

/** Every value of a header, in order. */
export function headerValues(message: HasHeaders, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return message.headers
    .filter((header) => header.name.toLowerCase() === wanted)
    .map((header) => header.value);
}

/** Sets a header to one value, in the place of its first, else at the end. */
export function withHeader(headers: readonly SipHeader[], name: string, value: string): SipHeader[] {
  const wanted = name.toLowerCase();
  const at = headers.findIndex((header) => header.name.toLowerCase() === wanted);
  if (at < 0) return [...headers, { name, value }];
  const others = (part: readonly SipHeader[]) =>
    part.filter((header) => header.name.toLowerCase() !== wanted);
  return [...others(headers.slice(0, at)), { name, value }, ...others(headers.slice(at + 1))];
}
