// What became of each mutation, and the transactions in which they are applied: some at a time, each in a savepoint of its
// own, all numbered at the end. Nothing that names a person is kept here.
import { sql } from 'kysely';
import type { MutationId, RecordId, UserId } from '#shared/domain/ids.ts';
import type { Outgoing } from '#shared/hub/sync-contract.ts';
import { positionText } from '#shared/hub/sync-position.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { BulkInsert } from '../database/bulk-insert.ts';
import { beside } from '../database/one-at-a-time.ts';
import type { HubDatabase } from '../database/open-database.ts';
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

const putClaims = new BulkInsert(
  'applied_mutation',
  { mutation_id: 'text', user_id: 'text', device_id: 'text', sequence: 'bigint' },
  'on conflict (mutation_id) do nothing returning mutation_id',
);

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
  applyTogether<One extends PushedByOne>(
    all: readonly One[],
    applyAll: (db: Applying, fresh: readonly One[]) => Promise<readonly KeptOutcome[]>,
  ): Promise<Answered[]> {
    return this.#inTransaction((db) => this.#applyTogetherIn(db, all, applyAll));
  }

  async #inTransaction<T>(work: (db: HubDatabase) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#db.transaction().execute(work);
      } catch (error) {
        if (attempt >= attempts || !comesToNothing.test(codeOf(error))) throw error;
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

  async #applyTogetherIn<One extends PushedByOne>(
    db: HubDatabase,
    all: readonly One[],
    applyAll: (db: Applying, fresh: readonly One[]) => Promise<readonly KeptOutcome[]>,
  ): Promise<Answered[]> {
    await beside(db, 'erasures');
    const claims = all.map(({ pusher, outgoing }) => ({
      mutation_id: outgoing.mutationId,
      user_id: pusher.userId,
      device_id: pusher.deviceId,
      sequence: outgoing.sequence,
    }));
    // In one order everywhere: of two who claim the same, neither waits for the other in a circle.
    const sorted = claims.toSorted((one, other) => (one.mutation_id < other.mutation_id ? -1 : 1));
    const claimed = new Set(
      ((await putClaims.run(db, sorted)) as typeof claims).map((row) => row.mutation_id),
    );
    const { result: fresh, stamp } = await stampAtEnd(db, async () => {
      const own = all.filter(({ outgoing }) => claimed.has(outgoing.mutationId));
      const outcomes = await applyAll(db, own);
      return new Map(
        own.flatMap(({ outgoing }, place) => {
          const outcome = outcomes[place];
          return outcome ? [[outgoing.mutationId, outcome] as const] : [];
        }),
      );
    });
    await stamp();
    const at = await this.#keep(db, fresh);
    const answers: Answered[] = [];
    for (const { pusher, outgoing } of all) {
      const { mutationId } = outgoing;
      const kept = fresh.get(mutationId);
      answers.push(kept ? { mutationId, kept, at } : await this.#known(db, pusher, mutationId));
    }
    return answers;
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
