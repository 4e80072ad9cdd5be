// Who calls, as the hub and the called agent may know it (RFC 3325, RFC 3323, RFC 5806). Pure; used by the invite handler.
import type { SipUser } from '../exchange-ports.ts';
import type { NameAddress } from '../message/name-address.ts';
import { parseNameAddress } from '../message/name-address.ts';
import { splitOutside } from '../message/parameters.ts';
import type { SipRequest } from '../message/sip-message.ts';
import { headerValue } from '../message/sip-message.ts';
import { parseSipUri, userOfUri } from '../message/sip-uri.ts';
import type { Trust } from './header-policy.ts';
import { isWithheld } from './header-policy.ts';

export interface CallerIdentity {
  /** Null where withheld. */
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  readonly redirectedFrom: string | null;
}

/** True where From names the account itself, by either of its names, as it must for everybody but the trunk. */
export function fromIsOwn(
  request: SipRequest,
  { user, authorizationUser }: { readonly user: SipUser; readonly authorizationUser: string },
  domain: string,
): boolean {
  const from = parseSipUri(request.from.uri);
  return (from?.user === user || from?.user === authorizationUser) && from.host === domain;
}

/** @param trust of the user that the request was authenticated as */
export function callerIdentity(request: SipRequest, trust: Trust, user: SipUser): CallerIdentity {
  if (trust === 'account') {
    return {
      callerNumber: user,
      callerName: request.from.displayName,
      redirectedFrom: null,
    };
  }
  const asserted = trust === 'trunk' ? firstAddress(headerValue(request, 'P-Asserted-Identity')) : null;
  const shown = asserted ?? request.from;
  const redirectedFrom = userOfUri(firstAddress(headerValue(request, 'Diversion'))?.uri ?? '');
  if (isWithheld(request.headers) || isAnonymous(shown)) {
    return { callerNumber: null, callerName: null, redirectedFrom };
  }
  return {
    callerNumber: userOfUri(shown.uri),
    callerName: shown.displayName ?? request.from.displayName,
    redirectedFrom,
  };
}

function isAnonymous({ uri }: NameAddress): boolean {
  const parsed = parseSipUri(uri);
  return (
    parsed !== null && (parsed.host === 'anonymous.invalid' || parsed.user?.toLowerCase() === 'anonymous')
  );
}

function firstAddress(value: string | null): NameAddress | null {
  const first = value === null ? null : splitOutside(value, ',')?.[0];
  return first ? parseNameAddress(first) : null;
}
