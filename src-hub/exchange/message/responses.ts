// Responses of the exchange's own making (RFC 3261 8.2.6), for every handler.

import { tagOf } from './name-address.ts';
import { randomHex } from './random-text.ts';
import type { OutgoingResponse, SipHeader, SipRequest } from './sip-message.ts';
import { headerValue, noBody } from './sip-message.ts';

const reasonPhrases: Readonly<Record<number, string>> = {
  100: 'Trying',
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  416: 'Unsupported URI Scheme',
  420: 'Bad Extension',
  423: 'Interval Too Brief',
  430: 'Flow Failed',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  482: 'Loop Detected',
  483: 'Too Many Hops',
  486: 'Busy Here',
  487: 'Request Terminated',
  500: 'Server Internal Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  603: 'Decline',
};

export interface ResponseParts {
  readonly reason?: string;
  readonly headers?: readonly SipHeader[];
  /** Given where several responses to one request must carry the same tag. */
  readonly toTag?: string;
}

/** A response that repeats what it must; a To tag is added to all but 100. */
export function createResponse(
  request: SipRequest,
  status: number,
  parts: ResponseParts = {},
): OutgoingResponse {
  const repeated = request.headers.filter(({ name }) => ['Via', 'From', 'Call-ID', 'CSeq'].includes(name));
  const to = headerValue(request, 'To') ?? '';
  const tagged = status === 100 || tagOf(request.to) !== null ? to : `${to};tag=${parts.toTag ?? newTag()}`;
  return {
    kind: 'response',
    status,
    reason: parts.reason ?? reasonPhrases[status] ?? 'Failure',
    headers: [...repeated, { name: 'To', value: tagged }, ...(parts.headers ?? [])],
    body: noBody,
  };
}

/** A dialog tag (RFC 3261 19.3): more than 32 random bits. */
export function newTag(): string {
  return randomHex(8);
}
