// Projects with their numbers, members, queue and dispositions.
import type { Disposition, Project } from '#shared/domain/disposition.ts';
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';

export interface StoredProject {
  readonly project: Project;
  readonly queueName: string;
  readonly ringTimeoutMs: number;
  readonly memberIds: readonly UserId[];
}

export class ProjectStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async all(): Promise<StoredProject[]> {
    const [projects, numbers, members] = await Promise.all([
      this.#db.selectFrom('project').selectAll().orderBy('name').execute(),
      this.#db.selectFrom('project_number').selectAll().orderBy('number').execute(),
      this.#db.selectFrom('project_member').selectAll().execute(),
    ]);
    return projects.map((row) => ({
      project: {
        id: row.id,
        name: row.name,
        numbers: numbers.filter(({ project_id }) => project_id === row.id).map(({ number }) => number),
        wrapUpMs: row.wrap_up_ms,
        dispositionRequired: row.disposition_required === 1,
      },
      queueName: row.queue_name,
      ringTimeoutMs: row.ring_timeout_ms,
      memberIds: members.filter(({ project_id }) => project_id === row.id).map(({ user_id }) => user_id),
    }));
  }

  async dispositionsOf(projectIds: readonly ProjectId[]): Promise<Disposition[]> {
    if (projectIds.length === 0) return [];
    const rows = await this.#db
      .selectFrom('disposition')
      .selectAll()
      .where('project_id', 'in', projectIds)
      .orderBy('project_id')
      .orderBy('position')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      projectId: row.project_id,
      label: row.label,
      group: row.group_name,
      color: row.color,
      key: row.key,
      noteRequired: row.note_required === 1,
    }));
  }

  async add(stored: StoredProject, dispositions: readonly Disposition[]): Promise<void> {
    const { project } = stored;
    await this.#db.transaction().execute(async (db) => {
      await db
        .insertInto('project')
        .values({
          id: project.id,
          name: project.name,
          queue_name: stored.queueName,
          wrap_up_ms: project.wrapUpMs,
          disposition_required: project.dispositionRequired ? 1 : 0,
          ring_timeout_ms: stored.ringTimeoutMs,
        })
        .execute();
      for (const number of project.numbers) {
        await db.insertInto('project_number').values({ number, project_id: project.id }).execute();
      }
      for (const userId of stored.memberIds) {
        await db.insertInto('project_member').values({ project_id: project.id, user_id: userId }).execute();
      }
      for (const [position, disposition] of dispositions.entries()) {
        await db
          .insertInto('disposition')
          .values({
            id: disposition.id,
            project_id: project.id,
            position,
            label: disposition.label,
            group_name: disposition.group,
            color: disposition.color,
            key: disposition.key,
            note_required: disposition.noteRequired ? 1 : 0,
          })
          .execute();
      }
    });
  }
}
