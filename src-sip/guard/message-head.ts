// The head of a SIP message as the guard sees it: start line and headers with their long names in lower case. Pure.
// Nothing is judged here.

export interface Header {
  /** Long form, lower case. */
  readonly name: string;
  readonly value: string;
}

export interface MessageHead {
  readonly startLine: string;
  /** Of a request, '' of a response. */
  readonly method: string;
  /** Of a response, 0 of a request. */
  readonly status: number;
  readonly headers: readonly Header[];
}

/** RFC 3261 7.3.3 and those that came later, as far as something here or JsSIP looks at the header. */
const compactForms: Readonly<Record<string, string>> = {
  b: 'referred-by',
  c: 'content-type',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  v: 'via',
  x: 'session-expires',
};

/** @param head all before the empty line; folded lines become one (RFC 3261 7.3.1) */
export function readHead(head: string): MessageHead {
  const [startLine = '', ...lines] = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const isResponse = /^SIP\//i.test(startLine);
  return {
    startLine,
    method: isResponse ? '' : (startLine.split(' ')[0] ?? ''),
    status: isResponse ? Number.parseInt(startLine.split(' ')[1] ?? '', 10) || 0 : 0,
    headers: lines.map(readHeader),
  };
}

/** The first value of a header; undefined where there is none. */
export function firstValue({ headers }: MessageHead, name: string): string | undefined {
  return headers.find((header) => header.name === name)?.value;
}

export function allValues({ headers }: MessageHead, name: string): string[] {
  return headers.filter((header) => header.name === name).map(({ value }) => value);
}

function readHeader(line: string): Header {
  const colon = line.indexOf(':');
  const written = (colon < 0 ? line : line.slice(0, colon)).trim().toLowerCase();
  return { name: compactForms[written] ?? written, value: colon < 0 ? '' : line.slice(colon + 1).trim() };
}
