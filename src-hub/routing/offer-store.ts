// Calls that were routed and what became of each user's offers of them. Its writes come through write-behind.ts, which
// passes the transaction that they are part of.
import type { MissedReason } from '#shared/domain/call-view.ts';
import type { ProjectId, SipCallId, UserId } from '#shared/domain/ids.ts';
import type { MissedOffer } from '#shared/hub/hub-contract.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { CallRequest, OfferEnded } from '../exchange/exchange-ports.ts';
import type { RoutedOutcome } from './route-decision.ts';

/** What a service hands from one store to another: a transaction. */
export type OffersDatabase = HubDatabase;

export interface StoredOffer {
  readonly sipCallId: SipCallId;
  readonly userId: UserId;
  /** Counts the user's offers of this call from 1. */
  readonly attempt: number;
  readonly beganAtMs: number;
  readonly outcome: OfferEnded['outcome'] | 'ringing' | 'cutOff';
  readonly missedReason: MissedReason | null;
  /** Of one that rings: when that began. */
  readonly endedAtMs: number;
  /** The user did not get to see it and is to be told. */
  readonly toTell: boolean;
}

export interface RoutedCallEnd {
  readonly outcome: RoutedOutcome;
  readonly answeredBy: UserId | null;
  readonly answeredAtMs: number | null;
  /** Null where it goes on. */
  readonly endedAtMs: number | null;
}

const mostToldAtOnce = 500;

