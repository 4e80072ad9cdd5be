// From, To, Contact, Route, P-Asserted-Identity, Diversion: a URI with a display name and parameters (RFC 3261 20.10).
import type { Parameters } from './parameters.ts';
import { parseParameters, splitOutside, unquote } from './parameters.ts';

export interface NameAddress {
  /** Null where there is none. */
  readonly displayName: string | null;
  readonly uri: string;
  /** Of the header, such as `tag`; not those inside the angle brackets. */
  readonly parameters: Parameters;
}

const bracketedForm = /^((?:"(?:[^"\\]|\\.)*")|[^"<>]*?)\s*<([^<>]*)>\s*((?:;[\s\S]*)?)$/;
const bareForm = /^([a-z][a-z0-9+.-]*:[^\s;,<>"?]+)\s*((?:;[\s\S]*)?)$/i;

/** @returns null where the text is not of that form. */
export function parseNameAddress(text: string): NameAddress | null {
  const bracketed = bracketedForm.exec(text.trim());
  if (bracketed) {
    const [, display = '', uri = '', rest = ''] = bracketed;
    if (uri === '' || /\s/.test(uri)) return null;
    return built(unquote(display.trim()), uri, rest);
  }
  // Without brackets the parameters belong to the header, and a URI with `?` is not allowed (RFC 3261 20).
  const bare = bareForm.exec(text.trim());
  return bare ? built('', bare[1] ?? '', bare[2] ?? '') : null;
}

function built(displayName: string, uri: string, rest: string): NameAddress | null {
  const parts = splitOutside(rest, ';');
  const parameters = parts && parseParameters(parts.slice(1));
  return parameters ? { displayName: displayName === '' ? null : displayName, uri, parameters } : null;
}

/** The dialog tag of a From or To, null where it has none. */
export function tagOf(address: NameAddress): string | null {
  return address.parameters.get('tag') ?? null;
}
