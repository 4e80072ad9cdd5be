// An INVITE that begins a call (RFC 3261 16.3 to 16.5): who sends it, may they, and whom does the hub want rung.
// Called by the request dispatcher after its general checks. Keeps the forks that are under way.
import { sipCallId } from '#shared/domain/ids.ts';
import { TokenBucket } from '../../../src-sip/guard/token-bucket.ts';
import { retryAfterSeconds, tellEveryMs } from '../exchange-limits.ts';
import type { CallInHand, CallRoute, SipUser } from '../exchange-ports.ts';
import type { Flow } from '../flow.ts';
import { tagOf } from '../message/name-address.ts';
import { createResponse } from '../message/responses.ts';
import { headerValues } from '../message/sip-message.ts';
import { parseSipUri, telNumber } from '../message/sip-uri.ts';
import { parseGruu } from '../registrar/gruu.ts';
import type { Binding } from '../registrar/registrar.ts';
import type { ServerTransaction } from '../transactions/server-transaction.ts';
import { CallFork, type NewCall } from './call-fork.ts';
import { callerIdentity, fromIsOwn } from './caller-identity.ts';
import type { Trust } from './header-policy.ts';
import type { ProxyParts } from './proxy-parts.ts';
import { partyOn } from './proxy-parts.ts';
import { parseReplaces } from './replaced-call.ts';
import type { Party } from './route-token.ts';
import { referredBy, transferMarkOf } from './transfer-book.ts';

/** How long a device that is called by its GRUU rings (an attended transfer). */
const directRingTimeoutMs = 60_000;

export class InviteHandler {
  readonly #parts: ProxyParts;
  readonly #forks = new Set<CallFork>();
  readonly #newCalls = new WeakMap<Flow, { readonly bucket: TokenBucket; toldAtMs: number }>();

  constructor(parts: ProxyParts) {
    this.#parts = parts;
  }

  count(): number {
    return this.#forks.size;
  }

