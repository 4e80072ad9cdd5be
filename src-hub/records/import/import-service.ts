// Imports of records: a file is uploaded, looked at as often as wished, started, and taken in batches while calls go on.
// One runs at a time; one that was running when the hub ended goes on at its next start, with the row that was next.
import { randomUUID } from 'node:crypto';
import Papa from 'papaparse';
import type {
  ImportPreview,
  ImportProblem,
  ImportSettings,
  RecordImport,
} from '#shared/admin/records-contract.ts';
import { assertNever } from '#shared/domain/assert-never.ts';
import type { CustomField } from '#shared/domain/call-form.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { UserDirectory } from '../../accounts/user-directory.ts';
import type { Actor } from '../../audit/audit-store.ts';
import type { BackgroundWork } from '../../background-work.ts';
import type { CallFormService } from '../../call-forms/call-form-service.ts';
import type { CompanyChanges } from '../../company-changes.ts';
import { byteOrderMark, formulaStart } from '../../csv/csv-cells.ts';
import type { HubClock } from '../../hub-clock.ts';
import type { HubLog } from '../../hub-log.ts';
import { InTurn } from '../../in-turn.ts';
import type { RecordServiceParts } from '../record-service.ts';
import type { ImportBatchStore } from './import-batch-store.ts';
import { recognised, repeatable } from './import-columns.ts';
import type { ImportFiles } from './import-files.ts';
import { type ReadRow, type RowReading, readRow } from './import-row.ts';
import type { ImportStore, StoredImport } from './import-store.ts';
import { decoded, rowsOf, separatorOf } from './import-text.ts';

export interface ImportServiceParts extends Pick<RecordServiceParts, 'countryOf' | 'isProject' | 'isUser'> {
  readonly store: ImportStore;
  readonly batches: ImportBatchStore;
  readonly files: ImportFiles;
  readonly forms: Pick<CallFormService, 'formOf'>;
  readonly users: Pick<UserDirectory, 'all'>;
  readonly changes: CompanyChanges;
  readonly clock: HubClock;
  readonly background: BackgroundWork;
  readonly log: HubLog;
}

/** 100,000 rows with all that a record has are some 30 MB. */
export const mostBytes = 200_000_000;
export const mostRows = 1_000_000;
/** In one transaction: each waits for the disk once. */
const rowsAtOnce = 1_000;
const mostShown = 100;
const firstRowsShown = 20;
const tellEveryMs = 500;
const keptForMs = 24 * 3_600_000;
const tidyEveryMs = 3_600_000;

interface Upload {
  readonly fileName: string;
  readonly bytes: number;
  readonly actor: Actor;
}

export class ImportService {
  readonly #parts: ImportServiceParts;
  readonly #turns = new InTurn<string>();
  readonly #uploads = new Map<string, Upload>();
  #stopping = false;
  #toldAtMs = 0;
  #callOffTidying: () => void = () => undefined;

  constructor(parts: ImportServiceParts) {
    this.#parts = parts;
  }

  /** Goes on with what was running, and removes what nobody came back to, from then on every hour. */
  async load(): Promise<void> {
    const { store, files } = this.#parts;
    await files.prepare();
    for (const { view } of await store.all()) if (view.state === 'running') this.#run(view.id);
    await this.#tidy();
    this.#tidyLater();
  }

  /** What runs stops after the rows it is at. */
  close(): void {
    this.#stopping = true;
    this.#callOffTidying();
  }

