// Records as people work with them: lists, a record's page, making and changing them, notes; with or without the hub.
// Whatever is written is on disk with its place in the outbox, in one transaction, before the answer. Called by
// records-handlers.ts, and by Save through call-records.ts.

import type { CountryCode } from 'libphonenumber-js';
import type { z } from 'zod';
import type {
  ListName,
  ListSettings,
  RecordPage,
  RecordRow,
  recordsCommands,
  UnsavedText,
} from '#shared/desktop/records-contract.ts';
import { type NoteId, noteId, type RecordId, recordId } from '#shared/domain/ids.ts';
import { type RecordContent, recordName } from '#shared/domain/record.ts';
import type { MadeChange } from '#shared/domain/record-merge.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Agent } from '../calls/call-desk-ports.ts';
import type { Clock } from '../calls/clock.ts';
import { refuseDiskTrouble } from '../database/database-errors.ts';
import { formatNumber, parseDialTarget } from '../directory/phone-number.ts';
import type { ListSettingsStore } from './list-settings-store.ts';
import type { NoteStore } from './note-store.ts';
import { recordsWithNumber } from './number-lookup.ts';
import type { ReaderThread } from './reader-thread.ts';
import type { RecordChanges } from './record-changes.ts';
import type { ShownRow } from './record-lists.ts';
import { pageLists, type RecordPageParts } from './record-page.ts';
import type { KnownRecord, RecordStore } from './record-store.ts';
import type { RecordWriting } from './record-writing.ts';
import type { Names, RecordOutbox } from './records-ports.ts';
import type { UnsavedStore } from './unsaved-store.ts';

export interface RecordsParts extends Omit<RecordPageParts, 'callState'> {
  readonly store: RecordStore;
  readonly notes: NoteStore;
  readonly listSettings: ListSettingsStore;
  readonly unsaved: UnsavedStore;
  readonly reader: Pick<ReaderThread, 'list' | 'choices'>;
  readonly changes: RecordChanges;
  readonly writing: RecordWriting;
  readonly outbox: RecordOutbox;
  readonly names: Names;
  readonly agent: Agent;
  readonly country: () => CountryCode;
  readonly clock: Clock;
  /** A new UUID. */
  readonly newId: () => string;
}

type ListRequest = z.output<(typeof recordsCommands)['records.list']['request']>;

const usualColumns: Readonly<Record<ListName, ListSettings['columns']>> = {
  leads: ['number', 'email', 'city', 'project', 'owner', 'tags', 'changedAt', 'lastCallAt'],
  contacts: ['kind', 'number', 'email', 'city', 'owner', 'tags', 'changedAt', 'lastCallAt'],
};
const mostChoices = 500;

export class RecordsService {
  readonly #parts: RecordsParts;

  constructor(parts: RecordsParts) {
    this.#parts = parts;
  }

