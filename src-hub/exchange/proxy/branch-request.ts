// The INVITE that one device is sent (RFC 3261 16.6). Pure but for the fresh branch in Via.
import type { SipUser } from '../exchange-ports.ts';
import type { OutgoingRequest, SipRequest } from '../message/sip-message.ts';
import type { Binding } from '../registrar/registrar.ts';
import type { Trust } from './header-policy.ts';
import {
  asUser,
  passableHeaders,
  withOwnHeaders,
  withoutTelUris,
  withoutWithheldCaller,
} from './header-policy.ts';
import { hopHeaders, newVia } from './hop.ts';
import { tokenParameter } from './proxy-parts.ts';
import type { Party, RouteTokens } from './route-token.ts';

export interface Caller {
  readonly party: Party;
  readonly tag: string;
  readonly trust: Trust;
  readonly user: SipUser;
}

/** @param own headers of the route step */
export function createBranchRequest(
  { domain, tokens }: { readonly domain: string; readonly tokens: RouteTokens },
  invite: SipRequest,
  caller: Caller,
  binding: Binding,
  own: Readonly<Record<string, string>>,
): OutgoingRequest {
  const callee = { user: binding.user, instance: binding.instance, flowId: binding.flow.id };
  const token = tokens.create({ callerTag: caller.tag, caller: caller.party, callee }, invite.callId);
  const recordRoute = `<sip:${domain};transport=ws;lr;${tokenParameter}=${token}>`;
  const named = withoutTelUris(passableHeaders(invite.headers, caller.trust), domain);
  const fromCaller = caller.trust === 'trunk' ? withoutWithheldCaller(named) : named;
  const passed = withOwnHeaders(
    caller.trust === 'account' ? asUser(fromCaller, caller.user, domain) : fromCaller,
    own,
  );
  const [via, ...rest] = hopHeaders(invite, passed, newVia(domain, invite));
  const headers = [...(via ? [via] : []), { name: 'Record-Route', value: recordRoute }, ...rest];
  return { kind: 'request', method: 'INVITE', uri: binding.contactUri, headers, body: invite.body };
}
