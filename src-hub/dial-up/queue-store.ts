// The queues of the line: a mode of a project, and the time zones that its numbers are in. Made when the first order comes.
import type { DialMode } from '#shared/domain/dial-up.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';

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

  /** Makes it where there is none; of two who do so at once, one waits for the other. */
  async add(db: HubDatabase, { projectId, mode, zones }: Omit<Queue, 'id'>): Promise<Queue> {
    const { id } = await db
      .insertInto('dial_queue')
      .values({ project_id: projectId, mode, zones })
      // Changes nothing, but gives back the one that is there.
      .onConflict((conflict) => conflict.columns(['project_id', 'mode', 'zones']).doUpdateSet({ zones }))
      .returning('id')
      .executeTakeFirstOrThrow();
    return { id, projectId, mode, zones };
  }
}