  async list(): Promise<RecordImport[]> {
    return (await this.#parts.store.all()).map(({ view }) => view);
  }

  /** @throws CommandFailed 'noSuchImport' */
  async get(id: string): Promise<RecordImport> {
    return (await this.#require(id)).view;
  }

  /** @throws CommandFailed 'tooLarge' */
  async begin(actor: Actor, fileName: string, bytes: number): Promise<string> {
    if (bytes > mostBytes) throw tooLarge();
    await this.#tidy();
    const id = randomUUID();
    this.#uploads.set(id, { fileName, bytes, actor });
    return id;
  }

  /** @returns the import with the last piece, null before. @throws CommandFailed as 'admin.recordImports.addPiece' */
  addPiece(id: string, offset: number, piece: Uint8Array): Promise<RecordImport | null> {
    return this.#turns.run(id, async () => {
      const upload = this.#uploads.get(id);
      if (!upload) throw noSuchImport();
      if (offset + piece.length > upload.bytes || !(await this.#parts.files.append(id, offset, piece))) {
        throw new CommandFailed(
          'pieceMissing',
          'This piece does not follow the one before. Upload the file again.',
        );
      }
      if (offset + piece.length < upload.bytes) return null;
      this.#uploads.delete(id);
      return await this.#uploaded(id, upload);
    });
  }

  /** The whole of a file at once. @throws CommandFailed as `addPiece` */
  async upload(actor: Actor, fileName: string, bytes: Uint8Array): Promise<RecordImport> {
    const id = await this.begin(actor, fileName, bytes.length);
    const made = await this.addPiece(id, 0, bytes);
    if (!made) throw new Error('An upload was whole and is not there');
    return made;
  }

  /** @param wanted null: as the header is understood. @throws CommandFailed as 'admin.recordImports.preview' */
  async preview(id: string, wanted: ImportSettings | null): Promise<ImportPreview> {
    const { view } = await this.#require(id);
    if (view.state !== 'uploaded') throw alreadyStarted();
    const settings = this.#understood(view.header, wanted);
    const reading = { ...this.#reading(view, settings), onlyLooking: true };
    const firstRows: string[][] = [];
    const problems: ImportProblem[] = [];
    let badRows = 0;
    for await (const rows of this.#rowsOf(view)) {
      for (const row of rows) {
        if (firstRows.length < firstRowsShown && !row.quoteOpen) firstRows.push([...row.cells]);
        const read = readRow(row, reading);
        if (read.given === null) badRows += 1;
        if (problems.length < mostShown) problems.push(...read.problems);
      }
    }
    return { import: view, settings, firstRows, problems: problems.slice(0, mostShown), badRows };
  }

  /** @throws CommandFailed as 'admin.recordImports.start' */
  start(id: string, settings: ImportSettings): Promise<RecordImport> {
    return this.#turns.run(id, async () => {
      const { view } = await this.#require(id);
      if (view.state === 'running' || view.state === 'done') throw alreadyStarted();
      // It failed, and nobody came back to it in time.
      if (!(await this.#parts.files.has(id))) throw noSuchImport();
      // What has begun goes on as it began.
      const counted = view.rowsDone > 0 && view.settings ? view.settings : settings;
      this.#requireGood(view, counted);
      await this.#parts.store.begin(id, counted);
      this.#run(id);
      return await this.get(id);
    });
  }

  /** With a byte order mark, by which spreadsheets know UTF-8. @throws CommandFailed 'noSuchImport' */
  async problemsCsv(id: string): Promise<string> {
    await this.#require(id);
    const problems = await this.#parts.store.problems(id);
    const fields = ['row', 'column', 'reason', 'message'];
    const data = problems.map(({ row, column, reason, message }) => [row, column ?? '', reason, message]);
    return byteOrderMark + Papa.unparse({ fields, data }, { escapeFormulae: formulaStart });
  }

  /** @throws CommandFailed 'noSuchImport' */
  async remove(id: string): Promise<void> {
    if (!this.#uploads.delete(id)) await this.#require(id);
    await this.#parts.store.remove(id);
    await this.#parts.files.remove(id);
    this.#parts.changes.tell('records');
  }

  async #require(id: string): Promise<StoredImport> {
    const found = await this.#parts.store.find(id);
    if (!found) throw noSuchImport();
    return found;
  }

  async #uploaded(id: string, { fileName, actor }: Upload): Promise<RecordImport> {
    const { files, store, clock, changes } = this.#parts;
    try {
      const { text, encoding } = decoded(await files.read(id));
      const separator = separatorOf(text);
      let header: readonly string[] | null = null;
      let rows = 0;
      for await (const part of rowsOf(text, separator)) {
        header ??= part[0]?.cells ?? null;
        rows += part.length;
      }
      const names = header?.map((cell) => cell.trim()) ?? [];
      rows -= 1;
      requireGoodFile(names, rows);
      const view: RecordImport = {
        ...{ id, fileName, encoding, separator, rows, header: names },
        ...{ madeAtMs: clock.nowMs(), madeBy: actor.name, state: 'uploaded', settings: null },
        ...{ rowsDone: 0, created: 0, updated: 0, bad: 0, endedAtMs: null, reason: null },
      };
      await store.add({ view, actor });
      changes.tell('records');
      return view;
    } catch (error) {
      await files.remove(id);
      throw error;
    }
  }

  #understood(header: readonly string[], wanted: ImportSettings | null): ImportSettings {
    if (wanted && wanted.columns.length > 0) return wanted;
    const settings = wanted ?? ({ kind: 'contact', projectId: null, ownerId: null } as const);
    return { ...settings, columns: recognised(header, this.#ownFields(settings.projectId)) };
  }

  #ownFields(projectId: ImportSettings['projectId']): CustomField[] {
    return projectId === null ? [] : this.#parts.forms.formOf(projectId).customFields;
  }

  #reading(view: RecordImport, settings: ImportSettings): RowReading {
    const { users, countryOf } = this.#parts;
    const { projectId } = settings;
    const fields = this.#ownFields(projectId);
    const byName = users.all().map(({ username, userId }) => [username.toLowerCase(), userId] as const);
    return {
      settings,
      header: view.header,
      fields: new Map(fields.map((field) => [field.key, field])),
      country: countryOf(projectId),
      onlyLooking: false,
      users: new Map(byName),
    };
  }