  /** @param user whom the request was authenticated as. @param authorizationUser the credential's name */
  handle(server: ServerTransaction, user: SipUser, authorizationUser: string): void {
    const { domain, router, log, transfers } = this.#parts;
    const { request } = server;
    const refuse = (status: number, reason?: string) =>
      server.respond(createResponse(request, status, reason === undefined ? {} : { reason }));
    const trust = this.#parts.trustOf(user);
    if (this.#tooMany(server.flow, trust)) {
      const headers = [{ name: 'Retry-After', value: String(retryAfterSeconds) }];
      server.respond(createResponse(request, 503, { headers }));
      return;
    }
    const callId = sipCallId.safeParse(request.callId);
    const tag = tagOf(request.from);
    if (!callId.success || tag === null) return void refuse(400);
    if (trust !== 'trunk' && !fromIsOwn(request, { user, authorizationUser }, domain))
      return void refuse(403, 'From is not yours');
    const requestUser = telNumber(request.uri) ?? this.#userInDomain(request.uri);
    if (requestUser === null) return void refuse(404);
    const mark = transferMarkOf(request.uri);
    const transfer = mark === null ? null : transfers.follow(mark, user, requestUser);
    if (mark !== null && !transfer) return void refuse(403, 'This transfer does not hold any more');
    // RFC 3891 with RFC 5627: an INVITE that replaces a call goes to the device that has it, whoever else is free.
    const replaces = headerValues(request, 'Replaces');
    const device = replaces.length === 0 ? null : parseGruu(request.uri, domain);
    const refusal = replaces.length === 0 ? null : this.#whyNotReplace(replaces, user, device);
    if (refusal) return void refuse(refusal.status, refusal.reason);
    let fork: CallFork | null = null;
    const inHand: CallInHand = {
      accepts: (step) => fork?.accepts(step) ?? false,
      take: (step) => fork?.take(step) ?? false,
    };
    let route: CallRoute;
    try {
      route = device
        ? directRoute(device.user)
        : router.route(
            {
              sipCallId: callId.data,
              fromUser: user,
              requestUser,
              ...callerIdentity(request, trust, user),
              transferredBy: transfer?.by ?? null,
            },
            inHand,
          );
    } catch (error) {
      log.error('exchange: a call could not be routed', { error });
      return void refuse(500);
    }
    const caller = { party: partyOn(this.#parts, user, server.flow), tag, trust, user };
    const call: NewCall = {
      sipCallId: callId.data,
      caller,
      route,
      onlyInstance: device?.instance ?? null,
      headers: transfer ? { 'Referred-By': referredBy(transfer.by, domain) } : {},
    };
    const made: CallFork = new CallFork(this.#parts, server, call, () => {
      this.#forks.delete(made);
      if (mark !== null) transfers.over(mark);
    });
    fork = made;
    this.#forks.add(made);
    if (mark !== null) transfers.rings(mark, () => made.withdraw());
    made.start();
  }

  /**
   * Stops this user's devices from ringing for a call, or for every call.
   * @returns how many branches were cancelled
   */
  silence(callId: string | null, user: SipUser, exceptInstances: readonly string[]): number {
    const forks = [...this.#forks].filter((fork) => callId === null || fork.sipCallId === callId);
    return forks.reduce((sum, fork) => sum + fork.silence(user, exceptInstances), 0);
  }

  /** A device has registered: it joins where its user is being rung. */
  registered(binding: Binding): void {
    for (const fork of [...this.#forks]) fork.registered(binding);
  }

  /** The user may not take calls any more: nothing rings at them, now or for a device that comes back. */
  withdrawFrom(user: SipUser): void {
    for (const fork of [...this.#forks]) fork.withdrawFrom(user);
  }

  close(): void {
    for (const fork of this.#forks) fork.close();
    this.#forks.clear();
  }

  /**
   * A call is taken over by who is in it, or by whom one of those has told to (RFC 3891 3 and 8): it passes by whoever is
   * free, by statuses, and rings at a device of the call itself. After a restart no older call is known (481).
   */
  #whyNotReplace(
    replaces: readonly string[],
    user: SipUser,
    device: { readonly user: SipUser; readonly instance: string } | null,
  ): { readonly status: number; readonly reason: string } | null {
    const [text = '', ...others] = replaces;
    const replaced = others.length > 0 ? null : parseReplaces(text);
    if (!replaced) return { status: 400, reason: 'Bad Replaces' };
    const { dialogs, transfers } = this.#parts;
    const parties = dialogs.partiesOf(replaced.callId, replaced.toTag, replaced.fromTag);
    if (!parties) return { status: 481, reason: 'No such call' };
    if (!parties.some((each) => each.user === user) && !transfers.mayTakeOver(replaced, user)) {
      return { status: 403, reason: 'That call is not yours' };
    }
    const isTheirs = (party: Party) =>
      party.user === device?.user && (party.instance === null || party.instance === device.instance);
    return device && !parties.some(isTheirs) ? { status: 481, reason: 'Not a call of that device' } : null;
  }

  #tooMany(flow: Flow, trust: Trust): boolean {
    const { clock, limits, log } = this.#parts;
    const rate = trust === 'account' ? limits.newCalls : limits.newCallsOfMany;
    const nowMs = clock.nowMs();
    const known = this.#newCalls.get(flow);
    const count = known ?? { bucket: new TokenBucket(rate, nowMs), toldAtMs: Number.NEGATIVE_INFINITY };
    if (!known) this.#newCalls.set(flow, count);
    if (count.bucket.take(nowMs)) return false;
    if (nowMs >= count.toldAtMs + tellEveryMs) {
      count.toldAtMs = nowMs;
      log.warn('exchange: a connection begins too many calls; those beyond are refused', {
        connection: flow.id,
      });
    }
    return true;
  }

  #userInDomain(text: string): string | null {
    const uri = parseSipUri(text);
    return uri?.host === this.#parts.domain && uri.user ? uri.user : null;
  }
}

function directRoute(user: SipUser): CallRoute {
  return {
    next: (previous) =>
      previous === null
        ? { kind: 'ring', users: [user], ringTimeoutMs: directRingTimeoutMs, headers: {}, lostDevice: 'end' }
        : { kind: 'refuse', status: previous.kind === 'declined' ? previous.status : 480, reason: '' },
  };
}
