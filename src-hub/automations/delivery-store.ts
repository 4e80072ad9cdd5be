// What goes out of the hub: written with the run that it belongs to, leased while it is being sent, so that of several hubs one
// sends it and a hub that dies under it leaves it to the next attempt.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { AutomationDelivery } from '#shared/admin/automations-contract.ts';
import type { AutomationRuleId, ProjectId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';
import { onPostgres } from '../sync/sync-stamp-store.ts';
import { RunStore } from './run-store.ts';

export const deliveryContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook'), url: z.string(), body: z.string() }),
  z.object({
    kind: z.literal('email'),
    to: z.array(z.string()),
    subject: z.string(),
    text: z.string(),
  }),
]);
export type DeliveryContent = z.output<typeof deliveryContent>;

export interface NewDelivery {
  readonly id: string;
  readonly runId: string;
  readonly ruleId: AutomationRuleId;
  readonly ruleName: string;
  readonly projectId: ProjectId;
  readonly place: number;
  readonly toldTo: string;
  readonly target: string;
  readonly content: DeliveryContent;
}

/** One attempt, by the hub that took it. */
export interface TakenDelivery {
  readonly id: string;
  readonly leaseId: string;
  readonly runId: string;
  readonly place: number;
  readonly ruleId: AutomationRuleId;
  readonly target: string;
  /** Null: its person was erased. */
  readonly content: DeliveryContent | null;
  /** This one among them. */
  readonly attempts: number;
}

export interface AttemptEnd {
  readonly state: AutomationDelivery['state'];
  readonly nextAtMs: number | null;
  /** A line; null where it went well. */
  readonly error: string | null;
  /** A code of ours; null where there is nothing to say. */
  readonly reason: string | null;
  readonly repeatPossible: boolean;
}

export interface DeliveryQuestion {
  readonly projectId: ProjectId;
  readonly state: AutomationDelivery['state'] | null;
  readonly after: { readonly atMs: number; readonly id: string } | null;
  readonly limit: number;
}

export class DeliveryStore {
  readonly #db: HubDatabase;
  readonly #runs: RunStore;

  constructor(db: HubDatabase) {
    this.#db = db;
    this.#runs = new RunStore(db);
  }

  /** @param db the run's transaction. */
  async add(db: HubDatabase, delivery: NewDelivery, atMs: number): Promise<void> {
    await db
      .insertInto('automation_delivery')
      .values({
        id: delivery.id,
        run_id: delivery.runId,
        rule_id: delivery.ruleId,
        rule_name: delivery.ruleName,
        project_id: delivery.projectId,
        place: delivery.place,
        kind: delivery.content.kind,
        made_at_ms: atMs,
        told_to: delivery.toldTo,
        target: delivery.target,
        content: JSON.stringify(delivery.content),
        state: 'waiting',
        attempts: 0,
        next_at_ms: atMs,
        last_at_ms: null,
        last_error: null,
        repeat_possible: 0,
        lease_id: null,
        lease_until_ms: null,
      })
      .execute();
  }

