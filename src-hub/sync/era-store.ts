// The eras of this hub's order of changes: each start begins one. A position of an era that is not here, or beyond where
// its era ended, was told by a hub that went on after the backup from which this database was restored.

import { nothingKnown, positionText, type SyncPosition } from '#shared/hub/sync-position.ts';
import type { HubDatabase } from '../database/open-database.ts';

export class EraStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Nobody numbers a change meanwhile, so that no era reaches into the next. */
  async begin(eraId: string): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      const { seq } = await db
        .updateTable('sync_head')
        .set((row) => ({ seq: row.ref('seq') }))
        .where('id', '=', 1)
        .returning('seq')
        .executeTakeFirstOrThrow();
      const { last } = await db
        .selectFrom('sync_era')
        .select((row) => row.fn.max('place').as('last'))
        .executeTakeFirstOrThrow();
      await db
        .insertInto('sync_era')
        .values({ place: (last ?? 0) + 1, era_id: eraId, start_seq: seq })
        .execute();
    });
  }

  /** To be asked after whatever it stands for was read: a later start of another hub must not end this era before. */
  async newest(db: HubDatabase = this.#db): Promise<string> {
    const { era_id } = await db
      .selectFrom('sync_era')
      .select('era_id')
      .orderBy('place', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    return era_id;
  }

  /** Where the hub is, in one statement: `newest` and `head` of the same moment. */
  async now(db: HubDatabase = this.#db): Promise<SyncPosition> {
    const { era_id, seq } = await db
      .selectFrom('sync_era')
      .innerJoin('sync_head', (join) => join.on('sync_head.id', '=', 1))
      .select(['era_id', 'seq'])
      .orderBy('place', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    return { eraId: era_id, seq };
  }

  async head(db: HubDatabase = this.#db): Promise<number> {
    const { seq } = await db
      .selectFrom('sync_head')
      .select('seq')
      .where('id', '=', 1)
      .executeTakeFirstOrThrow();
    return seq;
  }

  /** @returns null where all up to there is known here; else up to where it is, `nothingKnown` where nobody can say. */
  async lostAfter({ eraId, seq }: SyncPosition): Promise<string | null> {
    const era = await this.#db
      .selectFrom('sync_era')
      .select('place')
      .where('era_id', '=', eraId)
      .executeTakeFirst();
    if (!era) return nothingKnown;
    const next = await this.#db
      .selectFrom('sync_era')
      .select('start_seq')
      .where('place', '>', era.place)
      .orderBy('place')
      .limit(1)
      .executeTakeFirst();
    const endSeq = next?.start_seq ?? (await this.head());
    return seq <= endSeq ? null : positionText({ eraId, seq: endSeq });
  }
}
