// URIs as the exchange needs them: sip and sips (RFC 3261 19.1), the number of a tel URI (RFC 3966).
// Headers inside a URI (`?Replaces=...`) are kept in the text only; the exchange never acts on them.
import type { Parameters } from './parameters.ts';
import { parseParameters } from './parameters.ts';

export interface SipUri {
  readonly scheme: 'sip' | 'sips';
  /** Unescaped, without password; null where the URI has none. */
  readonly user: string | null;
  /** In lower case. */
  readonly host: string;
  readonly port: number | null;
  readonly parameters: Parameters;
  /** Headers stand in it (`?Replaces=...`), which no Request-URI may have (RFC 3261 19.1.1). */
  readonly hasHeaders: boolean;
}

const sipUri =
  /^(sips?):(?:([^@\s<>"]+)@)?(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::(\d{1,5}))?((?:;[^?\s<>"]*)?)(?:\?([^\s<>"]*))?$/i;
const telUri = /^tel:([+]?[0-9a-f*#().-]+)(?:;[^\s<>"]*)?$/i;
const anyScheme = /^([a-z][a-z0-9+.-]*):/i;

/** @returns null where the text is no sip: or sips: URI. */
export function parseSipUri(text: string): SipUri | null {
  const match = sipUri.exec(text);
  if (!match) return null;
  const [, scheme = '', userInfo, host = '', port, parameterText = '', headers] = match;
  const user = userInfo === undefined ? null : unescaped(withoutPassword(userInfo));
  if (userInfo !== undefined && user === null) return null;
  const parameters = parseParameters(parameterText === '' ? [] : parameterText.slice(1).split(';'));
  if (!parameters) return null;
  if (port !== undefined && Number(port) > 65_535) return null;
  return {
    scheme: scheme.toLowerCase() === 'sips' ? 'sips' : 'sip',
    user,
    host: host.toLowerCase(),
    port: port === undefined ? null : Number(port),
    parameters,
    hasHeaders: headers !== undefined,
  };
}

/** The scheme in lower case, null where the text has none. */
export function uriScheme(text: string): string | null {
  return anyScheme.exec(text)?.[1]?.toLowerCase() ?? null;
}

/** The number of a tel: URI without visual separators; null for any other text. */
export function telNumber(text: string): string | null {
  const number = telUri.exec(text)?.[1];
  return number ? number.replaceAll(/[().-]/g, '') : null;
}

/** A person's number or extension out of a sip: or tel: URI; null where it names nobody. */
export function userOfUri(text: string): string | null {
  return telNumber(text) ?? parseSipUri(text)?.user ?? null;
}

/** Same user, host, port and `gr`: enough to recognise a contact (RFC 3261 19.1.4, without rare parameters). */
export function sameContact(one: string, other: string): boolean {
  if (one === other) return true;
  const a = parseSipUri(one);
  const b = parseSipUri(other);
  if (!a || !b) return false;
  return (
    a.scheme === b.scheme &&
    a.user === b.user &&
    a.host === b.host &&
    a.port === b.port &&
    (a.parameters.get('gr') ?? null) === (b.parameters.get('gr') ?? null)
  );
}

/** Percent-encodes what may not stand in a URI's user part (RFC 3261 25.1, `user`). */
export function escapeUser(user: string): string {
  return user.replaceAll(/[^A-Za-z0-9\-_.!~*'()&=+$,;?/]/gu, (character) => {
    return [...new TextEncoder().encode(character)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join('');
  });
}

function withoutPassword(userInfo: string): string {
  const colon = userInfo.indexOf(':');
  return colon < 0 ? userInfo : userInfo.slice(0, colon);
}

function unescaped(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    // %-signs that are no UTF-8: the URI names nobody whom we could know.
    return null;
  }
}