export class OfferStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async addCall(
    request: CallRequest,
    route: { destination: string; projectId: ProjectId | null },
    atMs: number,
    db: HubDatabase = this.#db,
  ): Promise<void> {
    await db
      .insertInto('routed_call')
      .values({
        sip_call_id: request.sipCallId,
        at_ms: atMs,
        destination: route.destination,
        caller_number: request.callerNumber,
        caller_name: request.callerName,
        redirected_from: request.redirectedFrom,
        project_id: route.projectId,
      })
      // A caller may send the same Call-ID again; the first one tells enough.
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** It waits from now on; of several times the first one counts. */
  async callWaits(sipCallId: SipCallId, atMs: number, db: HubDatabase = this.#db): Promise<void> {
    await db
      .updateTable('routed_call')
      .set({ queued_at_ms: atMs })
      .where('sip_call_id', '=', sipCallId)
      .where('queued_at_ms', 'is', null)
      .execute();
  }

  async routingEnded(sipCallId: SipCallId, end: RoutedCallEnd, db: HubDatabase = this.#db): Promise<void> {
    await db
      .updateTable('routed_call')
      .set({
        outcome: end.outcome,
        answered_by: end.answeredBy,
        answered_at_ms: end.answeredAtMs,
        ended_at_ms: end.endedAtMs,
      })
      .where('sip_call_id', '=', sipCallId)
      .execute();
  }

  async callEnded(sipCallId: SipCallId, atMs: number, db: HubDatabase = this.#db): Promise<void> {
    await db
      .updateTable('routed_call')
      .set({ ended_at_ms: atMs })
      .where('sip_call_id', '=', sipCallId)
      .where('ended_at_ms', 'is', null)
      .execute();
  }

  async putOffer(offer: StoredOffer, db: HubDatabase = this.#db): Promise<void> {
    const ended = {
      outcome: offer.outcome,
      missed_reason: offer.missedReason,
      ended_at_ms: offer.endedAtMs,
      to_tell: offer.toTell ? (1 as const) : (0 as const),
    };
    await db
      .insertInto('offer')
      .values({
        sip_call_id: offer.sipCallId,
        user_id: offer.userId,
        attempt: offer.attempt,
        began_at_ms: offer.beganAtMs,
        ...ended,
      })
      .onConflict((conflict) => conflict.columns(['sip_call_id', 'user_id', 'attempt']).doUpdateSet(ended))
      .execute();
  }

  /**
   * What still rang or waited when the hub died was cut off by that, and the agents who were rung are to be told.
   * @param sinceMs no call has rung since before that
   * @param endedIn told of each such call, in the same transaction
   */
  async cutOffRinging(
    atMs: number,
    sinceMs: number,
    endedIn: (db: HubDatabase, sipCallId: SipCallId, outcome: RoutedOutcome) => Promise<void>,
  ): Promise<void> {
    await this.#db
      .updateTable('offer')
      .set({ outcome: 'cutOff', missed_reason: 'network', ended_at_ms: atMs, to_tell: 1 })
      .where('outcome', '=', 'ringing')
      .execute();
    await this.#db.transaction().execute(async (db) => {
      const cutOff = await db
        .updateTable('routed_call')
        .set({ outcome: 'cutOff', ended_at_ms: atMs })
        .where('outcome', 'is', null)
        .where('at_ms', '>=', sinceMs)
        .returning('sip_call_id')
        .execute();
      for (const { sip_call_id } of cutOff) await endedIn(db, sip_call_id, 'cutOff');
    });
  }

  /** When each user's last call ended that arrived since then. */
  async lastCallsEnded(sinceMs: number): Promise<Map<UserId, number>> {
    const rows = await this.#db
      .selectFrom('routed_call')
      .select(({ fn }) => ['answered_by', fn.max('ended_at_ms').as('ended_at_ms')])
      .where('at_ms', '>=', sinceMs)
      .where('answered_by', 'is not', null)
      .where('ended_at_ms', 'is not', null)
      .groupBy('answered_by')
      .execute();
    return new Map(
      rows.flatMap(({ answered_by, ended_at_ms }) =>
        answered_by !== null && ended_at_ms !== null ? [[answered_by, Number(ended_at_ms)] as const] : [],
      ),
    );
  }

  async offersOf(sipCallId: SipCallId): Promise<StoredOffer[]> {
    const rows = await this.#db
      .selectFrom('offer')
      .selectAll()
      .where('sip_call_id', '=', sipCallId)
      .orderBy('user_id')
      .orderBy('attempt')
      .execute();
    return rows.map((row) => ({
      sipCallId: row.sip_call_id,
      userId: row.user_id,
      attempt: row.attempt,
      beganAtMs: row.began_at_ms,
      outcome: row.outcome,
      missedReason: row.missed_reason,
      endedAtMs: row.ended_at_ms,
      toTell: row.to_tell === 1,
    }));
  }

  async endOf(sipCallId: SipCallId): Promise<(RoutedCallEnd & { queuedAtMs: number | null }) | null> {
    const row = await this.#db
      .selectFrom('routed_call')
      .selectAll()
      .where('sip_call_id', '=', sipCallId)
      .executeTakeFirst();
    if (!row || row.outcome === null) return null;
    return {
      outcome: row.outcome,
      answeredBy: row.answered_by,
      answeredAtMs: row.answered_at_ms,
      endedAtMs: row.ended_at_ms,
      queuedAtMs: row.queued_at_ms,
    };
  }

  /**
   * Marks what is to be told as told and reads it, oldest first, each call once. The marking decides: of two devices that
   * ask at the same moment one is told, the other is not.
   */
  async takeMissed(userId: UserId): Promise<MissedOffer[]> {
    return await this.#db.transaction().execute(async (db) => {
      const told = await db
        .updateTable('offer')
        .set({ to_tell: 0 })
        .where('user_id', '=', userId)
        .where('to_tell', '=', 1)
        .where('sip_call_id', 'in', (waiting) =>
          waiting
            .selectFrom('offer')
            .innerJoin('routed_call', 'routed_call.sip_call_id', 'offer.sip_call_id')
            .select('offer.sip_call_id')
            .where('offer.user_id', '=', userId)
            .where('offer.to_tell', '=', 1)
            .orderBy('routed_call.at_ms')
            .limit(mostToldAtOnce),
        )
        .returning(['sip_call_id', 'attempt', 'missed_reason'])
        .execute();
      if (told.length === 0) return [];
      const latest = new Map(
        told.toSorted((one, other) => one.attempt - other.attempt).map((row) => [row.sip_call_id, row]),
      );
      const rows = await db
        .selectFrom('routed_call')
        .leftJoin('project', 'project.id', 'routed_call.project_id')
        .select([
          'routed_call.sip_call_id',
          'routed_call.at_ms',
          'routed_call.caller_number',
          'routed_call.caller_name',
          'project.name as project_name',
        ])
        .where('routed_call.sip_call_id', 'in', [...latest.keys()])
        .orderBy('routed_call.at_ms')
        .execute();
      return rows.map((row) => ({
        sipCallId: row.sip_call_id,
        callerNumber: row.caller_number,
        callerName: row.caller_name,
        projectName: row.project_name,
        atMs: row.at_ms,
        reason: latest.get(row.sip_call_id)?.missed_reason ?? 'noDevice',
      }));
    });
  }
}
