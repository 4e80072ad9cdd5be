// What rules did: a run for each rule that something set off, with a result for each of its actions. Written in the run's own
// transaction; changed afterwards by its deliveries alone.
import { sql } from 'kysely';
import { z } from 'zod';
import { type AutomationRun, actionResult } from '#shared/admin/automations-contract.ts';
import type { AutomationRuleId, ProjectId } from '#shared/domain/ids.ts';
import { beside } from '../database/one-at-a-time.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';
import { onPostgres } from '../sync/sync-stamp-store.ts';

/** The run after which a page begins. */
/** What a service hands from one store to another: a transaction. */
export type RunDatabase = HubDatabase;

/** Nobody is erased before this transaction ends. */
export async function besideErasures(db: RunDatabase): Promise<void> {
  await beside(db, 'erasures');
}

export interface RunPlace {
  readonly atMs: number;
  readonly id: string;
}

export interface RunQuestion {
  readonly projectId: ProjectId;
  readonly ruleId: AutomationRuleId | null;
  readonly after: RunPlace | null;
  readonly limit: number;
}

const resultsColumn = z.array(actionResult);

export class RunStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** @throws a unique violation where this rule has answered this event already. */
  async add(db: HubDatabase, run: AutomationRun, eventId: number): Promise<void> {
    await db
      .insertInto('automation_run')
      .values({
        id: run.id,
        event_id: eventId,
        rule_id: run.ruleId,
        rule_name: run.ruleName,
        project_id: run.projectId,
        triggered_at_ms: run.triggeredAtMs,
        ended_at_ms: run.endedAtMs,
        call_id: run.about.callId,
        order_id: run.about.orderId,
        record_id: run.about.recordId,
        about_name: run.about.name,
        state: run.state,
        results: JSON.stringify(run.results),
      })
      .execute();
  }

  /** @param run as it has come out, in the same transaction as `add`. */
  async finish(db: HubDatabase, { id, about, state, endedAtMs, results }: AutomationRun): Promise<void> {
    await db
      .updateTable('automation_run')
      .set({
        order_id: about.orderId,
        record_id: about.recordId,
        ended_at_ms: endedAtMs,
        state,
        results: JSON.stringify(results),
      })
      .where('id', '=', id)
      .execute();
  }

  /** What became of a delivery is the result of its action, and perhaps of the run. */
  async delivered(
    db: HubDatabase,
    runId: string,
    place: number,
    result: Pick<AutomationRun['results'][number], 'state' | 'reason' | 'detail'>,
    atMs: number,
  ): Promise<void> {
    const query = db.selectFrom('automation_run').selectAll().where('id', '=', runId);
    const row = await (onPostgres(db) ? query.forUpdate() : query).executeTakeFirst();
    if (!row) return;
    const results = resultsColumn
      .parse(JSON.parse(row.results))
      .map((each, index) => (index === place ? { ...each, ...result } : each));
    const state = stateOf(results);
    await db
      .updateTable('automation_run')
      .set({
        results: JSON.stringify(results),
        state,
        ended_at_ms: state === 'waiting' ? null : atMs,
      })
      .where('id', '=', runId)
      .execute();
  }

  /** Newest first. @returns one more than `limit` where there are more. */
  async list({ projectId, ruleId, after, limit }: RunQuestion): Promise<AutomationRun[]> {
    let query = this.#db
      .selectFrom('automation_run')
      .selectAll()
      .where('project_id', '=', projectId)
      .orderBy('triggered_at_ms', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1);
    if (ruleId !== null) query = query.where('rule_id', '=', ruleId);
    if (after !== null) {
      query = query.where((is) =>
        is.or([
          is('triggered_at_ms', '<', after.atMs),
          is.and([is('triggered_at_ms', '=', after.atMs), is('id', '<', after.id)]),
        ]),
      );
    }
    return (await query.execute()).map(runOf);
  }

  /** With their deliveries. */
  async tidy(db: HubDatabase, beforeMs: number): Promise<void> {
    await db
      .deleteFrom('automation_run')
      .where('triggered_at_ms', '<', beforeMs)
      .where('state', '<>', 'waiting')
      .execute();
  }
}

/** Where it throws, nothing that it wrote stays, and the transaction goes on. */
export async function apart<T>(db: HubDatabase, work: () => Promise<T>): Promise<T> {
  await sql`savepoint automation_action`.execute(db);
  try {
    const result = await work();
    await sql`release savepoint automation_action`.execute(db);
    return result;
  } catch (error) {
    await sql`rollback to savepoint automation_action`.execute(db);
    throw error;
  }
}

export function stateOf(results: AutomationRun['results']): AutomationRun['state'] {
  if (results.some(({ state }) => state === 'waiting')) return 'waiting';
  return results.some(({ state }) => state === 'failed' || state === 'dead') ? 'failed' : 'done';
}

function runOf(row: HubTables['automation_run']): AutomationRun {
  return {
    id: row.id,
    ruleId: row.rule_id,
    ruleName: row.rule_name,
    projectId: row.project_id,
    triggeredAtMs: row.triggered_at_ms,
    endedAtMs: row.ended_at_ms,
    about: {
      callId: row.call_id,
      orderId: row.order_id,
      recordId: row.record_id,
      name: row.about_name,
    },
    state: row.state,
    results: resultsColumn.parse(JSON.parse(row.results)),
  };
}
