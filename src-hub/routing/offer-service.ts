// Keeps what became of every call and offer, and tells agents of the offers that they could not see. Told by the router
// and the exchange; nothing waits for the disk.
import type { MissedReason } from '#shared/domain/call-view.ts';
import type { ProjectId, SipCallId, UserId } from '#shared/domain/ids.ts';
import type { MissedOffer } from '#shared/hub/hub-contract.ts';
import type { UserDirectory } from '../accounts/user-directory.ts';
import type { CallRequest, OfferEnded, RoutingEnd, SipUser } from '../exchange/exchange-ports.ts';
import type { HubClock } from '../hub-clock.ts';
import type { OfferStore, OffersDatabase, StoredOffer } from './offer-store.ts';
import { echoUser, type RoutedOutcome, type UnseenOffer, voicemailUser } from './route-decision.ts';
import type { WriteBehind } from './write-behind.ts';

export interface OfferServiceParts {
  readonly store: OfferStore;
  readonly writes: WriteBehind;
  readonly users: Pick<UserDirectory, 'byExtension'>;
  readonly clock: HubClock;
  /** A user's device has answered: they are on a call before the device says so. */
  answeredBy(userId: UserId): void;
  /** Offers that the user's devices did not see are on disk, and may be taken (`offers.takeMissed`). */
  missed(userId: UserId): void;
  /** As `ended`, in the transaction that keeps it. */
  endedIn(db: OffersDatabase, sipCallId: SipCallId, outcome: RoutedOutcome): Promise<void>;
  /** The routing of a call has ended. */
  ended(outcome: RoutedOutcome): void;
}

interface Ringing {
  readonly attempt: number;
  readonly beganAtMs: number;
}

interface CallBeingRouted {
  readonly ignoredBy: Set<UserId>;
  /** The latest of each user. */
  readonly offers: Map<UserId, Ringing>;
  readonly told: Set<UserId>;
  answeredBy: UserId | null;
}

/** Far more than ring at once; only a call whose end was never told could stay. */
const mostCalls = 5_000;
/** Longer than anyone works, or anything rings: who was on a call before that has been idle long enough. */
const lookedBackMs = 24 * 3_600_000;

export class OfferService {
  readonly #parts: OfferServiceParts;
  readonly #calls = new Map<SipCallId, CallBeingRouted>();

  constructor(parts: OfferServiceParts) {
    this.#parts = parts;
  }

  /**
   * At start: offers that rang when the hub died are missed, and told to their agents like those that nobody saw.
   * @returns when each agent's last call ended
   */
  async load(): Promise<ReadonlyMap<UserId, number>> {
    const { store, clock, endedIn } = this.#parts;
    const sinceMs = clock.nowMs() - lookedBackMs;
    await store.cutOffRinging(clock.nowMs(), sinceMs, endedIn);
    return await store.lastCallsEnded(sinceMs);
  }

