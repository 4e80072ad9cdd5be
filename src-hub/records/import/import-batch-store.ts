// Writes some rows of an import, how far it has come, and the rows that were bad, in one transaction: cut off at any moment,
// it goes on with the row after the last that is in, and none is in twice.
import type { ImportProblem } from '#shared/admin/import-contract.ts';
import type { ImportSettings } from '#shared/admin/records-contract.ts';
import { type RecordId, recordId } from '#shared/domain/ids.ts';
import { recordName, type WholeRecord } from '#shared/domain/record.ts';
import type { Actor } from '../../audit/audit-store.ts';
import { BulkInsert, runAll } from '../../database/bulk-insert.ts';
import type { HubDatabase } from '../../database/open-database.ts';
import { uniqueViolation } from '../../database/unique-violation.ts';
import type { ImportBatch } from '../../imports/import-jobs.ts';
import { type BatchResult, countRows, NotTheirTurn } from '../../imports/import-store.ts';
import { orderedIds } from '../../imports/ordered-ids.ts';
import { onPostgres, stampChanges } from '../../sync/sync-stamp-store.ts';
import { overlaid, type PartialRecord } from '../record-intake.ts';
import type { NumbersChanged, RecordHappenings } from '../record-ports.ts';
import { contentOf, differences, numberRows, recordRow } from '../record-rows.ts';
import { withNumbers } from '../record-store.ts';

export type RecordBatch = ImportBatch<ImportSettings, PartialRecord>;

const recordColumns = {
  id: 'text',
  kind: 'text',
  name: 'text',
  project_id: 'text',
  owner_id: 'text',
  external_id: 'text',
  first_name: 'text',
  last_name: 'text',
  company_name: 'text',
  emails: 'text',
  street: 'text',
  house_number: 'text',
  city: 'text',
  zip_code: 'text',
  country: 'text',
  description: 'text',
  tags: 'text',
  fields: 'text',
  search_text: 'text',
  version: 'bigint',
  created_at_ms: 'bigint',
  changed_at_ms: 'bigint',
} as const;
const overwritten = Object.keys(recordColumns)
  .filter((column) => column !== 'id')
  .map((column) => `"${column}" = excluded."${column}"`);

const addRows = new BulkInsert('record', recordColumns);
const putRows = new BulkInsert(
  'record',
  recordColumns,
  `on conflict (id) do update set ${overwritten.join(', ')}`,
);
const addNumbers = new BulkInsert('record_number', {
  record_id: 'text',
  position: 'bigint',
  number: 'text',
  extension: 'text',
  label: 'text',
});
const changeColumns = {
  record_id: 'text',
  at_ms: 'bigint',
  actor_kind: 'text',
  actor_id: 'text',
  actor_name: 'text',
  what: 'text',
  version: 'bigint',
} as const;
const addCreations = new BulkInsert('record_change', changeColumns);
const addChanges = new BulkInsert('record_change', changeColumns, 'returning id, record_id');
const addDetails = new BulkInsert('record_change_detail', { change_id: 'bigint', changes: 'text' });
/** A record that an import makes, or changes. */
export interface Written {
  record: WholeRecord;
  /** As it was before this batch; null where it is new. */
  readonly before: WholeRecord | null;
}

const mostAttempts = 5;
const partLength = 500;
const longestWaitMs = 1_000;

type Happened = Pick<RecordHappenings, 'recordsCreated'>;

export class ImportBatchStore {
  readonly #db: HubDatabase;
  readonly #numbersChanged: NumbersChanged;
  readonly #happened: Happened;
  readonly #newId = orderedIds(() => Date.now());

  constructor(db: HubDatabase, numbersChanged: NumbersChanged, happened: Happened) {
    this.#db = db;
    this.#numbersChanged = numbersChanged;
    this.#happened = happened;
  }