  /** Without the header. */
  async *#rowsOf(view: RecordImport) {
    const { text } = decoded(await this.#parts.files.read(view.id));
    let isFirst = true;
    for await (const rows of rowsOf(text, view.separator)) {
      const body = isFirst ? rows.slice(1) : rows;
      if (rows.length > 0) isFirst = false;
      if (body.length > 0) yield body;
    }
  }

  #run(id: string): void {
    const { background } = this.#parts;
    background.run(
      'importing records',
      this.#turns.run('running', () => this.#import(id)),
    );
  }

  async #import(id: string): Promise<void> {
    const { store, files, log, clock, changes } = this.#parts;
    const found = await store.find(id);
    if (found?.view.state !== 'running' || this.#stopping) return;
    const fromRow = found.view.rowsDone;
    try {
      const isWhole = await this.#takeRows(found);
      if (!isWhole) return;
      const now = await store.find(id);
      if (!now) return;
      await store.end(now, clock.nowMs());
      await files.remove(id);
      const { rows, created, updated, bad } = now.view;
      log.info('records: an import is done', { rows, created, updated, bad });
    } catch (error) {
      log.error('records: an import failed', { fromRow, error });
      const reason =
        'Something in the hub failed; it is in its log. What is in stays in. Start it again to go on.';
      await store.fail(id, reason, clock.nowMs());
    }
    changes.tell('records');
  }

  /** @returns false where it was ended before its end: removed, or the hub closes. */
  async #takeRows({ view, actor }: StoredImport): Promise<boolean> {
    const { settings } = view;
    if (!settings) return false;
    const reading = this.#reading(view, settings);
    const { batches, clock, store } = this.#parts;
    let toSkip = view.rowsDone;
    let waiting: ReadRow[] = [];
    let writing: Promise<unknown> = Promise.resolve();
    const take = async (): Promise<boolean> => {
      // What failed there is thrown here.
      await writing;
      if (this.#stopping || !(await store.find(view.id))) return false;
      writing = batches.write({ importId: view.id, actor, settings, rows: waiting, atMs: clock.nowMs() });
      // It is thrown where it is waited for; rows may be read until then.
      writing.catch(() => undefined);
      waiting = [];
      if (!batches.waitsForServer) await writing;
      this.#tell();
      return true;
    };
    try {
      for await (const part of this.#rowsOf(view)) {
        const rows = part.slice(Math.min(toSkip, part.length));
        toSkip -= part.length - rows.length;
        for (const row of rows) {
          waiting.push(readRow(row, reading));
          if (waiting.length === rowsAtOnce && !(await take())) return false;
        }
      }
      if (waiting.length > 0 && !(await take())) return false;
      await writing;
      return true;
    } finally {
      // Where reading failed, what is under way is not left behind.
      await Promise.allSettled([writing]);
    }
  }

  #tell(): void {
    const nowMs = this.#parts.clock.nowMs();
    if (nowMs - this.#toldAtMs < tellEveryMs) return;
    this.#toldAtMs = nowMs;
    this.#parts.changes.tell('records');
  }

  #requireGood({ header }: RecordImport, { columns, projectId, ownerId }: ImportSettings): void {
    const { isProject, isUser } = this.#parts;
    const refuse = (reason: string, message: string): never => {
      throw new CommandFailed(reason, `${message} Nothing was imported.`);
    };
    if (columns.length !== header.length) refuse('columnMissing', 'Say of each column what it is.');
    const named = columns.flatMap((target) => target ?? []);
    const twice = named.find((target, place) => named.indexOf(target) !== place && !repeatable.has(target));
    if (twice) refuse('columnTwice', `Two columns are meant to be ${twice}.`);
    if (named.length === 0) refuse('columnMissing', 'No column is anything of a record.');
    if (projectId !== null && !isProject(projectId)) refuse('noSuchProject', 'There is no such project.');
    if (ownerId !== null && !isUser(ownerId)) refuse('noSuchUser', 'There is no such user.');
    const own = this.#ownFields(projectId).map(({ key }) => `fields.${key}`);
    const unknown = named.find((target) => target.startsWith('fields.') && !own.includes(target));
    if (unknown) refuse('noSuchField', `The project has no field ${unknown.slice('fields.'.length)}.`);
  }

  #tidyLater(): void {
    const { background, clock } = this.#parts;
    this.#callOffTidying = clock.after(tidyEveryMs, () => {
      if (this.#stopping) return;
      background.run('removing the files of imports', this.#tidy());
      this.#tidyLater();
    });
  }

  /**
   * Files name people, and people are erased: one is kept while its import runs, and otherwise for a day in which somebody
   * may finish its upload, start it, or go on with it where it failed.
   */
  async #tidy(): Promise<void> {
    const { store, files, clock } = this.#parts;
    const untilMs = clock.nowMs() - keptForMs;
    for (const { id, writtenAtMs } of await files.list()) {
      await this.#turns.run(id, async () => {
        const view = (await store.find(id))?.view ?? null;
        if (!isOver(view, writtenAtMs, untilMs)) return;
        this.#uploads.delete(id);
        if (view?.state === 'uploaded') await store.remove(id);
        await files.remove(id);
      });
    }
  }
}

