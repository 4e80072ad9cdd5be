// Records page by page, with a cursor that stays good while others write; for REST and the export.
import type { CountryCode } from 'libphonenumber-js';
import { type RecordId, recordId } from '#shared/domain/ids.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import type { RecordNote } from '#shared/hub/sync-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Scope } from '../permissions/scope.ts';
import type { NoteStore } from './note-store.ts';
import type { LoggedChange, RecordFilter, RecordListStore, RecordPlace } from './record-list-store.ts';
import { readRecordNumber } from './record-number.ts';
import type { RecordService } from './record-service.ts';

export interface RecordListParts {
  readonly store: RecordListStore;
  readonly notes: NoteStore;
  readonly records: RecordService;
  /** In which a number is read that is looked for. */
  country(): CountryCode | null;
}

export interface RecordsPage {
  readonly records: readonly WholeRecord[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

export class RecordListService {
  readonly #parts: RecordListParts;

  constructor(parts: RecordListParts) {
    this.#parts = parts;
  }

  /**
   * @param filter its number in any way of writing.
   * @param cursor of the page before; null for the first.
   * @throws CommandFailed 'cursorMalformed'
   */
  async page(filter: RecordFilter, limit: number, cursor: string | null): Promise<RecordsPage> {
    const { store, country } = this.#parts;
    const after = cursor === null ? null : placeOf(cursor);
    const number =
      filter.number === undefined ? undefined : readRecordNumber(filter.number, country()).number;
    const found = await store.list({ ...filter, number, after, limit });
    const records = found.slice(0, limit);
    const last = records.at(-1);
    return { records, nextCursor: found.length > limit && last ? cursorOf(last) : null };
  }

  /**
   * By number in any way of writing first, then anywhere in names, e-mails and city; the last changed first.
   * @param scope what the asker may see: records of other projects are not found.
   */
  async find(text: string, limit: number, scope: Scope): Promise<WholeRecord[]> {
    const { store, country } = this.#parts;
    const { number } = readRecordNumber(text, country());
    const seenFrom = scope === 'all' ? undefined : [...scope.projectIds];
    const withNumber = number === '' ? [] : await store.withNumber(number, limit, seenFrom);
    const known = new Set(withNumber.map(({ id }) => id));
    const withText = await store.withText(text, limit, seenFrom);
    return [...withNumber, ...withText.filter(({ id }) => !known.has(id))].slice(0, limit);
  }

  /** Newest first. @throws CommandFailed 'noSuchRecord' */
  async notesOf(id: RecordId): Promise<RecordNote[]> {
    await this.#parts.records.get(id);
    return await this.#parts.notes.ofRecord(id);
  }

  /** Newest first. @throws CommandFailed 'noSuchRecord' */
  async changesOf(id: RecordId): Promise<LoggedChange[]> {
    await this.#parts.records.get(id);
    return await this.#parts.store.changesOf(id);
  }
}

function cursorOf({ changedAtMs, id }: RecordPlace): string {
  return Buffer.from(`${changedAtMs} ${id}`, 'utf8').toString('base64url');
}

function placeOf(cursor: string): RecordPlace {
  const [, changedAtMs, id] =
    /^(\d{1,16}) (.+)$/s.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  const parsed = recordId.safeParse(id);
  if (changedAtMs === undefined || !parsed.success) {
    throw new CommandFailed('cursorMalformed', 'This cursor is none of ours. Begin again without one.');
  }
  return { changedAtMs: Number(changedAtMs), id: parsed.data };
}
