// Writes and reads the audit log. Other stores call `appendAudit` within the transaction of the change itself, so that
// there is neither a change without its entry nor an entry without its change (TEAM-8).
import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import type { AuditEntry } from '#shared/admin/system-contract.ts';
import type { ProjectId, TeamId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';
import type { ScopedTo } from '../permissions/scope.ts';

/** Who does something: a user, an API key, the console of the hub itself, or a rule of the company's (its id and name). */
export interface Actor {
  readonly kind: 'user' | 'apiKey' | 'console' | 'automation';
  readonly id: string;
  readonly name: string;
}

export interface AuditedChange {
  readonly actor: Actor;
  /** `subject.verb`, such as 'user.add'. */
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string };
  /** What it concerns, so that a supervisor of it may read the entry. */
  readonly projectId?: ProjectId | null;
  readonly teamId?: TeamId | null;
  /** By field; only what differs is kept. Empty before something was made, empty after it is gone. Never a secret. */
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

/** @param db the transaction of the change. */
export async function appendAudit(db: HubDatabase, change: AuditedChange, atMs: number): Promise<void> {
  const { actor, subject, before, after } = change;
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const differing = fields
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
    .filter((each) => JSON.stringify(each.before) !== JSON.stringify(each.after));
  const { id } = await db
    .insertInto('audit_entry')
    .values({
      at_ms: atMs,
      actor_kind: actor.kind,
      actor_id: actor.id,
      action: change.action,
      subject_kind: subject.kind,
      subject_id: subject.id,
      project_id: change.projectId ?? null,
      team_id: change.teamId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('audit_detail')
    .values({
      entry_id: id,
      actor_name: actor.name,
      subject_name: subject.name,
      changes: JSON.stringify(differing),
    })
    .execute();
}

export interface AuditQuestion {
  /** Entries older than this one; null for the newest. */
  readonly beforeId: number | null;
  readonly limit: number;
  /** Anywhere in names, action or changes, in any case; '' for all. */
  readonly text: string;
  /** Beginning of the action, such as 'user.'. */
  readonly what?: string | null | undefined;
  readonly actorId: string | null;
  readonly projectId: ProjectId | null;
  /** Null for all of the log. */
  readonly within: ScopedTo | null;
}

const changesColumn = z.array(z.strictObject({ field: z.string(), before: z.unknown(), after: z.unknown() }));

export class AuditStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** An entry by itself, for what changes nothing in the database. */
  async append(change: AuditedChange, atMs: number): Promise<void> {
    await this.#db.transaction().execute((db) => appendAudit(db, change, atMs));
  }

  /** Newest first. @returns one entry more than `limit` where there are more. */
  async list(question: AuditQuestion): Promise<AuditEntry[]> {
    const { beforeId, limit, text, what, actorId, projectId, within } = question;
    let query = this.#db
      .selectFrom('audit_entry')
      .leftJoin('audit_detail', 'audit_detail.entry_id', 'audit_entry.id')
      .selectAll()
      .orderBy('id', 'desc')
      .limit(limit + 1);
    if (beforeId !== null) query = query.where('id', '<', beforeId);
    if (actorId !== null) query = query.where('actor_id', '=', actorId);
    if (projectId !== null) query = query.where('project_id', '=', projectId);
    if (within !== null) query = query.where((is) => concerns(is, within));
    if (what)
      query = query.where((is) =>
        is(is.fn<string>('substr', ['action', is.val(1), is.val(what.length)]), '=', what),
      );
    if (text !== '') query = query.where((is) => says(is, text));
    const rows = await query.execute();
    return rows.map((row) => ({
      id: row.id,
      atMs: row.at_ms,
      actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name ?? '' },
      action: row.action,
      subject: { kind: row.subject_kind, id: row.subject_id, name: row.subject_name ?? '' },
      changes: row.changes === null ? null : changesColumn.parse(JSON.parse(row.changes)),
    }));
  }
}

type Is = ExpressionBuilder<
  Pick<HubTables, 'audit_entry'> & { audit_detail: Partial<HubTables['audit_detail']> },
  'audit_entry' | 'audit_detail'
>;
type Condition = ExpressionWrapper<HubTables, 'audit_entry' | 'audit_detail', SqlBool>;

/** What concerns their teams and projects, the people in them, and what they did themselves. */
function concerns(is: Is, { teamIds, projectIds, userIds }: ScopedTo): Condition {
  const people = [...userIds];
  return is.or([
    ...(teamIds.size > 0 ? [is('team_id', 'in', [...teamIds])] : []),
    ...(projectIds.size > 0 ? [is('project_id', 'in', [...projectIds])] : []),
    is.and([is('subject_kind', '=', 'user'), is('subject_id', 'in', people)]),
  ]);
}

function says(is: Is, text: string): Condition {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const columns = ['action', 'actor_name', 'subject_name', 'changes'] as const;
  return is.or(columns.map((column) => sql<SqlBool>`lower(${sql.ref(column)}) like ${pattern} escape '\\'`));
}
