// Calls that came in and what became of their offers, as other programs ask for them: newest first, a page at a time.
// What is written here is routing's (routing/offer-store.ts).
import type { MissedReason } from '#shared/domain/call-view.ts';
import type { ProjectId, SipCallId, UserId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables, RoutedOutcome } from '../database/tables.ts';

export type OfferOutcome = HubTables['offer']['outcome'];

export interface LoggedOffer {
  readonly userId: UserId;
  /** Counts the user's offers of this call from 1. */
  readonly attempt: number;
  readonly beganAtMs: number;
  readonly outcome: OfferOutcome;
  readonly missedReason: MissedReason | null;
  /** Of one that rings: when that began. */
  readonly endedAtMs: number;
}

export interface LoggedCall {
  readonly sipCallId: SipCallId;
  readonly atMs: number;
  /** What was called: 'project', 'user', and so on. */
  readonly destination: string;
  readonly projectId: ProjectId | null;
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  readonly redirectedFrom: string | null;
  /** Null while it is being routed. */
  readonly outcome: RoutedOutcome | null;
  /** When it began to wait; null where it did not. */
  readonly queuedAtMs: number | null;
  readonly answeredBy: UserId | null;
  readonly answeredAtMs: number | null;
  /** Null while it goes on, and where nobody knows. */
  readonly endedAtMs: number | null;
  readonly offers: readonly LoggedOffer[];
}

/** The call after which a page begins. */
export interface CallPlace {
  readonly atMs: number;
  readonly sipCallId: SipCallId;
}

export interface CallQuestion {
  readonly after: CallPlace | null;
  readonly limit: number;
  readonly fromMs?: number | undefined;
  /** Before this moment. */
  readonly untilMs?: number | undefined;
  readonly projectId?: ProjectId | undefined;
  readonly callerNumber?: string | undefined;
  /** Offered to this user. */
  readonly userId?: UserId | undefined;
  readonly outcome?: RoutedOutcome | undefined;
  /** With an offer, to this user where one is named, that ended so. */
  readonly offerOutcome?: OfferOutcome | undefined;
}

export class CallLogStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** @returns one call more than `limit` where there are more. */
  async list(question: CallQuestion): Promise<LoggedCall[]> {
    const { after, fromMs, untilMs, projectId, callerNumber, userId, outcome, offerOutcome } = question;
    let query = this.#db
      .selectFrom('routed_call')
      .selectAll()
      .orderBy('at_ms', 'desc')
      .orderBy('sip_call_id', 'desc')
      .limit(question.limit + 1);
    if (after !== null) {
      query = query.where((is) =>
        is.or([
          is('at_ms', '<', after.atMs),
          is.and([is('at_ms', '=', after.atMs), is('sip_call_id', '<', after.sipCallId)]),
        ]),
      );
    }
    if (fromMs !== undefined) query = query.where('at_ms', '>=', fromMs);
    if (untilMs !== undefined) query = query.where('at_ms', '<', untilMs);
    if (projectId !== undefined) query = query.where('project_id', '=', projectId);
    if (callerNumber !== undefined) query = query.where('caller_number', '=', callerNumber);
    if (outcome !== undefined) query = query.where('outcome', '=', outcome);
    if (userId !== undefined || offerOutcome !== undefined) {
      query = query.where((is) => {
        let offers = is
          .selectFrom('offer')
          .select('offer.sip_call_id')
          .whereRef('offer.sip_call_id', '=', 'routed_call.sip_call_id');
        if (userId !== undefined) offers = offers.where('offer.user_id', '=', userId);
        if (offerOutcome !== undefined) offers = offers.where('offer.outcome', '=', offerOutcome);
        return is.exists(offers);
      });
    }
    return await this.#withOffers(await query.execute());
  }

  async find(sipCallId: SipCallId): Promise<LoggedCall | null> {
    const rows = await this.#db
      .selectFrom('routed_call')
      .selectAll()
      .where('sip_call_id', '=', sipCallId)
      .execute();
    return (await this.#withOffers(rows))[0] ?? null;
  }

  async #withOffers(calls: readonly HubTables['routed_call'][]): Promise<LoggedCall[]> {
    if (calls.length === 0) return [];
    const ids = calls.map(({ sip_call_id }) => sip_call_id);
    const offers = await this.#db
      .selectFrom('offer')
      .selectAll()
      .where('sip_call_id', 'in', ids)
      .orderBy('began_at_ms')
      .orderBy('user_id')
      .orderBy('attempt')
      .execute();
    const byCall = Map.groupBy(offers, ({ sip_call_id }) => sip_call_id);
    return calls.map((call) => ({
      sipCallId: call.sip_call_id,
      atMs: call.at_ms,
      destination: call.destination,
      projectId: call.project_id,
      callerNumber: call.caller_number,
      callerName: call.caller_name,
      redirectedFrom: call.redirected_from,
      outcome: call.outcome,
      queuedAtMs: call.queued_at_ms,
      answeredBy: call.answered_by,
      answeredAtMs: call.answered_at_ms,
      endedAtMs: call.ended_at_ms,
      offers: (byCall.get(call.sip_call_id) ?? []).map((offer) => ({
        userId: offer.user_id,
        attempt: offer.attempt,
        beganAtMs: offer.began_at_ms,
        outcome: offer.outcome,
        missedReason: offer.missed_reason,
        endedAtMs: offer.ended_at_ms,
      })),
    }));
  }
}