  routed(request: CallRequest, route: { destination: string; projectId: ProjectId | null }): void {
    const { store, writes, clock } = this.#parts;
    this.#calls.set(request.sipCallId, {
      ignoredBy: new Set(),
      offers: new Map(),
      told: new Set(),
      answeredBy: null,
    });
    const [oldest] = this.#calls.keys();
    if (oldest && this.#calls.size > mostCalls) this.#calls.delete(oldest);
    const atMs = clock.nowMs();
    writes.add((db) => store.addCall(request, route, atMs, db));
  }

  waits(sipCallId: SipCallId): void {
    const { store, writes, clock } = this.#parts;
    const atMs = clock.nowMs();
    writes.add((db) => store.callWaits(sipCallId, atMs, db));
  }

  /** These are about to be rung; on disk, so that the next start knows of it. */
  ringing(sipCallId: SipCallId, extensions: readonly SipUser[]): void {
    const beganAtMs = this.#parts.clock.nowMs();
    for (const extension of extensions) {
      const user = this.#parts.users.byExtension(extension);
      if (!user) continue;
      const { userId } = user;
      const offers = this.#calls.get(sipCallId)?.offers;
      const attempt = (offers?.get(userId)?.attempt ?? 0) + 1;
      offers?.set(userId, { attempt, beganAtMs });
      this.#keep(sipCallId, userId, { outcome: 'ringing', missedReason: null, toTell: false });
    }
  }

  /** Nobody took the call: these could not see it. */
  nobodyAnswered(sipCallId: SipCallId, unseen: readonly UnseenOffer[]): void {
    const call = this.#calls.get(sipCallId);
    for (const { userId, reason } of unseen) {
      if (!call || call.told.has(userId)) continue;
      call.told.add(userId);
      // Who was rung meanwhile has seen it, or has an offer of their own that says why not.
      if (call.offers.has(userId)) continue;
      this.#keep(sipCallId, userId, { outcome: 'noDevice', missedReason: reason, toTell: true });
    }
  }

  ignored(sipCallId: SipCallId, userId: UserId): void {
    this.#calls.get(sipCallId)?.ignoredBy.add(userId);
  }

  offerEnded({ sipCallId, user: extension, outcome }: OfferEnded): void {
    const user = this.#parts.users.byExtension(extension);
    if (!user) return;
    const { userId } = user;
    const call = this.#calls.get(sipCallId);
    const ignored = call?.ignoredBy.has(userId) ?? false;
    const missedReason = missedReasonOf(outcome, ignored);
    this.#keep(sipCallId, userId, { outcome, missedReason, toTell: outcome === 'noDevice' });
    if (outcome !== 'answered') return;
    if (call) call.answeredBy = userId;
    this.#parts.answeredBy(userId);
  }

  /** Routing is over: answered, given up or refused. */
  over(sipCallId: SipCallId, how: RoutingEnd): void {
    const { store, writes, clock, users, endedIn } = this.#parts;
    const nowMs = clock.nowMs();
    const answered = how.kind === 'answered';
    const by = answered ? (users.byExtension(how.by)?.userId ?? null) : null;
    if (by !== null && this.#calls.get(sipCallId)?.answeredBy !== by) {
      // Their answer crossed the end of their offer, and won.
      this.#keep(sipCallId, by, { outcome: 'answered', missedReason: null, toTell: false });
      this.#parts.answeredBy(by);
    }
    const outcome = answered ? outcomeOf(how.by) : how.kind;
    const end = {
      outcome,
      answeredBy: by,
      answeredAtMs: answered ? nowMs : null,
      endedAtMs: answered ? null : nowMs,
    };
    writes.add(async (db) => {
      await store.routingEnded(sipCallId, end, db);
      await endedIn(db, sipCallId, outcome);
    });
    this.#calls.delete(sipCallId);
    this.#parts.ended(outcome);
  }

  /** An established call is over. */
  callEnded(sipCallId: SipCallId): void {
    const { store, writes, clock } = this.#parts;
    const atMs = clock.nowMs();
    writes.add((db) => store.callEnded(sipCallId, atMs, db));
  }

  async takeMissed(userId: UserId): Promise<MissedOffer[]> {
    await this.#parts.writes.written();
    return await this.#parts.store.takeMissed(userId);
  }

  #keep(
    sipCallId: SipCallId,
    userId: UserId,
    ended: Pick<StoredOffer, 'outcome' | 'missedReason' | 'toTell'>,
  ): void {
    const { store, writes, clock, missed } = this.#parts;
    const endedAtMs = clock.nowMs();
    const began = this.#calls.get(sipCallId)?.offers.get(userId) ?? { attempt: 1, beganAtMs: endedAtMs };
    writes.add((db) => store.putOffer({ sipCallId, userId, ...began, ...ended, endedAtMs }, db));
    if (ended.toTell) void writes.written().then(() => missed(userId));
  }
}

function outcomeOf(answeredBy: SipUser): RoutedOutcome {
  if (answeredBy === voicemailUser) return 'voicemail';
  return answeredBy === echoUser ? 'echo' : 'answered';
}

function missedReasonOf(outcome: OfferEnded['outcome'], ignored: boolean): MissedReason | null {
  if (outcome === 'noDevice') return 'noDevice';
  if (outcome !== 'rangOut') return null;
  return ignored ? 'ignored' : 'rangOut';
}