/** @param view null while it is being uploaded, and where it was removed. */
function isOver(view: RecordImport | null, writtenAtMs: number, untilMs: number): boolean {
  if (view === null) return writtenAtMs < untilMs;
  const { state } = view;
  switch (state) {
    case 'uploaded':
      return view.madeAtMs < untilMs;
    case 'failed':
      return (view.endedAtMs ?? view.madeAtMs) < untilMs;
    case 'running':
      return false;
    case 'done':
      return true;
    default:
      return assertNever(state);
  }
}

function requireGoodFile(header: readonly string[], rows: number): void {
  if (rows < 1) {
    throw new CommandFailed('fileEmpty', 'The file holds no rows below its header. Nothing was imported.');
  }
  if (header.length > 500 || header.some((cell) => cell.includes('\0'))) {
    throw new CommandFailed('fileMalformed', 'This is no CSV file, or it is damaged. Nothing was imported.');
  }
  if (rows > mostRows) {
    throw new CommandFailed('tooManyRows', `At most ${mostRows} rows are taken at once. Split the file.`);
  }
}

function tooLarge(): CommandFailed {
  return new CommandFailed(
    'tooLarge',
    `At most ${mostBytes / 1_000_000} MB are taken at once. Split the file.`,
  );
}

function noSuchImport(): CommandFailed {
  return new CommandFailed('noSuchImport', 'There is no such import (any more). Upload the file again.');
}

function alreadyStarted(): CommandFailed {
  return new CommandFailed('alreadyStarted', 'This import has been started already. Nothing was changed.');
}
