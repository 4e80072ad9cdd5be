// Reads and writes projects' settings of call mode, and the two free modes, each change with its audit entry in one
// transaction. What they lead to is looked at there, too: a status may be taken away by another hub in the same moment.
import { type DialUpSettings, dialUpSettings, type FreeModeSettings } from '#shared/domain/dial-up.ts';
import type { OrderStatusId, ProjectId } from '#shared/domain/ids.ts';
import { type AuditedChange, appendAudit } from '../audit/audit-store.ts';
import { raiseVersion, versionOf } from '../database/list-version.ts';
import { oneAtATime } from '../database/one-at-a-time.ts';
import type { HubDatabase } from '../database/open-database.ts';

export interface VersionedDialUpSettings {
  readonly version: number;
  readonly settings: DialUpSettings;
}

export interface FreeModeList {
  readonly version: number;
  readonly modes: readonly FreeModeSettings[];
}

export interface LedTo {
  readonly statusId: OrderStatusId;
  readonly projectId: ProjectId;
}

/** The two have no row of their own that could hold it. */
const freeModesRow = 'freeModes.version';

export class DialUpSettingsStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Those that somebody has set. */
  async all(): Promise<Map<ProjectId, VersionedDialUpSettings>> {
    return await allSettings(this.#db);
  }

  /** What a hub begins with; what is there stays. */
  async begin(projectId: ProjectId, settings: DialUpSettings): Promise<void> {
    await this.#db
      .insertInto('dial_up_settings')
      .values({ project_id: projectId, version: 1, settings: JSON.stringify(settings) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /**
   * @param wanted with the version that it is to have.
   * @returns 'changed' where it has another version than the one before, 'noSuchStatus' where it leads to none; then
   * nothing was changed.
   */
  async set(
    projectId: ProjectId,
    { version, settings }: VersionedDialUpSettings,
    change: AuditedChange,
    atMs: number,
  ): Promise<'done' | 'changed' | 'noSuchStatus'> {
    return await this.#db.transaction().execute(async (db) => {
      await oneAtATime(db, 'orderStatuses');
      const rows = await db.selectFrom('order_status').select('id').execute();
      const known = new Set(rows.map(({ id }) => id));
      if (statusesLedTo(settings).some((id) => !known.has(id))) return 'noSuchStatus';
      const columns = { version, settings: JSON.stringify(settings) };
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('dial_up_settings')
        .values({ project_id: projectId, ...columns })
        .onConflict((conflict) =>
          conflict
            .column('project_id')
            .doUpdateSet(columns)
            .where('dial_up_settings.version', '=', version - 1),
        )
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows !== 1n) return 'changed';
      await appendAudit(db, change, atMs);
      return 'done';
    });
  }

  /** Empty where nobody has set them. */
  async freeModes(): Promise<FreeModeList> {
    const [rows, version] = await Promise.all([
      this.#db.selectFrom('free_mode').selectAll().orderBy('mode').execute(),
      versionOf(this.#db, freeModesRow),
    ]);
    return {
      version,
      modes: rows.map(({ mode, name, hands_out, seed }) => ({ mode, name, handsOut: hands_out, seed })),
    };
  }

  /** As `set`; @param within also done in the transaction. */
  async setFreeModes(
    { version, modes }: FreeModeList,
    change: AuditedChange,
    atMs: number,
    within: (db: HubDatabase) => Promise<void>,
  ): Promise<boolean> {
    return await this.#db.transaction().execute(async (db) => {
      if (!(await raiseVersion(db, freeModesRow, version))) return false;
      for (const { mode, name, handsOut, seed } of modes) {
        const columns = { name, hands_out: handsOut, seed };
        await db
          .insertInto('free_mode')
          .values({ mode, ...columns })
          .onConflict((conflict) => conflict.column('mode').doUpdateSet(columns))
          .execute();
      }
      await within(db);
      await appendAudit(db, change, atMs);
      return true;
    });
  }
}

/** @param db the transaction. @returns of these, the first that a project's button leads to. */
export async function firstLedTo(
  db: HubDatabase,
  statusIds: readonly OrderStatusId[],
): Promise<LedTo | null> {
  if (statusIds.length === 0) return null;
  for (const [projectId, { settings }] of await allSettings(db)) {
    const ledTo = statusesLedTo(settings);
    const statusId = statusIds.find((id) => ledTo.includes(id));
    if (statusId !== undefined) return { statusId, projectId };
  }
  return null;
}

/** By buttons, and by attempts that are used up. */
export function statusesLedTo({ modes }: DialUpSettings): OrderStatusId[] {
  return modes.flatMap(({ buttons, extraButtons, usedUpStatusId }) =>
    [
      ...buttons.map((each) => each.statusId),
      ...extraButtons.map((each) => each.statusId),
      usedUpStatusId,
    ].filter((id) => id !== null),
  );
}

async function allSettings(db: HubDatabase): Promise<Map<ProjectId, VersionedDialUpSettings>> {
  const rows = await db.selectFrom('dial_up_settings').selectAll().execute();
  return new Map(
    rows.map(({ project_id, version, settings }) => [
      project_id,
      { version, settings: dialUpSettings.parse(JSON.parse(settings)) },
    ]),
  );
}
