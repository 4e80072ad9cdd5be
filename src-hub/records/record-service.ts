// Everything that happens to records, notes and reported calls at the hub: what desktops push, REST and the admin window
// come through here alike, each in one transaction with its history and its stamp for those who pull.
import { randomUUID } from 'node:crypto';
import {
  type CallId,
  type NoteId,
  type ProjectId,
  type RecordId,
  recordId,
  type UserId,
} from '#shared/domain/ids.ts';
import type { RecordChanges, RecordContent, WholeRecord } from '#shared/domain/record.ts';
import { type MadeChange, mergeChange } from '#shared/domain/record-merge.ts';
import type { CallReport, RecordNote, SyncScope } from '#shared/hub/sync-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Actor } from '../audit/audit-store.ts';
import type { HubClock } from '../hub-clock.ts';
import { type StampedChange, stampChanges } from '../sync/sync-stamp-store.ts';
import type { ErasureStore } from './erasure-store.ts';
import type { NoteStore } from './note-store.ts';
import { readRecordNumber, readRecordNumbers } from './record-number.ts';
import type { NumbersChanged, RecordHappenings } from './record-ports.ts';
import { asRefusals, changedMeanwhile, externalIdTaken, idTaken, noSuchRecord } from './record-refusals.ts';
import { contentOf, differences, withoutNul } from './record-rows.ts';
import type { RecordStore, RecordsDatabase } from './record-store.ts';
import type { SyncedCallStore } from './synced-call-store.ts';

export interface RecordServiceParts {
  readonly store: RecordStore;
  readonly notes: NoteStore;
  readonly calls: SyncedCallStore;
  readonly erasure: ErasureStore;
  /** Written in the same transaction, for the automations. */
  readonly happened: RecordHappenings;
  readonly clock: HubClock;
  /** In which a number without its country code is read (ISO 3166); null where nobody can know. */
  countryOf(projectId: ProjectId | null): Parameters<typeof readRecordNumbers>[1];
  /** Those that take calls. */
  isProject(projectId: ProjectId): boolean;
  isUser(userId: UserId): boolean;
  readonly numbersChanged: NumbersChanged;
  /** Somebody was erased: sound that the person left is to go. */
  erased(): Promise<void>;
}

export interface ChangeOptions {
  /** A transaction to work in; without it, one of its own. */
  readonly within?: RecordsDatabase;
  /** Whether whoever asks may see what belongs there; all may where it is left out. */
  readonly sees?: (projectId: ProjectId | null) => boolean;
}

type NamedByCall = Pick<CallReport, 'recordId' | 'customerId'>;

export type ChangeResult =
  | { readonly applied: WholeRecord }
  /** Nothing was changed: `theirs` is the record as it is. */
  | { readonly conflict: readonly string[]; readonly theirs: WholeRecord };

export class RecordService {
  readonly #parts: RecordServiceParts;

  constructor(parts: RecordServiceParts) {
    this.#parts = parts;
  }

  /** @throws CommandFailed 'noSuchRecord', also where the asker may not see it. */
  async get(id: RecordId, options: ChangeOptions = {}): Promise<WholeRecord> {
    const record = await this.#parts.store.find(id, options.within);
    if (!record || !sees(options, record.projectId)) throw noSuchRecord();
    return record;
  }

  /**
   * @param id made by whoever wrote it, or null for a new one.
   * @throws CommandFailed 'externalIdTaken', 'idTaken', 'notAllowed' (the asker is no member), 'noSuchProject',
   * 'noSuchUser' (the owner).
   */
  async create(
    actor: Actor,
    id: RecordId | null,
    content: RecordContent,
    options: ChangeOptions = {},
  ): Promise<WholeRecord> {
    const { store, clock } = this.#parts;
    this.#require(content, null, options);
    const nowMs = clock.nowMs();
    const record: WholeRecord = {
      ...this.#normalised(content),
      id: id ?? recordId.parse(randomUUID()),
      version: 1,
      createdAtMs: nowMs,
      changedAtMs: nowMs,
    };
    await asRefusals(() =>
      store.inTransaction(options.within, async (db) => {
        await requireFreeExternalId(store, record, db);
        if (await store.find(record.id, db)) throw idTaken();
        await store.add(db, record, { actor, what: 'create', changes: null });
        await this.#parts.happened.recordsCreated(db, actor, [record]);
        await stampChanges(db, [{ entity: 'record', id: record.id, scope: record.projectId }]);
      }),
    );
    return record;
  }

