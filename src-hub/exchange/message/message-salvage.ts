// The answer to a request that could not be parsed, where enough of it can be read to address one (RFC 3261 21.4.1).
// Called by the parser only. Responses and ACKs are never answered.
import { canonicalName } from './header-names.ts';
import type { OutgoingResponse, SipHeader } from './sip-message.ts';
import { noBody } from './sip-message.ts';

const salvageBytes = 16_384;
const needed = ['Via', 'From', 'To', 'Call-ID', 'CSeq'] as const;

/** @returns null where the message is no request, is an ACK, or lacks what a response must repeat. */
export function salvageAnswer(bytes: Uint8Array, status: number, fault: string): OutgoingResponse | null {
  const text = Buffer.from(bytes.subarray(0, salvageBytes)).toString('utf8');
  const head = text.split('\r\n\r\n', 1)[0] ?? '';
  const [startLine = '', ...lines] = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  if (!/^\S+\s.*SIP\/\d+\.\d+\s*$/i.test(startLine) || /^(ACK\s|SIP\/)/i.test(startLine)) return null;
  const found = lines.map(headerIn).filter((header) => header !== null);
  const headers: SipHeader[] = [];
  for (const name of needed) {
    const values = found.filter((header) => header.name === name);
    const first = values[0];
    if (!first || first.value === '') return null;
    if (name === 'Via') headers.push(...values);
    else headers.push(name === 'To' ? tagged(first) : first);
  }
  return { kind: 'response', status, reason: fault, headers, body: noBody };
}

function headerIn(line: string): SipHeader | null {
  const match = /^([\w-]+)[ \t]*:[ \t]*(.*)$/.exec(line);
  return match ? { name: canonicalName(match[1] ?? ''), value: (match[2] ?? '').trimEnd() } : null;
}

function tagged(to: SipHeader): SipHeader {
  return /;\s*tag\s*=/i.test(to.value) ? to : { name: to.name, value: `${to.value};tag=unparsed` };
}
