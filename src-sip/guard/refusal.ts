// The answer to a request that JsSIP is not shown, or stumbled over: in the least form that RFC 3261 8.2.6 allows. Pure.
// Used by message-guard.ts and sip-socket.ts.
import { allValues, firstValue, type MessageHead } from './message-head.ts';

export interface RefusalParts {
  readonly status: number;
  readonly reason: string;
  readonly headers?: readonly string[];
}

const maxValueLength = 16_384;

/** @returns null where none may be sent: to ACK, to responses, and where a part is missing that must be repeated */
export function refusalOf(head: MessageHead, { status, reason, headers = [] }: RefusalParts): string | null {
  if (head.status > 0 || head.method === '' || head.method === 'ACK') return null;
  const vias = allValues(head, 'via');
  const [from, to, callId, cseq] = ['from', 'to', 'call-id', 'cseq'].map((name) => firstValue(head, name));
  if (vias.length === 0 || !from || !to || !callId || !cseq) return null;
  const lines = [
    ...vias.map((via) => `Via: ${via}`),
    `From: ${from}`,
    `To: ${/;\s*tag\s*=/i.test(to) ? to : `${to};tag=refused`}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq}`,
    ...headers,
  ];
  // What the other side sent must not become a line of its own, nor an answer larger than any answer is.
  if (lines.some((line) => line.length > maxValueLength || hasControlCharacter(line))) return null;
  return [`SIP/2.0 ${status} ${reason}`, ...lines, 'Content-Length: 0', '', ''].join('\r\n');
}

/** Escaped ones within quotes are allowed (RFC 3261 25.1, quoted-pair). */
export function hasControlCharacter(line: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return /[\u0000-\u0008\u000a-\u001f\u007f]/.test(line.replaceAll(/\\[^\r\n]/g, ''));
}
