// Calls that were routed and what became of each user's offer of them.
import type { MissedReason } from '#shared/domain/call-view.ts';
import type { ProjectId, SipCallId, UserId } from '#shared/domain/ids.ts';
import type { MissedOffer } from '#shared/hub/hub-contract.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { CallRequest, OfferEnded } from '../exchange/exchange-ports.ts';

export interface StoredOffer {
  readonly sipCallId: SipCallId;
  readonly userId: UserId;
  readonly outcome: OfferEnded['outcome'] | 'ringing' | 'cutOff';
  readonly missedReason: MissedReason | null;
  /** Of one that rings: when that began. */
  readonly endedAtMs: number;
  /** The user did not get to see it and is to be told. */
  readonly toTell: boolean;
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
  ): Promise<void> {
    await this.#db
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

  async addOffer(offer: StoredOffer): Promise<void> {
    const ended = {
      outcome: offer.outcome,
      missed_reason: offer.missedReason,
      ended_at_ms: offer.endedAtMs,
      to_tell: offer.toTell ? (1 as const) : (0 as const),
    };
    await this.#db
      .insertInto('offer')
      .values({ sip_call_id: offer.sipCallId, user_id: offer.userId, ...ended })
      .onConflict((conflict) => conflict.columns(['sip_call_id', 'user_id']).doUpdateSet(ended))
      .execute();
  }

  /** What still rang when the hub died was missed because of that, and its agents are to be told. */
  async cutOffRinging(atMs: number): Promise<void> {
    await this.#db
      .updateTable('offer')
      .set({ outcome: 'cutOff', missed_reason: 'network', ended_at_ms: atMs, to_tell: 1 })
      .where('outcome', '=', 'ringing')
      .execute();
  }

  async offersOf(sipCallId: SipCallId): Promise<StoredOffer[]> {
    const rows = await this.#db
      .selectFrom('offer')
      .selectAll()
      .where('sip_call_id', '=', sipCallId)
      .orderBy('user_id')
      .execute();
    return rows.map((row) => ({
      sipCallId: row.sip_call_id,
      userId: row.user_id,
      outcome: row.outcome,
      missedReason: row.missed_reason,
      endedAtMs: row.ended_at_ms,
      toTell: row.to_tell === 1,
    }));
  }

  /**
   * Marks what is to be told as told and reads it, oldest first. The marking decides: of two devices that ask at the
   * same moment one is told, the other is not.
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
        .returning('sip_call_id')
        .execute();
      if (told.length === 0) return [];
      const rows = await db
        .selectFrom('offer')
        .innerJoin('routed_call', 'routed_call.sip_call_id', 'offer.sip_call_id')
        .leftJoin('project', 'project.id', 'routed_call.project_id')
        .select([
          'offer.sip_call_id',
          'offer.missed_reason',
          'routed_call.at_ms',
          'routed_call.caller_number',
          'routed_call.caller_name',
          'project.name as project_name',
        ])
        .where('offer.user_id', '=', userId)
        .where(
          'offer.sip_call_id',
          'in',
          told.map(({ sip_call_id }) => sip_call_id),
        )
        .orderBy('routed_call.at_ms')
        .execute();
      return rows.map((row) => ({
        sipCallId: row.sip_call_id,
        callerNumber: row.caller_number,
        callerName: row.caller_name,
        projectName: row.project_name,
        atMs: row.at_ms,
        reason: row.missed_reason ?? 'noDevice',
      }));
    });
  }
}
