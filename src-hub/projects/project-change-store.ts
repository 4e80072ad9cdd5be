// Writes what the admin window changes of projects, each change with its audit entry in one transaction.
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import { type AuditedChange, appendAudit } from '../audit/audit-store.ts';
import { oneAtATime } from '../database/one-at-a-time.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { numberTaken } from './project-refusals.ts';
import { addProject, projectColumns, replaceParts } from './project-rows.ts';
import type { StoredProject } from './stored-project.ts';

/** What a change of members means for the projects that agents have open. */
export interface OpenedAndClosed {
  /** What was open by itself, as the only project of somebody at work, stays so now that there are two. */
  readonly opened: readonly { readonly userId: UserId; readonly projectId: ProjectId }[];
  /** Members no more. */
  readonly closed: readonly UserId[];
}

export class ProjectChangeStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** How many of these there are, disabled ones included. */
  async countUsers(userIds: readonly UserId[]): Promise<number> {
    if (userIds.length === 0) return 0;
    const rows = await this.#db
      .selectFrom('account')
      .select('user_id')
      .where('user_id', 'in', userIds)
      .execute();
    return rows.length;
  }

  /** @throws CommandFailed 'numberTaken'; a unique violation of `project_number` or `project_name` */
  async add(
    stored: StoredProject,
    open: OpenedAndClosed,
    change: AuditedChange,
    atMs: number,
  ): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await requireNoExtensions(db, stored);
      await addProject(db, stored);
      await openAndClose(db, stored.project.id, open);
      await appendAudit(db, change, atMs);
    });
  }

  /**
   * @param stored with the version that it is to have.
   * @returns false where it has another version than the one before; then nothing was changed.
   * @throws as `add`
   */
  async change(
    stored: StoredProject,
    open: OpenedAndClosed,
    change: AuditedChange,
    atMs: number,
  ): Promise<boolean> {
    return await this.#db.transaction().execute(async (db) => {
      await requireNoExtensions(db, stored);
      if (!(await setRow(db, stored))) return false;
      await replaceParts(db, stored);
      await openAndClose(db, stored.project.id, open);
      await appendAudit(db, change, atMs);
      return true;
    });
  }

  /**
   * @param removed without its numbers.
   * @param sendersOn those that sent their calls on to it, as they are from now on.
   * @returns false where one of them has another version than the one before; then nothing was changed.
   */
  async remove(
    removed: StoredProject,
    sendersOn: readonly StoredProject[],
    changes: readonly AuditedChange[],
    atMs: number,
  ): Promise<boolean> {
    try {
      await this.#db.transaction().execute(async (db) => {
        for (const stored of [removed, ...sendersOn]) {
          if (!(await setRow(db, stored))) throw new OtherVersion();
        }
        await db.deleteFrom('project_number').where('project_id', '=', removed.project.id).execute();
        await db.deleteFrom('open_project').where('project_id', '=', removed.project.id).execute();
        for (const change of changes) await appendAudit(db, change, atMs);
      });
      return true;
    } catch (error) {
      if (error instanceof OtherVersion) return false;
      throw error;
    }
  }
}

/** Takes back what the transaction has written by then. */
class OtherVersion extends Error {
  override readonly name = 'OtherVersion';
}

/** Of users, disabled ones included. Nobody is given one of these numbers as their extension meanwhile. */
async function requireNoExtensions(db: HubDatabase, { project: { numbers } }: StoredProject): Promise<void> {
  await oneAtATime(db, 'accounts');
  if (numbers.length === 0) return;
  const row = await db
    .selectFrom('account')
    .select('extension')
    .where('extension', 'in', numbers)
    .executeTakeFirst();
  if (row) throw numberTaken(row.extension);
}

async function setRow(db: HubDatabase, stored: StoredProject): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('project')
    .set({ ...projectColumns(stored), version: stored.version, removed_at_ms: stored.removedAtMs })
    .where('id', '=', stored.project.id)
    .where('version', '=', stored.version - 1)
    .where('removed_at_ms', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function openAndClose(db: HubDatabase, projectId: ProjectId, open: OpenedAndClosed): Promise<void> {
  const rows = open.opened.map((each) => ({
    user_id: each.userId,
    project_id: each.projectId,
    is_primary: 1 as const,
  }));
  for (const row of rows) {
    await db
      .insertInto('open_project')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  if (open.closed.length === 0) return;
  await db
    .deleteFrom('open_project')
    .where('project_id', '=', projectId)
    .where('user_id', 'in', open.closed)
    .execute();
}
