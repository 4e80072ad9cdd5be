// Header names: compact forms (RFC 3261 7.3.3 and the registry's later ones) and canonical spelling.
// Used by the parser; the rest of the exchange knows canonical names only.

const compactForms: Readonly<Record<string, string>> = {
  a: 'Accept-Contact',
  b: 'Referred-By',
  c: 'Content-Type',
  d: 'Request-Disposition',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  j: 'Reject-Contact',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  n: 'Identity-Info',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
  x: 'Session-Expires',
  y: 'Identity',
};

const canonical = new Map(
  [
    ...Object.values(compactForms),
    'Authorization',
    'CSeq',
    'Diversion',
    'Expires',
    'History-Info',
    'Max-Forwards',
    'P-Asserted-Identity',
    'P-Preferred-Identity',
    'Privacy',
    'Proxy-Authorization',
    'Proxy-Require',
    'Reason',
    'Record-Route',
    'Replaces',
    'Require',
    'Route',
  ].map((name) => [name.toLowerCase(), name]),
);

/** Headers that may stand once only; a second one makes the message malformed (RFC 4475 3.3.8). */
export const singleHeaders: readonly string[] = [
  'From',
  'To',
  'Call-ID',
  'CSeq',
  'Max-Forwards',
  'Content-Length',
  'Content-Type',
  'Expires',
];

/** Headers whose comma-separated values the exchange takes apart, so that each becomes a header of its own. */
export const splitHeaders: readonly string[] = ['Via', 'Route', 'Record-Route', 'Contact'];

/** The name as the rest of the exchange knows it: `i` and `CALL-ID` become `Call-ID`; unknown ones stay. */
export function canonicalName(name: string): string {
  const lower = name.toLowerCase();
  return compactForms[lower] ?? canonical.get(lower) ?? name;
}
