// Keeps recorded messages and shows each to those whose mailbox it is in: a project's members, or one user.
import { randomUUID } from 'node:crypto';
import type { UserView } from '#shared/desktop/session-contract.ts';
import { type VoicemailId, voicemailId } from '#shared/domain/ids.ts';
import type { HubVoicemail } from '#shared/hub/hub-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { UserDirectory } from '../accounts/user-directory.ts';
import type { HubLog } from '../hub-log.ts';
import type { MessageAbout, MessageInHand, MessageKeeper } from '../media/media-ports.ts';
import { NotOggOpus, readOggOpus } from '../media/ogg/ogg-opus-reader.ts';
import { OggOpusWriter } from '../media/ogg/ogg-opus-writer.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { MessagesInHand } from './messages-in-hand.ts';
import type { VoicemailFiles } from './voicemail-files.ts';
import type { Hearing, Mailbox, VoicemailStore } from './voicemail-store.ts';

export interface VoicemailServiceParts {
  readonly store: VoicemailStore;
  readonly files: VoicemailFiles;
  readonly inHand: MessagesInHand;
  readonly users: UserDirectory;
  readonly projects: ProjectService;
  readonly log: HubLog;
  /** What these users may hear has changed. */
  changed(users: readonly UserView[]): void;
}

/** Less than this is somebody who hung up on the greeting. */
const shortestRescuedMs = 1_000;

export class VoicemailService implements MessageKeeper {
  readonly #parts: VoicemailServiceParts;

  constructor(parts: VoicemailServiceParts) {
    this.#parts = parts;
  }

  begin(about: MessageAbout): MessageInHand {
    const { inHand } = this.#parts;
    const id = voicemailId.parse(randomUUID());
    const recording = inHand.begin(id, about);
    return {
      append: recording.append,
      keep: async (whole) => {
        await this.#keep(id, about, whole);
        await recording.remove();
      },
      drop: recording.remove,
    };
  }

  /** At start, before anybody asks: what callers were saying when the hub died becomes a message of its own. */
  async rescue(): Promise<void> {
    const { inHand, store, log } = this.#parts;
    for (const { id, about, oggOpus } of await inHand.leftBehind()) {
      const said = (await store.has(id)) ? null : wholeOf(oggOpus);
      if (said && about) await this.#keep(id, about, said);
      log.info('voicemail: a hub that died left one behind', { voicemailId: id, kept: said !== null });
      await inHand.remove(id);
    }
  }

  /** After somebody was erased, and at start: removes the sound of the person's messages, and tells whoever saw them. */
  async removeErased(): Promise<void> {
    const { store, files, users, log, changed } = this.#parts;
    const ids = await store.toRemove();
    if (ids.length === 0) return;
    try {
      for (const id of ids) {
        await files.remove(id);
        await store.removed(id);
      }
    } catch (error) {
      // The messages are gone for everybody; their sound goes at the next erasure or start.
      log.error('voicemail: the sound of an erased person cannot be removed', { error });
    }
    changed(users.all());
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

  /** The sound first, then the row: a crash between leaves a file that nobody shows, never a message without sound. */
  async #keep(
    id: VoicemailId,
    about: MessageAbout,
    { durationMs, oggOpus }: { durationMs: number; oggOpus: Uint8Array },
  ): Promise<void> {
    const { files, store, log, changed } = this.#parts;
    const { callerNumber, callerName, leftAtMs } = about;
    const mailbox = this.#mailboxOf(about.mailbox);
    await files.write(id, oggOpus);
    if (!(await store.add({ id, ...mailbox, callerNumber, callerName, leftAtMs, durationMs }))) {
      await files.remove(id);
      log.info('voicemail: not kept, since its caller was erased meanwhile', { voicemailId: id });
      return;
    }
    log.info('voicemail: kept', { voicemailId: id, bytes: oggOpus.length });
    changed(this.#audienceOf(mailbox));
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
      projectIds: this.#parts.projects.mailboxesOf(user.userId),
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

/** A recording that was cut off, made whole; null where next to nothing was said. */
function wholeOf(cutOff: Uint8Array): { durationMs: number; oggOpus: Uint8Array } | null {
  try {
    const { packets, durationMs } = readOggOpus(cutOff);
    if (durationMs < shortestRescuedMs) return null;
    const writer = new OggOpusWriter(0);
    for (const { bytes } of packets) writer.add(bytes);
    return { durationMs: Math.round(durationMs), oggOpus: writer.finish() };
  } catch (error) {
    if (error instanceof NotOggOpus) return null;
    throw error;
  }
}
