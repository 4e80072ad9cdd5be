// Imports from CSV as jobs, of records and of orders alike: a file is uploaded, looked at as often as wished, started, and
// taken in batches while calls go on. One of a kind runs at a time; one that was running when the hub ended goes on at its
// next start, with the row that was next. What a row is, and how it is written, says the kind. Longer than most: it is the
// whole life of a job.
import { randomUUID } from 'node:crypto';
import Papa from 'papaparse';
import type { ImportProblem } from '#shared/admin/import-contract.ts';
import { assertNever } from '#shared/domain/assert-never.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Actor } from '../audit/audit-store.ts';
import type { BackgroundWork } from '../background-work.ts';
import type { CompanyChanges } from '../company-changes.ts';
import { byteOrderMark, formulaStart } from '../csv/csv-cells.ts';
import type { HubClock } from '../hub-clock.ts';
import { type HubLog, kindOfError } from '../hub-log.ts';
import { InTurn } from '../in-turn.ts';
import type { ImportFiles } from './import-files.ts';
import { alreadyStarted, mostBytes, noSuchImport, requireGoodFile, tooLarge } from './import-refusals.ts';
import { type ImportStore, NotTheirTurn, type StoredImport } from './import-store.ts';
import { type CsvRow, decoded, rowsOf, separatorOf } from './import-text.ts';
import type { ImportView } from './import-view.ts';

/** A row as it was read: what it says, or what is wrong with it. */
export interface ReadRow<Given> {
  readonly row: number;
  /** Null where the row cannot be taken. */
  readonly given: Given | null;
  readonly problems: readonly ImportProblem[];
}

export interface ImportBatch<Settings, Given> {
  readonly importId: string;
  readonly actor: Actor;
  readonly settings: Settings;
  /** As read; those without problems are taken. */
  readonly rows: readonly ReadRow<Given>[];
  /** How many rows of the file stand before these: they count behind them only. */
  readonly rowsBefore: number;
  readonly atMs: number;
}

/** What is imported. @typeParam Understood null among it: not every header can be understood by itself. */
export interface ImportKind<Settings, Given, Understood extends Settings | null> {
  readonly what: 'records' | 'orders';
  /** @param wanted null: as the header is understood. */
  understood(header: readonly string[], wanted: Settings | null): Understood;
  /** @throws CommandFailed where an import cannot go by these settings. */
  requireGood(header: readonly string[], settings: Settings): void;
  /** @param onlyLooking nothing will be written: what takes long may be left out. */
  reader(
    header: readonly string[],
    settings: Settings,
    onlyLooking: boolean,
  ): (row: CsvRow) => ReadRow<Given>;
  readonly batches: {
    /** So many may be written at once, while more is read; none: each is waited for. */
    readonly underWay: number;
    /** @param before those before it: once they are written, none of them is in its way. */
    write(batch: ImportBatch<Settings, Given>, before: Promise<unknown>): Promise<unknown>;
  };
}

export interface ImportJobsParts<Settings, Given, Understood extends Settings | null> {
  readonly kind: ImportKind<Settings, Given, Understood>;
  readonly store: ImportStore<Settings>;
  readonly files: ImportFiles;
  readonly changes: CompanyChanges;
  readonly clock: HubClock;
  readonly background: BackgroundWork;
  readonly log: HubLog;
}

export interface Preview<View, Understood> {
  readonly import: View;
  readonly settings: Understood;
  readonly firstRows: string[][];
  readonly problems: ImportProblem[];
  readonly badRows: number;
}

/** In one transaction: each waits for the disk once. */
const rowsAtOnce = 1_000;
/** The database counts its rows anew whenever there are so many times more. */
const manyMore = 8;
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

export class ImportJobs<Settings, Given, Understood extends Settings | null = Settings> {
  readonly #parts: ImportJobsParts<Settings, Given, Understood>;
  readonly #turns = new InTurn<string>();
  readonly #uploads = new Map<string, Upload>();
  #stopping = false;
  #toldAtMs = 0;
  #callOffTidying: () => void = () => undefined;

  constructor(parts: ImportJobsParts<Settings, Given, Understood>) {
    this.#parts = parts;
  }

