// Looks at each SIP message before JsSIP does (pure): what JsSIP would throw on, overflow on or silently drop is
// refused, clamped or rewritten here. Called by sip-socket.ts for every frame. It does not judge dialogs or
// transactions, and lets through whatever JsSIP answers rightly by itself.
import { faultOf } from './guard/message-faults.ts';
import { firstValue, type MessageHead, readHead } from './guard/message-head.ts';
import { mendedLines } from './guard/message-mending.ts';
import { hasControlCharacter, refusalOf } from './guard/refusal.ts';

export type Screened =
  /** `head` is null for a keep-alive. */
  | { readonly kind: 'pass'; readonly message: string; readonly head: MessageHead | null }
  /** `reply` is a final response to send back; null where none may be sent (ACK, responses, no return path). */
  | { readonly kind: 'refuse'; readonly why: string; readonly reply: string | null };

/** JsSIP reads two characters in a microsecond: what is let through keeps the process busy for 15 ms at most. */
const maxHeadLength = 24_576;
const maxLineLength = 8_192;
const maxHeaders = 200;
const tooLarge = { status: 513, reason: 'Message Too Large' };

export function screenMessage(text: string): Screened {
  // Keep-alives (RFC 5626 3.5.1) are JsSIP's to answer.
  if (text === '\r\n' || text === '\r\n\r\n') return { kind: 'pass', message: text, head: null };
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return { kind: 'refuse', why: 'the head does not end', reply: null };
  const head = readHead(text.slice(0, Math.min(headEnd, maxHeadLength)));
  const refuse = (why: string, parts: Parameters<typeof refusalOf>[1]): Screened => ({
    kind: 'refuse',
    why,
    reply: refusalOf(head, parts),
  });
  if (headEnd > maxHeadLength) return refuse('the head is too large', tooLarge);
  const lines = [head.startLine, ...head.headers.map(({ value }) => value)];
  if (head.headers.length > maxHeaders || lines.some((line) => line.length > maxLineLength))
    return refuse('a header is too large', tooLarge);
  if (lines.some(hasControlCharacter))
    return refuse('a control character in the head', { status: 400, reason: 'Bad Request' });
  const body = Buffer.from(text.slice(headEnd + 4));
  const fault = faultOf(head, body.length);
  if (fault) return refuse(fault.why, fault);
  const mended = [head.startLine, ...mendedLines(head), '', ''].join('\r\n');
  return { kind: 'pass', message: mended + bodyWithin(head, body), head };
}

/** RFC 3261 18.3: what is beyond Content-Length is dropped. JsSIP counts characters where bytes are meant. */
function bodyWithin(head: MessageHead, body: Buffer): string {
  const length = firstValue(head, 'content-length');
  return (length === undefined ? body : body.subarray(0, Number(length))).toString();
}
