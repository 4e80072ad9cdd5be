// Writes and reads the audit log. Other stores call `appendAudit` within the transaction of the change itself, so that
// there is neither a change without its entry nor an entry without its change (TEAM-8).
import type { ProjectId, TeamId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';

/** Who does something: a user, an API key, or the console of the hub itself. */
export interface Actor {
  readonly kind: 'user' | 'apiKey' | 'console';
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
