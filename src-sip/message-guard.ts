// Looks at each SIP message before JsSIP does (pure): what JsSIP would throw on, overflow on or silently drop is
// refused, clamped or rewritten here. Called by sip-socket.ts for every frame. It does not judge dialogs or
// transactions, and lets through whatever JsSIP answers rightly by itself.

export type Screened =
  | { readonly kind: 'pass'; readonly message: string }
  /** `reply` is a final response to send back; null where none may be sent (ACK, responses, no return path). */
  | { readonly kind: 'refuse'; readonly why: string; readonly reply: string | null };

const maxHeadBytes = 65_536;
const maxHeaderBytes = 16_384;
const maxHeaders = 200;
/** JsSIP arms timers with seconds from the wire; past 2^31 ms a timer fires at once. */
const maxSeconds = 86_400;

interface Header {
  /** Long form, lower case. */
  readonly name: string;
  readonly value: string;
}

const compactForms: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
  x: 'session-expires',
};

export function screenMessage(text: string): Screened {
  // Keep-alives (RFC 5626 3.5.1) are JsSIP's to answer.
  if (text === '\r\n' || text === '\r\n\r\n') return { kind: 'pass', message: text };
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return refuse('the head does not end', null);
  const head = text.slice(0, headEnd);
  if (head.length > maxHeadBytes)
    return refuse('the head is too large', replyTo(head, 513, 'Message Too Large'));
  const [startLine = '', ...lines] = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  if (lines.length > maxHeaders || lines.some((line) => line.length > maxHeaderBytes))
    return refuse('a header is too large', replyTo(head, 513, 'Message Too Large'));
  const headers = lines.map(readHeader);
  const fault = faultOfStartLine(startLine) ?? faultOfHeaders(startLine, headers);
  if (fault) return refuse(fault.why, fault.status ? replyTo(head, fault.status, fault.reason) : null);
  const mended = headers.flatMap(mend);
  return { kind: 'pass', message: `${[startLine, ...mended].join('\r\n')}${text.slice(headEnd)}` };
}

interface Fault {
  readonly why: string;
  /** 0 where nothing is answered. */
  readonly status: number;
  readonly reason: string;
}

const silently = (why: string): Fault => ({ why, status: 0, reason: '' });

function faultOfStartLine(line: string): Fault | null {
  if (/^SIP\//i.test(line))
    return /^SIP\/2\.0 [1-6]\d\d( |$)/i.test(line) ? null : silently('the status line is not one of SIP/2.0');
  const request = /^([\w\-.!%*+`'~]{1,64}) (\S{1,4096}) (SIP\/\d{1,3}\.\d{1,3})$/i.exec(line);
  if (!request) return { why: 'the request line cannot be read', status: 400, reason: 'Bad Request-Line' };
  if (request[3]?.toUpperCase() !== 'SIP/2.0')
    return { why: 'another version of SIP', status: 505, reason: 'Version Not Supported' };
  // RFC 3261 8.2.2.1; JsSIP throws on schemes that it does not know.
  if (!/^sips?:/i.test(request[2] ?? ''))
    return { why: 'a scheme that is not SIP', status: 416, reason: 'Unsupported URI Scheme' };
  return null;
}

function faultOfHeaders(startLine: string, headers: readonly Header[]): Fault | null {
  const bad = (why: string): Fault =>
    /^SIP\//i.test(startLine) ? silently(why) : { why, status: 400, reason: 'Bad Request' };
  const firstOf = (name: string) => headers.find((header) => header.name === name)?.value;
  for (const name of ['via', 'from', 'to', 'call-id', 'cseq'])
    if (!firstOf(name)) return silently(`${name} is missing`);
  const cseq = /^(\d{1,10})\s+(\S+)$/.exec(firstOf('cseq') ?? '');
  // RFC 3261 8.1.1.5: below 2^31. JsSIP throws on a CSeq that it cannot read.
  if (!cseq || Number(cseq[1]) >= 2 ** 31) return bad('CSeq cannot be read');
  const method = startLine.split(' ')[0] ?? '';
  if (!/^SIP\//i.test(startLine) && cseq[2] !== method) return bad('CSeq names another method');
  if (firstOf('contact')?.trim() === '*' && method !== 'REGISTER') return bad('Contact is *');
  const length = firstOf('content-length');
  if (length !== undefined && !/^\d{1,9}$/.test(length)) return bad('Content-Length is not a number');
  return null;
}

function mend({ name, value }: Header): string[] {
  const line = (changed: string) => [`${name}: ${changed}`];
  switch (name) {
    case 'expires':
    case 'min-expires':
      return /^\d+$/.test(value) ? line(clamped(value)) : [];
    case 'session-expires':
    case 'min-se':
      return line(value.replace(/^\d+/, clamped));
    case 'contact':
      return line(value.replace(/;\s*expires\s*=\s*"?(\d+)"?/gi, (_, s: string) => `;expires=${clamped(s)}`));
    case 'from':
    case 'to':
      return line(telAsSip(value));
    default:
      return line(value);
  }
}

function clamped(seconds: string): string {
  return String(Math.min(Number(seconds), maxSeconds));
}

/** RFC 3261 19.1.6. JsSIP drops a tel: URI in From, which gateways to the telephone network send. */
function telAsSip(value: string): string {
  return value.replace(
    /^([^<]*<)?tel:([^;>\s]+)((?:;[^>]*?)?)(>.*|;.*|)$/i,
    (_, open: string | undefined, number: string, parameters: string, rest: string) =>
      open === undefined
        ? `<sip:${number}@tel.invalid;user=phone>${parameters}${rest}`
        : `${open}sip:${number}@tel.invalid;user=phone${rest}`,
  );
}

function readHeader(line: string): Header {
  const colon = line.indexOf(':');
  const written = (colon < 0 ? line : line.slice(0, colon)).trim().toLowerCase();
  return { name: compactForms[written] ?? written, value: colon < 0 ? '' : line.slice(colon + 1).trim() };
}

/** A response in the least form that RFC 3261 8.2.6 allows; null for ACK, responses, and heads that lack a part. */
function replyTo(head: string, status: number, reason: string): string | null {
  const [startLine = '', ...lines] = head
    .slice(0, maxHeadBytes)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  if (/^(SIP\/|ACK )/i.test(startLine)) return null;
  const headers = lines.map(readHeader).filter((header) => header.value.length <= maxHeaderBytes);
  const all = (name: string) => headers.filter((header) => header.name === name).map(({ value }) => value);
  const [from, to, callId, cseq] = [all('from')[0], all('to')[0], all('call-id')[0], all('cseq')[0]];
  const vias = all('via');
  if (vias.length === 0 || !from || !to || !callId || !cseq) return null;
  return [
    `SIP/2.0 ${status} ${reason}`,
    ...vias.map((via) => `Via: ${via}`),
    `From: ${from}`,
    `To: ${/;\s*tag=/i.test(to) ? to : `${to};tag=refused`}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq}`,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

function refuse(why: string, reply: string | null): Screened {
  return { kind: 'refuse', why, reply };
}
