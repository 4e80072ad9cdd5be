// Which projects agents have open, at rest: kept over sign-outs and restarts of the hub.
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import type { OpenProjects } from '#shared/domain/work.ts';
import type { HubDatabase } from '../database/open-database.ts';

export class OpenProjectStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async all(): Promise<Map<UserId, OpenProjects>> {
    const rows = await this.#db
      .selectFrom('open_project')
      .selectAll()
      .orderBy('user_id')
      .orderBy('project_id')
      .execute();
    return new Map(
      [...Map.groupBy(rows, ({ user_id }) => user_id)].map(([userId, own]) => [
        userId,
        {
          primaryId: own.find(({ is_primary }) => is_primary === 1)?.project_id ?? null,
          secondaryIds: own
            .filter(({ is_primary }) => is_primary === 0)
            .map(({ project_id }): ProjectId => project_id),
        },
      ]),
    );
  }

  async set(userId: UserId, { primaryId, secondaryIds }: OpenProjects): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await db.deleteFrom('open_project').where('user_id', '=', userId).execute();
      const rows = [
        ...(primaryId === null ? [] : [{ user_id: userId, project_id: primaryId, is_primary: 1 as const }]),
        ...secondaryIds.map((project_id) => ({ user_id: userId, project_id, is_primary: 0 as const })),
      ];
      if (rows.length > 0) await db.insertInto('open_project').values(rows).execute();
    });
  }
}
