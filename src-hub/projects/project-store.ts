// Reads projects with numbers, members, hours and dispositions, and adds those that a hub begins with. What the admin
// window changes is written by project-change-store and disposition-store.
import type { Disposition } from '#shared/domain/disposition.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';
import { addProject, dispositionRow } from './project-rows.ts';
import type { StoredProject } from './stored-project.ts';

export class ProjectStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** By name; removed ones too. */
  async all(): Promise<StoredProject[]> {
    const [projects, numbers, members, openings, holidays] = await Promise.all([
      this.#db.selectFrom('project').selectAll().orderBy('name').orderBy('id').execute(),
      this.#db.selectFrom('project_number').selectAll().orderBy('number').execute(),
      this.#db.selectFrom('project_member').selectAll().orderBy('user_id').execute(),
      this.#db.selectFrom('project_opening').selectAll().orderBy('position').execute(),
      this.#db.selectFrom('project_holiday').selectAll().orderBy('date').execute(),
    ]);
    const numbersOf = byProject(numbers);
    const membersOf = byProject(members);
    const openingsOf = byProject(openings);
    const holidaysOf = byProject(holidays);
    return projects.map((row) => ({
      project: {
        id: row.id,
        name: row.name,
        numbers: numbersOf(row.id).map(({ number }) => number),
        wrapUpMs: row.wrap_up_ms,
        dispositionRequired: row.disposition_required === 1,
      },
      queueName: row.queue_name,
      memberIds: membersOf(row.id).map(({ user_id }) => user_id),
      distribution: row.distribution,
      ringTimeoutMs: row.ring_timeout_ms,
      onDecline: row.on_decline,
      mostWaiting: row.most_waiting,
      longestWaitMs: row.longest_wait_ms,
      overflow: row.overflow_project_id
        ? { to: 'project', projectId: row.overflow_project_id }
        : { to: 'voicemail' },
      timeZone: row.time_zone,
      openingHours: openingsOf(row.id).map((opening) => ({
        weekday: opening.weekday,
        opensAtMinute: opening.opens_at_minute,
        closesAtMinute: opening.closes_at_minute,
      })),
      holidays: holidaysOf(row.id).map(({ date, name }) => ({ date, name })),
      version: row.version,
      dispositionsVersion: row.dispositions_version,
      removedAtMs: row.removed_at_ms,
    }));
  }

  /** Those that can be chosen, of all projects, in their order. */
  async dispositions(): Promise<Disposition[]> {
    const rows = await this.#db
      .selectFrom('disposition')
      .selectAll()
      .where('removed_at_ms', 'is', null)
      .orderBy('project_id')
      .orderBy('position')
      .execute();
    return rows.map(toDisposition);
  }

  async add(stored: StoredProject, dispositions: readonly Disposition[]): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await addProject(db, stored);
      if (dispositions.length === 0) return;
      await db.insertInto('disposition').values(dispositions.map(dispositionRow)).execute();
    });
  }
}

function toDisposition(row: HubTables['disposition']): Disposition {
  return {
    id: row.id,
    projectId: row.project_id,
    label: row.label,
    group: row.group_name,
    color: row.color,
    key: row.key,
    noteRequired: row.note_required === 1,
  };
}

function byProject<Row extends { readonly project_id: ProjectId }>(
  rows: readonly Row[],
): (projectId: ProjectId) => readonly Row[] {
  const grouped = Map.groupBy(rows, ({ project_id }) => project_id);
  return (projectId) => grouped.get(projectId) ?? [];
}
