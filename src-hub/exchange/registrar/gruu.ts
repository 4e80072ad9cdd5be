// Public GRUUs (RFC 5627): a URI that means one device of a user, whatever connection it has now.
import type { SipUser } from '../exchange-ports.ts';
import { escapeUser, parseSipUri } from '../message/sip-uri.ts';

export interface Gruu {
  readonly user: SipUser;
  readonly instance: string;
}

/** `sip:201@example.com;gr=urn:uuid:...` */
export function formatGruu({ user, instance }: Gruu, domain: string): string {
  return `sip:${escapeUser(user)}@${domain};gr=${instance}`;
}

/** @returns null where the URI is no public GRUU of this domain */
export function parseGruu(text: string, domain: string): Gruu | null {
  const uri = parseSipUri(text);
  const instance = uri?.parameters.get('gr') ?? null;
  return uri && uri.host === domain && uri.user !== null && instance !== null
    ? { user: uri.user, instance }
    : null;
}
