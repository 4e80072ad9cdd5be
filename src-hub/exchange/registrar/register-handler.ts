// REGISTER (RFC 3261 10.3), already authenticated. Called by the request dispatcher; changes the registrar.
import type { ExchangeClock } from '../exchange-clock.ts';
import type { SipUser } from '../exchange-ports.ts';
import type { Flow } from '../flow.ts';
import { createResponse } from '../message/responses.ts';
import type { OutgoingResponse, SipHeader, SipRequest } from '../message/sip-message.ts';
import { headerValue, headerValues } from '../message/sip-message.ts';
import { parseSipUri } from '../message/sip-uri.ts';
import type { ContactRequest } from './contact.ts';
import { parseContacts, parseExpires } from './contact.ts';
import { formatGruu } from './gruu.ts';
import type { Binding, Registrar } from './registrar.ts';

/** Of our own: a desktop says with each start of its program that it is another run, which knows no older call. */
const bootHeader = 'X-Offhook-Boot';
const longestSeconds = 3_600;
const shortestSeconds = 10;
const maxBindingsPerUser = 20;

export interface RegisterParts {
  readonly domain: string;
  readonly registrar: Registrar;
  readonly clock: ExchangeClock;
}

/**
 * @param account as which the request was authenticated; it may only register itself. Its authorization user stands for
 *   it too: an app that asks for one name only is given that.
 */
export function handleRegister(
  { domain, registrar, clock }: RegisterParts,
  request: SipRequest,
  flow: Flow,
  { user, authorizationUser }: { readonly user: SipUser; readonly authorizationUser: string },
): OutgoingResponse {
  const record = parseSipUri(request.to.uri);
  const isOwn = record?.user === user || record?.user === authorizationUser;
  if (!isOwn || record.host !== domain) return createResponse(request, 403);
  const expires = headerValue(request, 'Expires');
  const asked = parseContacts(headerValues(request, 'Contact'), expires);
  if (asked.kind === 'bad') return createResponse(request, 400, { reason: 'Bad Contact' });
  const outdated = registrar
    .bindings(user)
    .some(({ callId, cseq }) => callId === request.callId && cseq >= request.cseq.number);
  // 10.3 step 7: a request that was overtaken by a later one changes nothing.
  if (outdated && asked.kind !== 'query') return createResponse(request, 500, { reason: 'Out of order' });
  if (asked.kind === 'removeAll') registrar.removeAll(user);
  if (asked.kind === 'contacts') {
    const defaultSeconds = expires === null ? longestSeconds : parseExpires(expires);
    const wanted = asked.contacts.map((contact) => ({
      contact,
      seconds: Math.min(contact.expiresSeconds ?? defaultSeconds, longestSeconds),
    }));
    if (wanted.some(({ seconds }) => seconds > 0 && seconds < shortestSeconds)) {
      return createResponse(request, 423, {
        headers: [{ name: 'Min-Expires', value: String(shortestSeconds) }],
      });
    }
    const added = wanted.filter(({ seconds }) => seconds > 0).length;
    if (added > 0 && registrar.bindings(user).length + added > maxBindingsPerUser) {
      return createResponse(request, 403, { reason: 'Too many devices' });
    }
    for (const { contact, seconds } of wanted) {
      const nowMs = clock.nowMs();
      const binding: Binding = {
        user,
        authorizationUser,
        contactUri: contact.uri,
        instance: contact.instance,
        regId: contact.regId,
        flow,
        expiresAtMs: nowMs + seconds * 1000,
        callId: request.callId,
        cseq: request.cseq.number,
        registeredAtMs: nowMs,
        bootId: headerValue(request, bootHeader),
      };
      if (seconds > 0) registrar.add(binding);
      else removeContact(registrar, user, contact);
    }
  }
  return createResponse(request, 200, {
    headers: okHeaders(registrar.bindings(user), domain, clock.nowMs()),
  });
}

function removeContact(registrar: Registrar, user: SipUser, contact: ContactRequest): void {
  for (const binding of registrar.bindings(user)) {
    const same =
      contact.instance === null
        ? binding.contactUri === contact.uri
        : binding.instance === contact.instance && binding.regId === contact.regId;
    if (same) registrar.remove(binding);
  }
}

function okHeaders(bindings: readonly Binding[], domain: string, nowMs: number): SipHeader[] {
  const contacts = bindings.map((binding) => {
    const parts = [`<${binding.contactUri}>`];
    parts.push(`expires=${Math.max(0, Math.ceil((binding.expiresAtMs - nowMs) / 1000))}`);
    if (binding.instance !== null) {
      parts.push(`+sip.instance="<${binding.instance}>"`);
      parts.push(`pub-gruu="${formatGruu({ user: binding.user, instance: binding.instance }, domain)}"`);
    }
    if (binding.regId !== null) parts.push(`reg-id=${binding.regId}`);
    return { name: 'Contact', value: parts.join(';') };
  });
  const headers = [...contacts, { name: 'Supported', value: 'gruu, outbound' }];
  // RFC 5626 6: says that reg-id was understood.
  if (bindings.some(({ regId }) => regId !== null)) headers.push({ name: 'Require', value: 'outbound' });
  return headers;
}
