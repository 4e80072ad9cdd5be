// The Contact values of a REGISTER (RFC 3261 10.2, RFC 5626 4.2, RFC 5627 4.2). Pure.
import { parseNameAddress } from '../message/name-address.ts';
import { parseSipUri } from '../message/sip-uri.ts';

export interface ContactRequest {
  readonly uri: string;
  /** `urn:uuid:...` of +sip.instance; null where the device has none that a GRUU could carry. */
  readonly instance: string | null;
  /** RFC 5626 reg-id; null where absent or without instance. */
  readonly regId: number | null;
  /** Seconds, 0 to remove; null where the contact does not say. */
  readonly expiresSeconds: number | null;
}

export type ContactsRequest =
  | { readonly kind: 'query' }
  | { readonly kind: 'removeAll' }
  | { readonly kind: 'contacts'; readonly contacts: readonly ContactRequest[] }
  | { readonly kind: 'bad' };

const instanceForm = /^<?(urn:[a-z0-9][a-z0-9-]{0,31}:[A-Za-z0-9.:_-]{1,200})>?$/i;

/** RFC 3261 20.19: an Expires that is no number counts as 3600; larger ones are cut to 32 bits. */
export function parseExpires(text: string): number {
  return /^\d+$/.test(text) ? Math.min(Number(text), 2 ** 32 - 1) : 3600;
}

/** @param expires value of the Expires header, null where absent */
export function parseContacts(values: readonly string[], expires: string | null): ContactsRequest {
  if (values.length === 0) return { kind: 'query' };
  // JsSIP puts its contact parameters behind the star.
  if (values.some((value) => /^\*\s*(;|$)/.test(value))) {
    // 10.3 step 6: alone, and with an Expires of zero.
    return values.length === 1 && expires !== null && /^0+$/.test(expires)
      ? { kind: 'removeAll' }
      : { kind: 'bad' };
  }
  const contacts: ContactRequest[] = [];
  for (const value of values) {
    const contact = parseContact(value);
    if (!contact) return { kind: 'bad' };
    contacts.push(contact);
  }
  return { kind: 'contacts', contacts };
}

function parseContact(value: string): ContactRequest | null {
  const address = parseNameAddress(value);
  const uri = address && parseSipUri(address.uri);
  if (!uri || !address || uri.scheme !== 'sip') return null;
  const instance = instanceForm.exec(address.parameters.get('+sip.instance') ?? '')?.[1] ?? null;
  const regId = /^[1-9]\d{0,8}$/.exec(address.parameters.get('reg-id') ?? '');
  const expires = address.parameters.get('expires');
  return {
    uri: address.uri,
    instance,
    regId: instance !== null && regId ? Number(regId[0]) : null,
    expiresSeconds: expires === undefined || expires === null ? null : parseExpires(expires),
  };
}
