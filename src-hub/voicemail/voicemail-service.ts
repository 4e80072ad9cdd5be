// Keeps recorded messages and shows each to those whose mailbox it is in: a project's members, or one user.
import { randomUUID } from 'node:crypto';
import type { UserView } from '#shared/desktop/session-contract.ts';
import { type VoicemailId, voicemailId } from '#shared/domain/ids.ts';
import type { HubVoicemail } from '#shared/hub/hub-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { UserDirectory } from '../accounts/user-directory.ts';
import type { HubLog } from '../hub-log.ts';
import type { LeftMessage } from '../media/media-ports.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { VoicemailFiles } from './voicemail-files.ts';
import type { Hearing, Mailbox, VoicemailStore } from './voicemail-store.ts';

export interface VoicemailServiceParts {
  readonly store: VoicemailStore;
  readonly files: VoicemailFiles;
  readonly users: UserDirectory;
  readonly projects: ProjectService;
  readonly log: HubLog;
  /** What these users may hear has changed. */
  changed(users: readonly UserView[]): void;
}

export class VoicemailService {
  readonly #parts: VoicemailServiceParts;

  constructor(parts: VoicemailServiceParts) {
    this.#parts = parts;
  }

  /** The sound first, then the row: a crash between leaves a file that nobody shows, never a message without sound. */
  async keep(message: LeftMessage): Promise<void> {
    const id = voicemailId.parse(randomUUID());
    const mailbox = this.#mailboxOf(message.mailbox);
    await this.#parts.files.write(id, message.oggOpus);
    await this.#parts.store.add({
      id,
      ...mailbox,
      callerNumber: message.callerNumber,
      callerName: message.callerName,
      leftAtMs: message.leftAtMs,
      durationMs: message.durationMs,
    });
    this.#parts.log.info('voicemail: kept', { voicemailId: id, bytes: message.oggOpus.length });
    this.#parts.changed(this.#audienceOf(mailbox));
  }

  list(user: UserView): Promise<HubVoicemail[]> {
    return this.#parts.store.list(this.#hearingOf(user));
  }

  /** @throws CommandFailed 'noSuchVoicemail', also where it is not this user's; 'audioMissing'. */
  async audio(user: UserView, id: VoicemailId): Promise<Uint8Array> {
    await this.#requireMailbox(user, id);
    const oggOpus = await this.#parts.files.read(id);
    if (!oggOpus) {
      throw new CommandFailed(
        'audioMissing',
        'The sound of this message is missing at the hub; its details are kept.',
      );
    }
    return oggOpus;
  }

  /** @throws CommandFailed 'noSuchVoicemail' */
  async markHeard(user: UserView, id: VoicemailId, heard: boolean): Promise<void> {
    const mailbox = await this.#requireMailbox(user, id);
    await this.#parts.store.markHeard(id, heard);
    this.#parts.changed(this.#audienceOf(mailbox));
  }

  async #requireMailbox(user: UserView, id: VoicemailId): Promise<Mailbox> {
    const mailbox = await this.#parts.store.findMailbox(id, this.#hearingOf(user));
    if (!mailbox) throw new CommandFailed('noSuchVoicemail', 'There is no such message for you.');
    return mailbox;
  }

  /** @param header value of X-Offhook-Mailbox: `project:<id>`, `user:<id>` or ''. */
  #mailboxOf(header: string): Mailbox {
    const [, kind, id] = /^(project|user):(.+)$/.exec(header) ?? [];
    const project = kind === 'project' && id ? this.#parts.projects.find(id) : null;
    const user = kind === 'user' && id ? this.#parts.users.byId(id) : null;
    if (!project && !user) this.#parts.log.warn('voicemail: left in no known mailbox', {});
    return { projectId: project?.project.id ?? null, userId: user?.userId ?? null };
  }

  #hearingOf(user: UserView): Hearing {
    return {
      userId: user.userId,
      projectIds: this.#parts.projects.ofMember(user.userId).map(({ id }) => id),
      ownerless: hearsOwnerless(user),
    };
  }

  #audienceOf({ projectId, userId }: Mailbox): UserView[] {
    const members = projectId ? (this.#parts.projects.find(projectId)?.memberIds ?? []) : [];
    return this.#parts.users
      .all()
      .filter(
        (user) =>
          user.userId === userId ||
          members.includes(user.userId) ||
          (!projectId && !userId && hearsOwnerless(user)),
      );
  }
}

function hearsOwnerless(user: UserView): boolean {
  return user.accountType !== 'clerk';
}
