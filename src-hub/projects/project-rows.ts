// How a project is put into its rows. Used by the stores of this folder, within a transaction of theirs.
import type { Disposition } from '#shared/domain/disposition.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';
import type { StoredProject } from './stored-project.ts';

/** SQLite and PostgreSQL both take this many rows at once with room to spare. */
const rowsAtOnce = 1_000;

export async function addProject(db: HubDatabase, stored: StoredProject): Promise<void> {
  const { project, version, dispositionsVersion, removedAtMs } = stored;
  await db
    .insertInto('project')
    .values({
      id: project.id,
      ...projectColumns(stored),
      version,
      dispositions_version: dispositionsVersion,
      removed_at_ms: removedAtMs,
    })
    .execute();
  await writeParts(db, stored);
}

/** Numbers, members, hours and holidays anew. */
export async function replaceParts(db: HubDatabase, stored: StoredProject): Promise<void> {
  for (const table of ['project_number', 'project_member', 'project_opening', 'project_holiday'] as const) {
    await db.deleteFrom(table).where('project_id', '=', stored.project.id).execute();
  }
  await writeParts(db, stored);
}

export function projectColumns(
  stored: StoredProject,
): Omit<HubTables['project'], 'id' | 'version' | 'dispositions_version' | 'removed_at_ms'> {
  const { project, overflow } = stored;
  return {
    name: project.name,
    queue_name: stored.queueName,
    wrap_up_ms: project.wrapUpMs,
    disposition_required: project.dispositionRequired ? 1 : 0,
    ring_timeout_ms: stored.ringTimeoutMs,
    distribution: stored.distribution,
    on_decline: stored.onDecline,
    most_waiting: stored.mostWaiting,
    longest_wait_ms: stored.longestWaitMs,
    overflow_project_id: overflow.to === 'project' ? overflow.projectId : null,
    time_zone: stored.timeZone,
  };
}

export function dispositionRow(disposition: Disposition, position: number): HubTables['disposition'] {
  return {
    id: disposition.id,
    project_id: disposition.projectId,
    position,
    label: disposition.label,
    group_name: disposition.group,
    color: disposition.color,
    key: disposition.key,
    note_required: disposition.noteRequired ? 1 : 0,
    removed_at_ms: null,
  };
}

async function writeParts(db: HubDatabase, stored: StoredProject): Promise<void> {
  const project_id = stored.project.id;
  const numbers = stored.project.numbers.map((number) => ({ number, project_id }));
  const members = stored.memberIds.map((user_id) => ({ project_id, user_id }));
  const openings = stored.openingHours.map((hours, position) => ({
    project_id,
    position,
    weekday: hours.weekday,
    opens_at_minute: hours.opensAtMinute,
    closes_at_minute: hours.closesAtMinute,
  }));
  const holidays = stored.holidays.map(({ date, name }) => ({ project_id, date, name }));
  for (const rows of inParts(numbers)) await db.insertInto('project_number').values(rows).execute();
  for (const rows of inParts(members)) await db.insertInto('project_member').values(rows).execute();
  for (const rows of inParts(openings)) await db.insertInto('project_opening').values(rows).execute();
  for (const rows of inParts(holidays)) await db.insertInto('project_holiday').values(rows).execute();
}

function inParts<Row>(rows: readonly Row[]): Row[][] {
  const parts: Row[][] = [];
  for (let from = 0; from < rows.length; from += rowsAtOnce) parts.push(rows.slice(from, from + rowsAtOnce));
  return parts;
}
