// What became of each mutation, and the transactions in which they are applied: some at a time, each in a savepoint of its
// own, all numbered at the end. Nothing that names a person is kept here.
import { sql } from 'kysely';
import type { MutationId, RecordId, UserId } from '#shared/domain/ids.ts';
import type { Outgoing } from '#shared/hub/sync-contract.ts';
import { positionText } from '#shared/hub/sync-position.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { among } from '../database/among.ts';
import { keptLater, runKept, runKeptLater } from '../database/kept-statements.ts';
import { beside } from '../database/one-at-a-time.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { uniqueViolation } from '../database/unique-violation.ts';
import { EraStore } from './era-store.ts';
import { onPostgres, stampAtEnd } from './sync-stamp-store.ts';

/** As kept: of a conflict, which record, so that it is shown as it is when asked again. */
export type KeptOutcome =
  | { readonly outcome: 'applied' }
  | { readonly outcome: 'conflict'; readonly clashes: readonly string[]; readonly recordId: RecordId }
  | { readonly outcome: 'refused'; readonly reason: string };

export interface Answered {
  readonly mutationId: MutationId;
  readonly kept: KeptOutcome;
  readonly at: string;
}

export interface Pusher {
  readonly userId: UserId;
  readonly deviceId: string;
}

/** The transaction in which something is applied. */
export type Applying = HubDatabase;

export type Apply = (db: Applying, outgoing: Outgoing) => Promise<KeptOutcome>;

/** What a desktop has pushed by itself. */
export interface PushedByOne {
  readonly pusher: Pusher;
  readonly outgoing: Outgoing;
}

interface KeptRow {
  readonly mutation_id: MutationId;
  readonly user_id: UserId;
  readonly device_id: string;
  readonly sequence: number;
  readonly outcome: string;
}

/** What became of several, with where the hub is. Of one that somebody has applied meanwhile, nothing: it fails. */
const keepOnPostgres = keptLater(`with now as materialized (
    select era_id, seq from sync_era join sync_head on sync_head.id = 1 order by place desc limit 1
  ), put as (
    insert into applied_mutation (mutation_id, user_id, device_id, sequence, outcome, era_id, seq)
      select applied.*, now.era_id, now.seq
        from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[]) applied, now
  ) select era_id, seq from now`);
const keepOnSqlite = `insert into applied_mutation (mutation_id, user_id, device_id, sequence, outcome, era_id, seq)
  values (?, ?, ?, ?, ?, ?, ?) on conflict (mutation_id) do nothing returning 1`;

/** PostgreSQL's name of what `keepOnPostgres` goes against where somebody has applied the same. */
const appliedKey = 'applied_mutation_pkey';

/** As a transaction leaves it. */
interface AppliedTogether {
  readonly fresh: ReadonlyMap<MutationId, KeptOutcome>;
  readonly before: ReadonlyMap<MutationId, Answered>;
  at(): Promise<string>;
}

/** Something of a push was applied meanwhile, through another connection: all begins anew, knowing what. */
class AppliedMeanwhile extends Error {}

/** Two that took the same rows in other orders, or wrote at the same time: the one that lost begins anew. */
const comesToNothing = /^(40001|40P01)$/;
/** A value that this database cannot hold, such as a character of code 0. It will not be any better next time. */
const notStorable = /^22/;
const attempts = 4;

export class PushStore {
  /** Whether transactions run beside each other. */
  readonly takesTwo: boolean;
  readonly #db: HubDatabase;
  readonly #eras: EraStore;

  constructor(db: HubDatabase) {
    this.#db = db;
    this.takesTwo = onPostgres(db);
    this.#eras = new EraStore(db);
  }

  /**
   * Applies each that was not applied before, in their order, in one transaction.
   * @throws what `apply` throws that is no CommandFailed; nothing of these is then applied
   */
  apply(pusher: Pusher, mutations: readonly Outgoing[], apply: Apply): Promise<Answered[]> {
    return this.#inTransaction((db) => this.#applyIn(db, pusher, mutations, apply));
  }

