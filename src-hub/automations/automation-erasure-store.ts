// Takes out of automations what they hold of somebody who is erased: what happened is forgotten, runs stay without a name, and
// what was still to be delivered is not. Called by records/erasure-store.ts in its transaction.
import { z } from 'zod';
import { actionResult } from '#shared/admin/automations-contract.ts';
import type { CallId, RecordId, SipCallId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { callIdOf } from './facts.ts';
import { stateOf } from './run-store.ts';

const atOnce = 500;
const resultsColumn = z.array(actionResult);

export interface ErasedFromAutomations {
  readonly recordId: RecordId;
  readonly callIds: readonly CallId[];
  readonly sipCallIds: readonly SipCallId[];
}

export async function eraseFromAutomations(
  db: HubDatabase,
  { recordId, callIds, sipCallIds }: ErasedFromAutomations,
): Promise<void> {
  const ids = [...callIds, ...sipCallIds.map(callIdOf)];
  await db.deleteFrom('automation_event').where('record_id', '=', recordId).execute();
  await emptyRuns(
    db,
    await db.selectFrom('automation_run').select('id').where('record_id', '=', recordId).execute(),
  );
  for (let from = 0; from < ids.length; from += atOnce) {
    const part = ids.slice(from, from + atOnce);
    await db.deleteFrom('automation_event').where('call_id', 'in', part).execute();
    await emptyRuns(
      db,
      await db.selectFrom('automation_run').select('id').where('call_id', 'in', part).execute(),
    );
  }
}

async function emptyRuns(db: HubDatabase, runs: readonly { readonly id: string }[]): Promise<void> {
  for (let from = 0; from < runs.length; from += atOnce) {
    const ids = runs.slice(from, from + atOnce).map(({ id }) => id);
    await db
      .updateTable('automation_run')
      .set({ about_name: '', record_id: null })
      .where('id', 'in', ids)
      .execute();
    await db
      .updateTable('automation_delivery')
      .set({ content: null, lease_id: null, lease_until_ms: null })
      .where('run_id', 'in', ids)
      .execute();
    const dropped = await db
      .updateTable('automation_delivery')
      .set({ state: 'dead', next_at_ms: null, last_error: 'erased' })
      .where('run_id', 'in', ids)
      .where('state', '=', 'waiting')
      .returning(['run_id', 'place'])
      .execute();
    for (const [runId, some] of Map.groupBy(dropped, ({ run_id }) => run_id)) {
      await dropResults(
        db,
        runId,
        some.map(({ place }) => place),
      );
    }
  }
}

async function dropResults(db: HubDatabase, runId: string, places: readonly number[]): Promise<void> {
  const row = await db
    .selectFrom('automation_run')
    .select('results')
    .where('id', '=', runId)
    .executeTakeFirstOrThrow();
  const results = resultsColumn
    .parse(JSON.parse(row.results))
    .map((each, place) =>
      places.includes(place) ? { ...each, state: 'dead' as const, reason: 'erased', detail: null } : each,
    );
  await db
    .updateTable('automation_run')
    .set({ results: JSON.stringify(results), state: stateOf(results) })
    .where('id', '=', runId)
    .execute();
}
