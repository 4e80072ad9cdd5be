// Takes an incoming INVITE's headers apart: who calls, withheld or not, redirected from where, for which project.
// Pure; works on header text, so that it does not depend on what JsSIP can parse (tel: URIs, Diversion, History-Info).

export interface InviteHeaders {
  getHeader(name: string): string | undefined;
  /** Every value of a header that may stand several times. */
  getHeaders(name: string): readonly string[];
}

export interface CallerFacts {
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  readonly calledNumber: string | null;
  readonly redirectedFrom: string | null;
  readonly projectId: string | null;
  readonly queueName: string | null;
}

interface NameAddress {
  readonly name: string | null;
  readonly user: string | null;
  readonly host: string | null;
}

export function readCallerFacts(headers: InviteHeaders): CallerFacts {
  const from = readNameAddress(headers.getHeader('From') ?? '');
  const asserted = headers
    .getHeaders('P-Asserted-Identity')
    .flatMap(splitList)
    .map(readNameAddress)
    .find((identity) => identity.user !== null);
  const withheld = isWithheld(from, headers.getHeaders('Privacy'));
  return {
    callerNumber: withheld ? null : (asserted?.user ?? from.user),
    callerName: withheld ? null : (asserted?.name ?? from.name),
    calledNumber: readNameAddress(headers.getHeader('To') ?? '').user,
    redirectedFrom: readRedirection(headers),
    projectId: headers.getHeader('X-Offhook-Project')?.trim() || null,
    queueName: decoded(headers.getHeader('X-Offhook-Queue')?.trim() ?? '') || null,
  };
}

/**
 * RFC 3323 4.1 and 4.2: an anonymous From, or Privacy with id, user or header. A P-Asserted-Identity beside it is
 * for the network, not for the person who is called (RFC 3325 7).
 */
function isWithheld(from: NameAddress, privacy: readonly string[]): boolean {
  const asked = privacy.flatMap((value) => value.toLowerCase().split(/[;,\s]+/));
  if (asked.some((value) => value === 'id' || value === 'user' || value === 'header')) return true;
  return (
    from.user === null ||
    from.user.toLowerCase() === 'anonymous' ||
    from.host?.toLowerCase() === 'anonymous.invalid'
  );
}

/** RFC 5806: the topmost Diversion is the latest. RFC 7044: the first of several History-Info entries was called first. */
function readRedirection(headers: InviteHeaders): string | null {
  const diversion = headers.getHeaders('Diversion').flatMap(splitList)[0];
  if (diversion) return readNameAddress(diversion).user;
  const history = headers.getHeaders('History-Info').flatMap(splitList);
  const first = history[0];
  return first && history.length > 1 ? readNameAddress(first).user : null;
}

/** `"Ada" <sip:+4930…@host;user=phone>;tag=x`, `<tel:+4930…>` or a bare URI. */
function readNameAddress(value: string): NameAddress {
  const quoted = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*?))\s*<([^>]*)>/.exec(value);
  const name = (quoted?.[1]?.replace(/\\(.)/g, '$1') ?? quoted?.[2] ?? '').trim();
  const uri = quoted?.[3] ?? value.split(';')[0]?.trim() ?? '';
  const parts = /^(?:sips?:(?:([^@]*)@)?([^;?]*)|tel:([^;?]*))/i.exec(uri.trim());
  const user = decoded((parts?.[3] ?? parts?.[1] ?? '').split(/[;:]/)[0] ?? '');
  return { name: name || null, user: user.slice(0, 200) || null, host: parts?.[2]?.split(':')[0] || null };
}

/** Splits a comma-separated header, but not at commas inside quotes or angle brackets. */
function splitList(value: string): string[] {
  return (value.match(/(?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^,"<])+/g) ?? [])
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // Not percent-encoded after all; what was sent is still better than nothing.
    return value;
  }
}