  /**
   * @param made laid over the record as it is; see domain/record-merge.ts.
   * @param seenVersion where it is given, another version than this is refused and nothing merged.
   * @throws CommandFailed 'noSuchRecord', 'changedMeanwhile', and as `create`.
   */
  async change(
    actor: Actor,
    id: RecordId,
    made: MadeChange,
    options: ChangeOptions & { readonly seenVersion?: number } = {},
  ): Promise<ChangeResult> {
    const { store, clock } = this.#parts;
    return await asRefusals(() =>
      store.inTransaction(options.within, async (db): Promise<ChangeResult> => {
        const now = await store.findToChange(id, db);
        if (!now || !sees(options, now.projectId)) throw noSuchRecord();
        if (options.seenVersion !== undefined && options.seenVersion !== now.version)
          throw changedMeanwhile();
        const before = contentOf(now);
        const { content, clashes } = mergeChange(before, this.#normalisedChange(now, made));
        if (clashes.length > 0) return { conflict: clashes, theirs: now };
        const changes = differences(before, content);
        if (changes.length === 0) return { applied: now };
        this.#require(content, before, options);
        const record: WholeRecord = {
          ...content,
          id,
          version: now.version + 1,
          createdAtMs: now.createdAtMs,
          changedAtMs: clock.nowMs(),
        };
        if (record.externalId !== now.externalId) await requireFreeExternalId(store, record, db);
        await store.replace(db, record, { actor, what: 'change', changes });
        if (record.numbers[0]?.number !== now.numbers[0]?.number) {
          await this.#parts.numbersChanged(db, [id]);
        }
        await stampChanges(db, [{ ...moved(now.projectId, record.projectId), entity: 'record', id }]);
        return { applied: record };
      }),
    );
  }

  /**
   * Once per note: a second time it is left as it is.
   * @throws CommandFailed 'noSuchRecord'
   */
  async addNote(
    actor: Actor,
    note: Omit<RecordNote, 'authorId' | 'authorName'>,
    options: ChangeOptions = {},
  ): Promise<RecordNote> {
    const { store, notes } = this.#parts;
    const whole: RecordNote = { ...withoutNul(note), authorId: actor.id as UserId, authorName: actor.name };
    await store.inTransaction(options.within, async (db) => {
      const record = await store.findToChange(note.recordId, db);
      if (!record || !sees(options, record.projectId)) throw noSuchRecord();
      if (!(await notes.add(db, whole))) return;
      await stampChanges(db, [{ entity: 'note', id: note.id, scope: record.projectId }]);
    });
    return whole;
  }

  /**
   * As `addNote` for each, in a few statements for all.
   * @param options.within their transaction.
   * @returns in their order why one could not be added; null where it is there.
   */
  async addNotes(
    actor: Actor,
    all: readonly Omit<RecordNote, 'authorId' | 'authorName'>[],
    options: ChangeOptions & { readonly within: RecordsDatabase },
  ): Promise<(CommandFailed | null)[]> {
    const { store, notes } = this.#parts;
    const { within: db } = options;
    const scopes = await store.scopesToChange([...new Set(all.map(({ recordId: id }) => id))], db);
    const scopeOf = ({ recordId: id }: Pick<RecordNote, 'recordId'>) => {
      const scope = scopes.get(id);
      return scope !== undefined && sees(options, scope) ? scope : undefined;
    };
    const author = { authorId: actor.id as UserId, authorName: actor.name };
    const whole = all.flatMap((note) =>
      scopeOf(note) === undefined ? [] : [{ ...withoutNul(note), ...author }],
    );
    const added = await notes.addAll(db, whole);
    await stampChanges(
      db,
      whole.flatMap((note): StampedChange[] =>
        // Of two of one id the first was added.
        added.delete(note.id) ? [{ entity: 'note', id: note.id, scope: scopeOf(note) ?? null }] : [],
      ),
    );
    return all.map((note) => (scopeOf(note) === undefined ? noSuchRecord() : null));
  }

  /**
   * What a desktop says of a call; a later word replaces an earlier. A record that is not there (any more), or that the
   * asker may not see, is left out of it: the call counts all the same. About somebody who was erased it counts without
   * number, name and notes.
   * @throws CommandFailed 'notAllowed' where the call is another user's.
   */
  async reportCall(user: Actor, call: CallReport, options: ChangeOptions = {}): Promise<void> {
    const { store, calls, erasure, isProject } = this.#parts;
    const projectId = call.projectId !== null && isProject(call.projectId) ? call.projectId : null;
    await store.inTransaction(options.within, async (db) => {
      await erasure.beside(db);
      const before = await calls.before(call.callId, db);
      if (before && before.userId !== user.id) {
        throw new CommandFailed('notAllowed', 'This call is another user’s. Nothing was changed.');
      }
      const known = await this.#ofCall(call, db, options);
      const whole = {
        ...withoutNul(call),
        ...known,
        projectId,
        userId: user.id as UserId,
        userName: user.name,
      };
      const emptied = before?.emptied === true || (await this.#isOfErased(db, whole, call));
      await calls.put(db, whole, { emptied });
      if (!emptied) await this.#parts.happened.callReported(db, whole, before);
      if (emptied && call.sipCallId !== null) await erasure.emptyRouted(db, [call.sipCallId]);
      const place = before ? moved(before.projectId, projectId) : { scope: projectId };
      await stampChanges(db, [
        { ...place, entity: 'call', id: call.callId },
        ...(emptied ? emptiedEverywhere({ callId: call.callId, projectId }) : []),
      ]);
    });
  }

  /**
   * For good: the record, its notes, its history, messages that the person left, and what calls say of it. Calls stay,
   * without number and name, also those that are reported later.
   * @throws CommandFailed 'noSuchRecord'
   */
  async erase(
    actor: Actor,
    id: RecordId,
    options: ChangeOptions & { readonly seenVersion?: number } = {},
  ): Promise<void> {
    const { store, erasure, clock } = this.#parts;
    await store.inTransaction(options.within, async (db) => {
      await erasure.alone(db);
      const record = await store.findToChange(id, db);
      if (!record || !sees(options, record.projectId)) throw noSuchRecord();
      if (options.seenVersion !== undefined && options.seenVersion !== record.version)
        throw changedMeanwhile();
      const gone = await erasure.erase(db, record, actor, clock.nowMs());
      const erased = { scope: record.projectId, gone: 'erased' as const };
      await stampChanges(db, [
        ...gone.noteIds.map((noteId: NoteId) => ({ ...erased, entity: 'note' as const, id: noteId })),
        ...gone.calls.flatMap(({ callId, projectId }) => [
          { entity: 'call' as const, id: callId, scope: projectId },
          ...emptiedEverywhere({ callId, projectId }),
        ]),
        { ...erased, entity: 'record', id },
        // To every desktop, also those that had closed the project before, and still have what they told of it.
        { ...erased, entity: 'record', id, scope: null },
      ]);
    });
    if (!options.within) await this.wipeFreed();
  }

  /** Whoever erased within a transaction of theirs asks for it after the commit: bytes leave the write-ahead log, sound goes. */
  async wipeFreed(): Promise<void> {
    await this.#parts.erasure.wipeFreed();
    await this.#parts.erased();
  }

  async #isOfErased(db: RecordsDatabase, known: NamedByCall, call: CallReport): Promise<boolean> {
    const { erasure, countryOf } = this.#parts;
    const country = countryOf(call.projectId);
    const written = [call.number, call.redirectedFrom].filter((each) => each !== null);
    return await erasure.isOfErased(db, {
      call,
      unknownIds: [
        ...(known.recordId === null && call.recordId !== null ? [call.recordId] : []),
        ...(known.customerId === null && call.customerId !== null ? [call.customerId] : []),
      ],
      numbers: [...new Set(written.flatMap((each) => [each, readRecordNumber(each, country).number]))],
    });
  }

  async #ofCall(call: CallReport, db: RecordsDatabase, options: ChangeOptions): Promise<NamedByCall> {
    const known = async (id: RecordId | null): Promise<RecordId | null> => {
      const record = id === null ? null : await this.#parts.store.find(id, db);
      return record && sees(options, record.projectId) ? id : null;
    };
    return { recordId: await known(call.recordId), customerId: await known(call.customerId) };
  }