  async list(request: ListRequest): Promise<{ rows: RecordRow[]; total: number }> {
    const { reader, changes, country, agent } = this.#parts;
    if (!agent.current()) return { rows: [], total: 0 };
    const question = { ...request, revision: changes.revision(), country: country() };
    const { rows, total } = await reader.list(question);
    return { rows: rows.map((row) => this.#row(row, row.numberShown)), total };
  }

  async choices(): Promise<{ tags: string[]; owners: { userId: RecordOwner; name: string }[] }> {
    if (!this.#parts.agent.current()) return { tags: [], owners: [] };
    const { tags, ownerIds } = await this.#parts.reader.choices(mostChoices);
    const owners = ownerIds.flatMap((userId) => {
      const name = this.#parts.names.ofUser(userId);
      return name === null ? [] : [{ userId, name }];
    });
    return { tags: [...tags], owners };
  }

  /** @throws CommandFailed 'noSuchRecord' */
  page(id: RecordId): RecordPage {
    const { store, names, outbox, agent, country } = this.#parts;
    const record = agent.current() && store.shown(id);
    if (!record) throw noSuchRecord();
    return {
      record,
      numbersShown: record.numbers.map(({ number }) => formatNumber(number, country())),
      state: store.stateOf(id) ?? 'sent',
      projectName: record.projectId === null ? null : names.ofProject(record.projectId),
      ownerName: record.ownerId === null ? null : names.ofUser(record.ownerId),
      ...pageLists({ ...this.#parts, callState: outbox.callState }, record),
    };
  }

  /** All that have this number, the most recent first. */
  byNumber(number: string): RecordRow[] {
    if (!this.#parts.agent.current()) return [];
    const country = this.#parts.country();
    return recordsWithNumber(this.#parts.store, number, country).map((row) =>
      this.#row(row, row.number === null ? null : formatNumber(row.number, country)),
    );
  }

  /** @throws CommandFailed 'notAMember', 'nameMissing', 'diskFull', 'diskFailed' */
  create(content: RecordContent): RecordPage {
    const normalised = this.#normalised(content);
    if (recordName(normalised) === '')
      throw new CommandFailed(
        'nameMissing',
        'Nothing was saved: the record has no name. Enter a first name, a last name or a company.',
      );
    this.#requireMember(normalised, null);
    const id = recordId.parse(this.#parts.newId());
    this.#write('The record', () => this.#parts.writing.create(id, normalised, {}));
    return this.page(id);
  }

  /** @throws CommandFailed 'noSuchRecord', 'notAMember', 'diskFull', 'diskFailed' */
  change(id: RecordId, made: MadeChange): RecordPage {
    const before = this.#parts.store.shown(id);
    if (!before) throw noSuchRecord();
    const changes = this.#normalised(made.changes);
    this.#requireMember({ ...before, ...changes }, before);
    this.#write('The change', () => this.#parts.writing.change(id, { before: made.before, changes }, {}));
    return this.page(id);
  }

  /** @throws CommandFailed 'noSuchRecord', 'notSignedIn', 'diskFull', 'diskFailed' */
  addNote(id: RecordId, text: string): RecordPage {
    const { store, notes, outbox, agent, clock, changes, newId } = this.#parts;
    if (!store.shown(id)) throw noSuchRecord();
    const author = agent.current();
    if (!author)
      throw new CommandFailed('notSignedIn', 'The note was not saved: nobody is signed in. Sign in first.');
    const note = {
      id: noteId.parse(newId()) satisfies NoteId,
      recordId: id,
      callId: null,
      text,
      writtenAtMs: clock.nowMs(),
    };
    this.#write('The note', () => {
      notes.write({ ...note, authorId: author.userId, authorName: author.displayName }, 'here');
      outbox.add({ kind: 'note.add', note }, {});
      changes.tell([id]);
    });
    return this.page(id);
  }

  listSettings(list: ListName): ListSettings {
    const user = this.#parts.agent.current();
    const kept = user && this.#parts.listSettings.read(user.userId, list);
    return kept ?? { columns: [...usualColumns[list]], filters: [] };
  }

  /** @throws CommandFailed 'diskFull', 'diskFailed' */
  setListSettings(list: ListName, settings: ListSettings): void {
    const user = this.#parts.agent.current();
    if (user) this.#write('The setting', () => this.#parts.listSettings.keep(user.userId, list, settings));
  }

  unsaved(): UnsavedText[] {
    const user = this.#parts.agent.current();
    return user ? this.#parts.unsaved.of(user.userId) : [];
  }

  /** @throws CommandFailed 'diskFull', 'diskFailed' */
  keepUnsaved(text: UnsavedText): void {
    const user = this.#parts.agent.current();
    if (user) this.#write('What you typed', () => this.#parts.unsaved.keep(user.userId, text));
  }

  /** @throws CommandFailed 'diskFull', 'diskFailed' */
  endUnsaved(key: string): void {
    const user = this.#parts.agent.current();
    if (user) this.#write('What you typed', () => this.#parts.unsaved.end(user.userId, key));
  }

  #row(row: KnownRecord | ShownRow, numberShown: string | null): RecordRow {
    const { names } = this.#parts;
    return {
      id: row.id,
      kind: row.kind,
      name: row.name,
      number: row.number,
      numberShown,
      email: row.email,
      city: row.city,
      projectId: row.project_id,
      ownerId: row.owner_id,
      ownerName: row.owner_id === null ? null : names.ofUser(row.owner_id),
      tags: JSON.parse(row.tags) as string[],
      changedAtMs: row.changed_at_ms,
      lastCallAtMs: row.last_call_at_ms,
      state: row.state,
    };
  }

  /** Numbers as they are dialled, where they can be read so: that is how the hub keeps them, too. */
  #normalised<Content extends Partial<RecordContent>>(content: Content): Content {
    if (!content.numbers) return content;
    const country = this.#parts.country();
    const numbers = content.numbers.map((each) => {
      const target = parseDialTarget(each.number, country)?.target;
      return target === undefined || target.startsWith('sip:') ? each : { ...each, number: target };
    });
    return { ...content, numbers };
  }

  #requireMember({ projectId }: Pick<RecordContent, 'projectId'>, before: RecordContent | null): void {
    if (projectId === null || projectId === before?.projectId) return;
    if (this.#parts.names.ofProject(projectId) === null)
      throw new CommandFailed(
        'notAMember',
        'Nothing was saved: you are not in that project. Choose one of your projects.',
      );
  }

  #write(attempt: string, work: () => void): void {
    try {
      this.#parts.store.transaction(work);
    } catch (error) {
      refuseDiskTrouble(error, attempt);
    }
  }
}

type RecordOwner = NonNullable<RecordContent['ownerId']>;

function noSuchRecord(): CommandFailed {
  return new CommandFailed(
    'noSuchRecord',
    'This record is not on this computer any more: it was erased, or moved to a project that is not open here.',
  );
}
