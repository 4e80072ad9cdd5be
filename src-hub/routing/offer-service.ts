// Keeps what became of every offer, and notices the offers that nobody could see. Told by the router and the exchange.
import type { MissedReason } from '#shared/domain/call-view.ts';
import type { SipCallId, UserId } from '#shared/domain/ids.ts';
import type { MissedOffer } from '#shared/hub/hub-contract.ts';
import type { UserDirectory } from '../accounts/user-directory.ts';
import type { BackgroundWork } from '../background-work.ts';
import type { CallRequest, OfferEnded, SipUser } from '../exchange/exchange-ports.ts';
import type { HubClock } from '../hub-clock.ts';
import { InTurn } from '../in-turn.ts';
import type { OfferStore } from './offer-store.ts';
import type { RouteDecision, UnseenOffer } from './route-decision.ts';

export interface OfferServiceParts {
  readonly store: OfferStore;
  readonly users: UserDirectory;
  readonly clock: HubClock;
  readonly background: BackgroundWork;
  /** A user's device has answered: they are on a call before the device says so. */
  answeredBy(userId: UserId): void;
}

interface CallBeingRouted {
  unseen: readonly UnseenOffer[];
  readonly ignoredBy: Set<UserId>;
}

/** Far more than ring at once; only a call whose end was never told could stay. */
const mostCalls = 5_000;

export class OfferService {
  readonly #parts: OfferServiceParts;
  readonly #calls = new Map<SipCallId, CallBeingRouted>();
  /** A call is on disk before its offers, which refer to it. */
  readonly #writes = new InTurn<SipCallId>();

  constructor(parts: OfferServiceParts) {
    this.#parts = parts;
  }

  /** At start: offers that rang when the hub died are missed, and told to their agents like those that nobody saw. */
  load(): Promise<void> {
    return this.#parts.store.cutOffRinging(this.#parts.clock.nowMs());
  }

  routed(request: CallRequest, decision: RouteDecision): void {
    const { store, clock, background } = this.#parts;
    this.#calls.set(request.sipCallId, { unseen: decision.unseen, ignoredBy: new Set() });
    const [oldest] = this.#calls.keys();
    if (oldest && this.#calls.size > mostCalls) this.#calls.delete(oldest);
    const atMs = clock.nowMs();
    const kept = this.#writes.run(request.sipCallId, () => store.addCall(request, decision, atMs));
    background.run('keeping a routed call', kept);
  }

  /** These are about to be rung; on disk, so that the next start knows of it. */
  ringing(sipCallId: SipCallId, extensions: readonly SipUser[]): void {
    for (const extension of extensions) {
      const user = this.#parts.users.byExtension(extension);
      if (!user) continue;
      const { userId } = user;
      this.#keep({ sipCallId, userId, outcome: 'ringing', missedReason: null, toTell: false });
    }
  }

  /** The ringing of agents is over and nobody took the call. */
  nobodyAnswered(sipCallId: SipCallId): void {
    const call = this.#calls.get(sipCallId);
    if (!call) return;
    for (const { userId, reason } of call.unseen) {
      this.#keep({ sipCallId, userId, outcome: 'noDevice', missedReason: reason, toTell: true });
    }
    call.unseen = [];
  }

  /** Routing is over: answered, given up or refused. */
  finished(sipCallId: SipCallId): void {
    this.#calls.delete(sipCallId);
  }

  ignored(sipCallId: SipCallId, userId: UserId): void {
    this.#calls.get(sipCallId)?.ignoredBy.add(userId);
  }

  offerEnded({ sipCallId, user: extension, outcome }: OfferEnded): void {
    const user = this.#parts.users.byExtension(extension);
    if (user) {
      const ignored = this.#calls.get(sipCallId)?.ignoredBy.has(user.userId) ?? false;
      this.#keep({
        sipCallId,
        userId: user.userId,
        outcome,
        missedReason: missedReasonOf(outcome, ignored),
        toTell: outcome === 'noDevice',
      });
      if (outcome === 'answered') this.#parts.answeredBy(user.userId);
    }
    if (outcome === 'abandoned') this.nobodyAnswered(sipCallId);
    if (outcome === 'answered' || outcome === 'abandoned') this.finished(sipCallId);
  }

  takeMissed(userId: UserId): Promise<MissedOffer[]> {
    return this.#parts.store.takeMissed(userId);
  }

  #keep(offer: Omit<Parameters<OfferStore['addOffer']>[0], 'endedAtMs'>): void {
    const { store, clock, background } = this.#parts;
    const endedAtMs = clock.nowMs();
    const kept = this.#writes.run(offer.sipCallId, () => store.addOffer({ ...offer, endedAtMs }));
    background.run('keeping an offer', kept);
  }
}

function missedReasonOf(outcome: OfferEnded['outcome'], ignored: boolean): MissedReason | null {
  if (outcome === 'noDevice') return 'noDevice';
  if (outcome !== 'rangOut') return null;
  return ignored ? 'ignored' : 'rangOut';
}
