// What is known of each message. The sound is voicemail-files.ts's.
import type { ProjectId, UserId, VoicemailId } from '#shared/domain/ids.ts';
import type { HubVoicemail } from '#shared/hub/hub-contract.ts';
import { beside } from '../database/one-at-a-time.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { ErasedPeopleStore } from '../records/erased-people-store.ts';

/** Whose message it is: a project's, a user's, or (both null) one whose mailbox nobody knows. */
export interface Mailbox {
  readonly projectId: ProjectId | null;
  readonly userId: UserId | null;
}

/** Which mailboxes a user may hear. */
export interface Hearing {
  readonly userId: UserId;
  readonly projectIds: readonly ProjectId[];
  /** Messages without a known mailbox are not lost: they are shown to supervisors. */
  readonly ownerless: boolean;
}

export interface NewVoicemail extends Mailbox {
  readonly id: VoicemailId;
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  readonly leftAtMs: number;
  readonly durationMs: number;
}

const mostListed = 500;

export class VoicemailStore {
  readonly #db: HubDatabase;
  readonly #erased: Pick<ErasedPeopleStore, 'anyNumberErased'>;

  constructor(db: HubDatabase, erased: Pick<ErasedPeopleStore, 'anyNumberErased'>) {
    this.#db = db;
    this.#erased = erased;
  }

  /** @returns false where its caller was erased while it was being said: it is not kept. */
  async add(message: NewVoicemail): Promise<boolean> {
    const { callerNumber, leftAtMs } = message;
    return await this.#db.transaction().execute(async (db) => {
      await beside(db, 'erasures');
      if (callerNumber !== null && (await this.#erased.anyNumberErased(db, [callerNumber], leftAtMs)))
        return false;
      await db
        .insertInto('voicemail')
        .values({
          id: message.id,
          project_id: message.projectId,
          user_id: message.userId,
          caller_number: callerNumber,
          caller_name: message.callerName,
          left_at_ms: leftAtMs,
          duration_ms: message.durationMs,
          heard: 0,
        })
        .execute();
      return true;
    });
  }

  /** Whose sound must go: the messages of people who were erased. */
  async toRemove(): Promise<VoicemailId[]> {
    const rows = await this.#db.selectFrom('erased_voicemail').select('voicemail_id').execute();
    return rows.map(({ voicemail_id }) => voicemail_id);
  }

  async removed(id: VoicemailId): Promise<void> {
    await this.#db.deleteFrom('erased_voicemail').where('voicemail_id', '=', id).execute();
  }

  /** Newest first. */
  async list(hearing: Hearing): Promise<HubVoicemail[]> {
    const rows = await this.#visibleTo(hearing)
      .leftJoin('project', 'project.id', 'voicemail.project_id')
      .select([
        'voicemail.id',
        'voicemail.caller_number',
        'voicemail.caller_name',
        'voicemail.left_at_ms',
        'voicemail.duration_ms',
        'voicemail.heard',
        'project.name as project_name',
      ])
      .orderBy('voicemail.left_at_ms', 'desc')
      .limit(mostListed)
      .execute();
    return rows.map((row) => ({
      voicemailId: row.id,
      projectName: row.project_name,
      callerNumber: row.caller_number,
      callerName: row.caller_name,
      leftAtMs: row.left_at_ms,
      durationMs: row.duration_ms,
      heard: row.heard === 1,
    }));
  }

  async has(id: VoicemailId): Promise<boolean> {
    const row = await this.#db.selectFrom('voicemail').select('id').where('id', '=', id).executeTakeFirst();
    return row !== undefined;
  }

  /** Null where there is no such message, or none that this user may hear. */
  async findMailbox(id: VoicemailId, hearing: Hearing): Promise<Mailbox | null> {
    const row = await this.#visibleTo(hearing)
      .select(['voicemail.project_id', 'voicemail.user_id'])
      .where('voicemail.id', '=', id)
      .executeTakeFirst();
    return row ? { projectId: row.project_id, userId: row.user_id } : null;
  }

  async markHeard(id: VoicemailId, heard: boolean): Promise<void> {
    await this.#db
      .updateTable('voicemail')
      .set({ heard: heard ? 1 : 0 })
      .where('id', '=', id)
      .execute();
  }

  #visibleTo({ userId, projectIds, ownerless }: Hearing) {
    return this.#db
      .selectFrom('voicemail')
      .where((is) =>
        is.or([
          is('voicemail.user_id', '=', userId),
          ...(projectIds.length > 0 ? [is('voicemail.project_id', 'in', projectIds)] : []),
          ...(ownerless
            ? [is.and([is('voicemail.user_id', 'is', null), is('voicemail.project_id', 'is', null)])]
            : []),
        ]),
      );
  }
}