  /**
   * Applies each that was not applied before in one transaction, though they come from several desktops.
   * @param all no mutation twice.
   * @param applyAll is given those that are new, and says what became of each in the same order.
   * @returns in the order given.
   * @throws what `applyAll` throws, and of one that this database cannot hold; nothing of all is then applied
   */
  async applyTogether<One extends PushedByOne>(
    all: readonly One[],
    applyAll: (db: Applying, fresh: readonly One[]) => Promise<readonly KeptOutcome[]>,
  ): Promise<Answered[]> {
    const { fresh, before, at } = await this.#inTransaction((db, again) =>
      this.#applyTogetherIn(db, all, applyAll, again),
    );
    const position = await at();
    return all.flatMap(({ outgoing: { mutationId } }) => {
      const kept = fresh.get(mutationId);
      return kept ? { mutationId, kept, at: position } : (before.get(mutationId) ?? []);
    });
  }

  /** @param work is told whether it has come to nothing before, since others did the same. */
  async #inTransaction<T>(work: (db: HubDatabase, again: boolean) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#db.transaction().execute((db) => work(db, attempt > 1));
      } catch (error) {
        const violated = uniqueViolation(error);
        const meanwhile = error instanceof AppliedMeanwhile || violated === appliedKey;
        const again = meanwhile || comesToNothing.test(codeOf(error));
        // What came again names the same things as before. It is not looked for at once, since it hardly ever does.
        const perhapsAgain = attempt === 1 && violated !== null;
        if (attempt >= attempts || !(again || perhapsAgain)) throw error;
      }
    }
  }

  async #applyIn(
    db: HubDatabase,
    pusher: Pusher,
    mutations: readonly Outgoing[],
    apply: Apply,
  ): Promise<Answered[]> {
    const fresh = new Map<MutationId, KeptOutcome>();
    const before = new Map<MutationId, Answered>();
    // First of all, since a call among them waits for it, and an erasure may wait for what is changed before that.
    await beside(db, 'erasures');
    const { stamp } = await stampAtEnd(db, async (held) => {
      for (const outgoing of mutations) {
        const { mutationId } = outgoing;
        if (fresh.has(mutationId)) continue;
        if (!(await this.#claim(db, pusher, outgoing))) {
          before.set(mutationId, await this.#known(db, pusher, mutationId));
          continue;
        }
        const stamped = held.length;
        await sql`savepoint mutation`.execute(db);
        try {
          fresh.set(mutationId, await apply(db, outgoing));
          await sql`release savepoint mutation`.execute(db);
        } catch (error) {
          const reason = refusalOf(error);
          if (reason === null) throw error;
          await sql`rollback to savepoint mutation`.execute(db);
          held.length = stamped;
          fresh.set(mutationId, { outcome: 'refused', reason });
        }
      }
    });
    await stamp();
    const at = await this.#keep(db, fresh);
    return mutations.flatMap(({ mutationId }) => {
      const kept = fresh.get(mutationId);
      return kept ? { mutationId, kept, at } : (before.get(mutationId) ?? []);
    });
  }

  /** @returns what became of each, and what tells where the hub is once the transaction has ended. */
  async #applyTogetherIn<One extends PushedByOne>(
    db: HubDatabase,
    all: readonly One[],
    applyAll: (db: Applying, fresh: readonly One[]) => Promise<readonly KeptOutcome[]>,
    again: boolean,
  ): Promise<AppliedTogether> {
    await beside(db, 'erasures');
    const before = again ? await this.#applied(db, all) : new Map<MutationId, Answered>();
    const isFresh = all.filter(({ outgoing }) => !before.has(outgoing.mutationId));
    const { result: outcomes, stamp } = await stampAtEnd(db, () => applyAll(db, isFresh));
    await stamp();
    const fresh = new Map<MutationId, KeptOutcome>();
    const rows = isFresh.flatMap(({ pusher, outgoing }, place): KeptRow[] => {
      const { mutationId, sequence } = outgoing;
      const { userId, deviceId } = pusher;
      const outcome = outcomes[place];
      if (!outcome) return [];
      fresh.set(mutationId, outcome);
      return [
        {
          ...{ mutation_id: mutationId, user_id: userId, device_id: deviceId, sequence },
          outcome: JSON.stringify(outcome),
        },
      ];
    });
    return { fresh, before, at: await this.#keepTogether(db, rows) };
  }

  /** @returns what became of those that were applied before. */
  async #applied(db: HubDatabase, all: readonly PushedByOne[]): Promise<Map<MutationId, Answered>> {
    const ids = all.map(({ outgoing }) => outgoing.mutationId);
    const rows = await db
      .selectFrom('applied_mutation')
      .select('mutation_id')
      .where(among(db, 'mutation_id', ids))
      .execute();
    const found = new Set(rows.map(({ mutation_id }) => mutation_id));
    const before = new Map<MutationId, Answered>();
    for (const { pusher, outgoing } of all) {
      const { mutationId } = outgoing;
      if (found.has(mutationId)) before.set(mutationId, await this.#known(db, pusher, mutationId));
    }
    return before;
  }

  /**
   * The last thing in its transaction: on PostgreSQL it is sent with the commit.
   * @returns what tells where the hub is, once that has ended. @throws AppliedMeanwhile
   */
  async #keepTogether(db: HubDatabase, rows: readonly KeptRow[]): Promise<() => Promise<string>> {
    // In one order everywhere: of two who keep the same, neither waits for the other in a circle.
    const sorted = rows.toSorted((one, other) => (one.mutation_id < other.mutation_id ? -1 : 1));
    if (onPostgres(db)) {
      const later = await runKeptLater<{ era_id: string; seq: number }>(db, keepOnPostgres, [
        sorted.map(({ mutation_id }) => mutation_id),
        sorted.map(({ user_id }) => user_id),
        sorted.map(({ device_id }) => device_id),
        sorted.map(({ sequence }) => sequence),
        sorted.map(({ outcome }) => outcome),
      ]);
      return async () => {
        const [now] = await later.rows;
        if (!now) throw new Error('The hub has no era');
        return positionText({ eraId: now.era_id, seq: now.seq });
      };
    }
    const { eraId, seq } = await this.#eras.now(db);
    for (const { mutation_id, user_id, device_id, sequence, outcome } of sorted) {
      const values = [mutation_id, user_id, device_id, sequence, outcome, eraId, seq];
      const put = await runKept(db, keepOnSqlite, values);
      if (put.length === 0) throw new AppliedMeanwhile();
    }
    return () => Promise.resolve(positionText({ eraId, seq }));
  }

  /** @returns where the hub is. */
  async #keep(db: HubDatabase, fresh: ReadonlyMap<MutationId, KeptOutcome>): Promise<string> {
    const { eraId, seq } = await this.#eras.now(db);
    const alike = Map.groupBy(fresh, ([, outcome]) => JSON.stringify(outcome));
    for (const [outcome, some] of alike) {
      await db
        .updateTable('applied_mutation')
        .set({ outcome, era_id: eraId, seq })
        .where(
          'mutation_id',
          'in',
          some.map(([mutationId]) => mutationId),
        )
        .execute();
    }
    return positionText({ eraId, seq });
  }

  /** Waits for another connection that applies the same one. @returns false where it was applied before. */
  async #claim(db: HubDatabase, { userId, deviceId }: Pusher, outgoing: Outgoing): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('applied_mutation')
      .values({
        mutation_id: outgoing.mutationId,
        user_id: userId,
        device_id: deviceId,
        sequence: outgoing.sequence,
        outcome: null,
        era_id: null,
        seq: null,
      })
      .onConflict((conflict) => conflict.column('mutation_id').doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  async #known(db: HubDatabase, { userId }: Pusher, mutationId: MutationId): Promise<Answered> {
    const row = await db
      .selectFrom('applied_mutation')
      .selectAll()
      .where('mutation_id', '=', mutationId)
      .executeTakeFirstOrThrow();
    const at = positionText({ eraId: row.era_id ?? '', seq: row.seq ?? 0 });
    if (row.user_id !== userId || row.outcome === null) {
      return { mutationId, kept: { outcome: 'refused', reason: 'notAllowed' }, at };
    }
    // Written above, by nobody else.
    return { mutationId, kept: JSON.parse(row.outcome) as KeptOutcome, at };
  }
}

function refusalOf(error: unknown): string | null {
  if (error instanceof CommandFailed) return error.reason;
  return notStorable.test(codeOf(error)) ? 'malformed' : null;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