  /** Two keep server and hub at work; on SQLite more than none would only keep a transaction open for longer. */
  get underWay(): number {
    return onPostgres(this.#db) ? 2 : 0;
  }

  /**
   * Where somebody makes a record of the same external id in the same moment, it is known at the next attempt. So it is
   * where rows before these do, which may be written beside them.
   */
  async write(batch: RecordBatch, before: Promise<unknown>): Promise<BatchResult> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#write(batch, before);
      } catch (error) {
        if (attempt === mostAttempts || !wasInTheWay(error)) throw error;
        await before;
      }
    }
  }

  async #write(batch: RecordBatch, before: Promise<unknown>): Promise<BatchResult> {
    return await this.#db.transaction().execute(async (db) => {
      const { written, result, problems } = await this.#decide(db, batch);
      const changed = written.filter(({ record, before }) => record !== before);
      await putRecords(db, changed, batch.actor, batch.atMs);
      const created = changed.filter(({ before }) => before === null).map(({ record }) => record);
      await this.#happened.recordsCreated(db, batch.actor, created);
      const first = (of: Pick<WholeRecord, 'numbers'> | null) => of?.numbers[0]?.number;
      const dialledOtherwise = changed.filter(
        ({ record, before }) => before !== null && first(before) !== first(record),
      );
      if (dialledOtherwise.length > 0) {
        await this.#numbersChanged(
          db,
          dialledOtherwise.map(({ record }) => record.id),
        );
      }
      await theirTurn(before);
      await countRows(db, batch, result, problems);
      await stampChanges(
        db,
        changed.map(({ record }) => ({ entity: 'record', id: record.id, scope: record.projectId })),
      );
      return result;
    });
  }

  /** What each row comes to, over what is there and over the rows before it. */
  async #decide(
    db: HubDatabase,
    { rows, settings, atMs }: RecordBatch,
  ): Promise<{ written: Written[]; result: BatchResult; problems: ImportProblem[] }> {
    const known = await this.#known(db, rows);
    const written: Written[] = [];
    const problems = rows.flatMap((row) => row.problems);
    const result = { created: 0, updated: 0, bad: 0 };
    for (const { row, given } of rows) {
      if (given === null) {
        result.bad += 1;
        continue;
      }
      const { externalId = null } = given;
      const there = externalId === null ? undefined : known.get(externalId);
      if (there) {
        there.record = changed(there, overlaid(there.record, given), atMs);
        if (!written.includes(there)) written.push(there);
        result.updated += 1;
        continue;
      }
      const { kind, projectId, ownerId } = settings;
      const content = overlaid(null, { kind, projectId, ownerId, ...given });
      if (recordName(content) === '' && content.numbers.length === 0 && content.emails.length === 0) {
        problems.push(nameMissing(row));
        result.bad += 1;
        continue;
      }
      const id = recordId.parse(this.#newId());
      const record = { ...content, id, version: 1, createdAtMs: atMs, changedAtMs: atMs };
      const made: Written = { record, before: null };
      if (externalId !== null) known.set(externalId, made);
      written.push(made);
      result.created += 1;
    }
    return { written, result, problems };
  }

  /** Nobody else changes them before this transaction ends. */
  async #known(db: HubDatabase, rows: RecordBatch['rows']): Promise<Map<string, Written>> {
    const externalIds = [...new Set(rows.flatMap(({ given }) => given?.externalId ?? []))];
    if (externalIds.length === 0) return new Map();
    let query = db.selectFrom('record').selectAll().where('external_id', 'in', externalIds).orderBy('id');
    if (onPostgres(db)) query = query.forUpdate();
    const records = await withNumbers(db, await query.execute());
    return new Map(
      records.map((record): [string, Written] => [record.externalId ?? '', { record, before: record }]),
    );
  }
}

/** They may wait for what these hold: then these begin anew, and let them go first. @throws NotTheirTurn */
async function theirTurn(before: Promise<unknown>): Promise<void> {
  let callOff = () => {};
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new NotTheirTurn()), longestWaitMs);
    callOff = () => clearTimeout(timer);
  });
  await Promise.race([before, late]).finally(callOff);
}

/** Something else that was written at the same time. */
function wasInTheWay(error: unknown): boolean {
  if (error instanceof NotTheirTurn || uniqueViolation(error) !== null) return true;
  return error instanceof Error && 'code' in error && /^(40001|40P01)$/.test(String(error.code));
}

/** The same object where nothing differs from before. */
function changed(
  { record: now, before }: Written,
  content: ReturnType<typeof contentOf>,
  atMs: number,
): WholeRecord {
  if (before && differences(contentOf(before), content).length === 0) return before;
  const version = before ? before.version + 1 : now.version;
  return { ...content, id: now.id, version, createdAtMs: now.createdAtMs, changedAtMs: atMs };
}

/** With their numbers and history. @param db the transaction, which stamps them afterwards (stampChanges). */
export async function putRecords(
  db: HubDatabase,
  written: readonly Written[],
  actor: Actor,
  atMs: number,
): Promise<void> {
  const created = written.filter(({ before }) => before === null);
  const changed = written.filter(({ before }) => before !== null);
  if (changed.length > 0) {
    const ids = changed.map(({ record }) => record.id);
    await db.deleteFrom('record_number').where('record_id', 'in', ids).execute();
  }
  const changeOf = ({ record, before }: Written) => ({
    record_id: record.id,
    at_ms: atMs,
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_name: actor.name,
    what: before ? ('change' as const) : ('create' as const),
    version: record.version,
  });
  const rowOf = ({ record }: Written) => recordRow(record);
  function* statements() {
    for (const part of parts(created)) yield* addRows.queries(db, part.map(rowOf));
    for (const part of parts(changed)) yield* putRows.queries(db, part.map(rowOf));
    for (const part of parts(written))
      yield* addNumbers.queries(
        db,
        part.flatMap(({ record }) => numberRows(record)),
      );
    yield* addCreations.queries(db, created.map(changeOf));
  }
  await runAll(db, statements());
  if (changed.length === 0) return;
  const entries = await addChanges.run(db, changed.map(changeOf));
  const entryOf = new Map(
    (entries as { id: number; record_id: RecordId }[]).map(({ id, record_id }) => [record_id, id]),
  );
  await addDetails.run(
    db,
    changed.flatMap(({ record, before }) => {
      const change_id = entryOf.get(record.id);
      if (!before || change_id === undefined) return [];
      return { change_id, changes: JSON.stringify(differences(contentOf(before), contentOf(record))) };
    }),
  );
}

/** What is made of some while those before them are written. */
function* parts<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += partLength) yield all.slice(from, from + partLength);
}

function nameMissing(row: number): ImportProblem {
  const message = 'The row makes a new record, and has neither a name nor a number nor an e-mail address.';
  return { row, column: null, reason: 'nameMissing', message };
}