  /**
   * Those that are due, the one that waits longest first, no more of one target than may be under way.
   * @param busy how many of each target this hub is sending.
   */
  async take(
    nowMs: number,
    leaseUntilMs: number,
    most: number,
    mostOfTarget: number,
    busy: ReadonlyMap<string, number>,
  ): Promise<TakenDelivery[]> {
    return await this.#db.transaction().execute(async (db) => {
      const full = [...busy].filter(([, count]) => count >= mostOfTarget).map(([target]) => target);
      let due = db
        .selectFrom('automation_delivery')
        .select((is) => [
          'id',
          'target',
          'next_at_ms',
          sql<number>`row_number() over (partition by ${is.ref('target')} order by ${is.ref('next_at_ms')}, ${is.ref('id')})`.as(
            'turn',
          ),
        ])
        .where('state', '=', 'waiting')
        .where('next_at_ms', '<=', nowMs)
        .where((is) => is.or([is('lease_until_ms', 'is', null), is('lease_until_ms', '<', nowMs)]));
      if (full.length > 0) due = due.where('target', 'not in', full);
      const heads = await db
        .selectFrom(due.as('due'))
        .select(['id', 'target', 'turn'])
        .where('turn', '<=', mostOfTarget)
        .orderBy('next_at_ms')
        .limit(most * 2)
        .execute();
      const ids = heads
        .filter(({ target, turn }) => Number(turn) + (busy.get(target) ?? 0) <= mostOfTarget)
        .slice(0, most)
        .map(({ id }) => id);
      if (ids.length === 0) return [];
      const query = db
        .selectFrom('automation_delivery')
        .selectAll()
        .where('id', 'in', ids)
        .where('state', '=', 'waiting')
        .where((is) => is.or([is('lease_until_ms', 'is', null), is('lease_until_ms', '<', nowMs)]));
      const rows = await (onPostgres(db) ? query.forUpdate().skipLocked() : query).execute();
      const taken: TakenDelivery[] = [];
      for (const row of rows) {
        const leaseId = randomUUID();
        await db
          .updateTable('automation_delivery')
          .set({
            attempts: row.attempts + 1,
            lease_id: leaseId,
            lease_until_ms: leaseUntilMs,
            // A hub died under the attempt before: nobody knows whether it arrived.
            ...(row.lease_id === null ? {} : { repeat_possible: 1 as const }),
          })
          .where('id', '=', row.id)
          .execute();
        taken.push({
          ...{ id: row.id, leaseId, runId: row.run_id, place: row.place, ruleId: row.rule_id },
          target: row.target,
          content: row.content === null ? null : deliveryContent.parse(JSON.parse(row.content)),
          attempts: row.attempts + 1,
        });
      }
      return taken;
    });
  }

  /**
   * At start, where no other hub can be sending: what was under way when this one ended is tried again, and may arrive
   * twice. On PostgreSQL another hub may be at work; there its lease ends by itself.
   */
  async freeAtStart(): Promise<void> {
    if (onPostgres(this.#db)) return;
    await this.#db
      .updateTable('automation_delivery')
      .set({ lease_until_ms: 0 })
      .where('state', '=', 'waiting')
      .where('lease_id', 'is not', null)
      .execute();
  }

  /** How an attempt ended, told of in its run as well. Nothing where its lease was over before. */
  async ended(taken: TakenDelivery, end: AttemptEnd, nowMs: number): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      const { numUpdatedRows } = await db
        .updateTable('automation_delivery')
        .set({
          state: end.state,
          next_at_ms: end.nextAtMs,
          last_at_ms: nowMs,
          last_error: end.error,
          ...(end.repeatPossible ? { repeat_possible: 1 as const } : {}),
          lease_id: null,
          lease_until_ms: null,
        })
        .where('id', '=', taken.id)
        .where('lease_id', '=', taken.leaseId)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) return;
      const { state, reason, error: detail } = end;
      await this.#runs.delivered(db, taken.runId, taken.place, { state, reason, detail }, nowMs);
    });
  }

  /**
   * Dead ones, from the beginning, under the same ids. One whose person was erased stays dead.
   * @param sees of these projects only.
   */
  async resend(
    ids: readonly string[],
    sees: (projectId: ProjectId) => boolean,
    nowMs: number,
  ): Promise<{ id: string; projectId: ProjectId; ruleId: AutomationRuleId; ruleName: string }[]> {
    return await this.#db.transaction().execute(async (db) => {
      const query = db
        .selectFrom('automation_delivery')
        .selectAll()
        .where('id', 'in', [...ids])
        .where('state', '=', 'dead')
        .where('content', 'is not', null);
      const rows = (await (onPostgres(db) ? query.forUpdate() : query).execute()).filter((row) =>
        sees(row.project_id),
      );
      for (const row of rows) {
        await db
          .updateTable('automation_delivery')
          .set({ state: 'waiting', attempts: 0, next_at_ms: nowMs, lease_id: null, lease_until_ms: null })
          .where('id', '=', row.id)
          .execute();
        const waiting = { state: 'waiting', reason: null, detail: null } as const;
        await this.#runs.delivered(db, row.run_id, row.place, waiting, nowMs);
      }
      return rows.map((row) => ({
        ...{ id: row.id, projectId: row.project_id, ruleId: row.rule_id, ruleName: row.rule_name },
      }));
    });
  }

  /** Newest first. @returns one more than `limit` where there are more. */
  async list({
    projectId,
    state,
    after,
    limit,
  }: DeliveryQuestion): Promise<{ delivery: AutomationDelivery; madeAtMs: number }[]> {
    let query = this.#db
      .selectFrom('automation_delivery')
      .selectAll()
      .where('project_id', '=', projectId)
      .orderBy('made_at_ms', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1);
    if (state !== null) query = query.where('state', '=', state);
    if (after !== null) {
      query = query.where((is) =>
        is.or([
          is('made_at_ms', '<', after.atMs),
          is.and([is('made_at_ms', '=', after.atMs), is('id', '<', after.id)]),
        ]),
      );
    }
    return (await query.execute()).map((row) => ({ delivery: deliveryOf(row), madeAtMs: row.made_at_ms }));
  }

  /** When the next attempt is due, or the lease of one that nobody ended is over; null where nothing waits. */
  async nextAtMs(): Promise<number | null> {
    const row = await this.#db
      .selectFrom('automation_delivery')
      .select((is) => is.fn.min(is.fn.coalesce('lease_until_ms', 'next_at_ms')).as('at_ms'))
      .where('state', '=', 'waiting')
      .executeTakeFirst();
    return row?.at_ms == null ? null : Number(row.at_ms);
  }
}

function deliveryOf(row: HubTables['automation_delivery']): AutomationDelivery {
  return {
    id: row.id,
    runId: row.run_id,
    ruleId: row.rule_id,
    ruleName: row.rule_name,
    kind: row.kind,
    to: row.told_to,
    state: row.state,
    attempts: row.attempts,
    nextAtMs: row.next_at_ms,
    lastAtMs: row.last_at_ms,
    lastError: row.last_error,
    repeatPossible: row.repeat_possible === 1,
  };
}
