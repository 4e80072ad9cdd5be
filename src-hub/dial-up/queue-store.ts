// The queues of the line: a mode of a project, and the time zones that its numbers are in. Made when the first order comes.
import type { DialMode } from '#shared/domain/dial-up.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { onPostgres } from '../sync/sync-stamp-store.ts';

export interface Queue {
  readonly id: number;
  readonly projectId: ProjectId;
  readonly mode: DialMode;
  /** IANA names with commas between, or one of `noNumber`, `doNotCall`. */
  readonly zones: string;
}

export class QueueStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async all(db: HubDatabase = this.#db): Promise<Queue[]> {
    const rows = await db.selectFrom('dial_queue').selectAll().orderBy('id').execute();
    return rows.map(({ id, project_id, mode, zones }) => ({ id, projectId: project_id, mode, zones }));
  }

  /**
   * Makes it where there is none. On PostgreSQL by itself, not in the transaction: that may take long, and others who want the
   * same queue would wait for its end. One that nothing stands in does no harm.
   * @param within the transaction.
   * @returns whether it is there whatever becomes of the transaction, too.
   */
  async add(
    within: HubDatabase,
    queue: Omit<Queue, 'id'>,
  ): Promise<{ readonly queue: Queue; readonly stays: boolean }> {
    const stays = onPostgres(within);
    const db = stays ? this.#db : within;
    const { projectId, mode, zones } = queue;
    const found = await this.#find(db, queue);
    if (found !== null) return { queue: { id: found, ...queue }, stays };
    const made = await db
      .insertInto('dial_queue')
      .values({ project_id: projectId, mode, zones })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    // Somebody else was there first.
    const id = made?.id ?? (await this.#find(db, queue));
    if (id === null) throw new Error('A queue was made and is not there');
    return { queue: { id, projectId, mode, zones }, stays };
  }

  async #find(db: HubDatabase, { projectId, mode, zones }: Omit<Queue, 'id'>): Promise<number | null> {
    const row = await db
      .selectFrom('dial_queue')
      .select('id')
      .where('project_id', '=', projectId)
      .where('mode', '=', mode)
      .where('zones', '=', zones)
      .executeTakeFirst();
    return row?.id ?? null;
  }
}