  /** What stays as it was is not looked at: a project may have been removed since. */
  #require(content: RecordContent, before: RecordContent | null, options: ChangeOptions): void {
    const { projectId, ownerId } = content;
    const { isProject, isUser } = this.#parts;
    if (projectId !== before?.projectId) {
      if (!sees(options, projectId)) {
        throw new CommandFailed('notAllowed', 'You do not belong to this project. Nothing was changed.');
      }
      if (projectId !== null && !isProject(projectId)) {
        throw new CommandFailed('noSuchProject', 'There is no such project. Nothing was changed.');
      }
    }
    if (ownerId !== null && ownerId !== before?.ownerId && !isUser(ownerId)) {
      throw new CommandFailed('noSuchUser', 'There is no such user to own it. Nothing was changed.');
    }
  }

  #normalised(content: RecordContent): RecordContent {
    const country = this.#parts.countryOf(content.projectId);
    return withoutNul({ ...content, numbers: readRecordNumbers(content.numbers, country) });
  }

  #normalisedChange(now: WholeRecord, { before, changes }: MadeChange): MadeChange {
    const country = this.#parts.countryOf(
      changes.projectId === undefined ? now.projectId : changes.projectId,
    );
    const normalised = (part: RecordChanges): RecordChanges =>
      withoutNul(part.numbers ? { ...part, numbers: readRecordNumbers(part.numbers, country) } : part);
    return { before: normalised(before), changes: normalised(changes) };
  }
}

function moved(from: SyncScope, to: SyncScope): { scope: SyncScope; formerScope?: SyncScope } {
  return from === to ? { scope: to } : { scope: to, formerScope: from };
}

/** A desktop keeps its own calls whatever it has open; what belongs to nobody, all desktops pull. */
function emptiedEverywhere({ callId, projectId }: { callId: CallId; projectId: SyncScope }): StampedChange[] {
  return projectId === null ? [] : [{ entity: 'call', id: callId, scope: null, gone: 'emptied' }];
}

function sees({ sees: asked }: ChangeOptions, projectId: ProjectId | null): boolean {
  return asked === undefined || asked(projectId);
}

async function requireFreeExternalId(
  store: RecordStore,
  record: WholeRecord,
  db: RecordsDatabase,
): Promise<void> {
  if (record.externalId === null) return;
  const holder = await store.idOfExternal(record.externalId, db);
  if (holder !== null && holder !== record.id) throw externalIdTaken();
}