  /** Goes on with what was running, and removes what nobody came back to, from then on every hour. */
  async load(): Promise<void> {
    const { store, files } = this.#parts;
    await files.prepare();
    for (const { view } of await store.all()) {
      // Without its file, it runs in another hub on the same database.
      if (view.state === 'running' && (await files.has(view.id))) this.#run(view.id);
    }
    await this.#tidy();
    this.#tidyLater();
  }

  /** What runs stops after the rows it is at. */
  close(): void {
    this.#stopping = true;
    this.#callOffTidying();
  }

  async list(): Promise<ImportView<Settings>[]> {
    return (await this.#parts.store.all()).map(({ view }) => view);
  }

  /** @throws CommandFailed 'noSuchImport' */
  async get(id: string): Promise<ImportView<Settings>> {
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
  addPiece(id: string, offset: number, piece: Uint8Array): Promise<ImportView<Settings> | null> {
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
  async upload(actor: Actor, fileName: string, bytes: Uint8Array): Promise<ImportView<Settings>> {
    const id = await this.begin(actor, fileName, bytes.length);
    const made = await this.addPiece(id, 0, bytes);
    if (!made) throw new Error('An upload was whole and is not there');
    return made;
  }

  /**
   * @param wanted null: as the header is understood; where that does not suffice, no row is judged.
   * @throws CommandFailed as 'admin.recordImports.preview'
   */
  async preview(id: string, wanted: Settings | null): Promise<Preview<ImportView<Settings>, Understood>> {
    const { kind } = this.#parts;
    const { view } = await this.#require(id);
    if (view.state !== 'uploaded') throw alreadyStarted();
    const settings = kind.understood(view.header, wanted);
    const read = settings === null ? null : kind.reader(view.header, settings, true);
    const firstRows: string[][] = [];
    const problems: ImportProblem[] = [];
    let badRows = 0;
    for await (const rows of this.#rowsOf(view)) {
      for (const row of rows) {
        if (firstRows.length < firstRowsShown && !row.quoteOpen) firstRows.push([...row.cells]);
        if (read === null) continue;
        const { given, problems: own } = read(row);
        if (given === null) badRows += 1;
        if (problems.length < mostShown) problems.push(...own);
      }
      if (read === null && firstRows.length === firstRowsShown) break;
    }
    return { import: view, settings, firstRows, problems: problems.slice(0, mostShown), badRows };
  }

  /** @throws CommandFailed as 'admin.recordImports.start' */
  start(id: string, settings: Settings): Promise<ImportView<Settings>> {
    return this.#turns.run(id, async () => {
      const { view } = await this.#require(id);
      if (view.state === 'running' || view.state === 'done') throw alreadyStarted();
      // It failed, and nobody came back to it in time.
      if (!(await this.#parts.files.has(id))) throw noSuchImport();
      // What has begun goes on as it began.
      const counted = view.rowsDone > 0 && view.settings ? view.settings : settings;
      this.#parts.kind.requireGood(view.header, counted);
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
    this.#parts.changes.tell(this.#parts.kind.what);
  }

  async #require(id: string): Promise<StoredImport<Settings>> {
    const found = await this.#parts.store.find(id);
    if (!found) throw noSuchImport();
    return found;
  }

  async #uploaded(id: string, { fileName, actor }: Upload): Promise<ImportView<Settings>> {
    const { kind, files, store, clock, changes } = this.#parts;
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
      const view: ImportView<Settings> = {
        ...{ id, fileName, encoding, separator, rows, header: names },
        ...{ madeAtMs: clock.nowMs(), madeBy: actor.name, state: 'uploaded', settings: null },
        ...{ rowsDone: 0, created: 0, updated: 0, bad: 0, endedAtMs: null, reason: null },
      };
      await store.add({ view, actor });
      changes.tell(kind.what);
      return view;
    } catch (error) {
      await files.remove(id);
      throw error;
    }
  }

  /** Without the header. */
  async *#rowsOf(view: ImportView<Settings>) {
    const { text } = decoded(await this.#parts.files.read(view.id));
    let isFirst = true;
    for await (const rows of rowsOf(text, view.separator)) {
      const body = isFirst ? rows.slice(1) : rows;
      if (rows.length > 0) isFirst = false;
      if (body.length > 0) yield body;
    }
  }

  #run(id: string): void {
    const { background, kind } = this.#parts;
    background.run(
      `importing ${kind.what}`,
      this.#turns.run('running', () => this.#import(id)),
    );
  }

  async #import(id: string): Promise<void> {
    const { kind, store, files, log, clock, changes } = this.#parts;
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
      log.info(`${kind.what}: an import is done`, { rows, created, updated, bad });
    } catch (error) {
      // Removed in the middle: nobody is shown it any more.
      if (!(await store.find(id))) {
        this.#logNotIn(error);
        return;
      }
      log.error(`${kind.what}: an import failed`, { fromRow, error });
      const reason =
        'Something in the hub failed; it is in its log. What is in stays in. Start it again to go on.';
      await store.fail(id, reason, clock.nowMs());
    }
    changes.tell(kind.what);
  }

  /** @returns false where it was ended before its end: removed, or the hub closes. */
  async #takeRows({ view, actor }: StoredImport<Settings>): Promise<boolean> {
    const { settings } = view;
    if (!settings) return false;
    const { kind, clock, store } = this.#parts;
    const { batches } = kind;
    const read = kind.reader(view.header, settings, false);
    let toSkip = view.rowsDone;
    let waiting: ReadRow<Given>[] = [];
    let rowsBefore = view.rowsDone;
    let countsAt = rowsAtOnce;
    const underWay: Promise<unknown>[] = [];
    let counting: Promise<unknown> = Promise.resolve();
    const next = () => underWay.shift();
    const take = async (): Promise<boolean> => {
      // What failed there is thrown here.
      while (underWay.length > 0 && underWay.length >= batches.underWay) await next();
      if (this.#stopping || !(await store.find(view.id))) return false;
      const rows = waiting;
      const batch = { importId: view.id, actor, settings, rows, rowsBefore, atMs: clock.nowMs() };
      const before = Promise.all(underWay);
      const writing = batches.write(batch, before);
      // It is thrown where it is waited for; rows may be read until then.
      for (const each of [before, writing]) each.catch(() => undefined);
      underWay.push(writing);
      rowsBefore += rows.length;
      waiting = [];
      if (batches.underWay === 0) await next();
      if (rowsBefore >= countsAt) {
        countsAt = rowsBefore * manyMore;
        // Once these are in, beside those that follow: they need not wait for it.
        counting = Promise.all([...underWay, counting]).then(() => store.countAnew());
        counting.catch(() => undefined);
      }
      this.#tell();
      return true;
    };
    try {
      for await (const part of this.#rowsOf(view)) {
        const rows = part.slice(Math.min(toSkip, part.length));
        toSkip -= part.length - rows.length;
        for (const row of rows) {
          waiting.push(read(row));
          if (waiting.length === rowsAtOnce && !(await take())) return false;
        }
      }
      if (waiting.length > 0 && !(await take())) return false;
      while (underWay.length > 0) await next();
      await counting;
      if (rowsBefore >= (countsAt * 2) / manyMore) await store.countAnew();
      return true;
    } finally {
      await Promise.allSettled([counting]);
      // Where one of them failed, or reading did, or it was removed, what is under way is not left behind.
      for (const ended of await Promise.allSettled(underWay))
        if (ended.status === 'rejected') this.#logNotIn(ended.reason);
    }
  }

  /** Of rows that nobody waits for any more. */
  #logNotIn(error: unknown): void {
    if (error instanceof NotTheirTurn) return;
    const { kind, log } = this.#parts;
    log.warn(
      `${kind.what}: rows of an import that has ended already could not be written`,
      kindOfError(error),
    );
  }

  #tell(): void {
    const nowMs = this.#parts.clock.nowMs();
    if (nowMs - this.#toldAtMs < tellEveryMs) return;
    this.#toldAtMs = nowMs;
    this.#parts.changes.tell(this.#parts.kind.what);
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
function isOver(view: ImportView<unknown> | null, writtenAtMs: number, untilMs: number): boolean {
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
