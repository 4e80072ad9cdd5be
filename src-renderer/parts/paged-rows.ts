// A list of any length, of which only what is in sight, or soon will be, is asked for: page by page, the latest wish first,
// the old rows shown until newer ones are here. Knows neither React nor the wire; `use-paged-rows.ts` gives it both.

export const rowsPerPage = 80;
/** Rows before and after those in sight: where the hub answers, a page that is asked for when it comes into sight comes too late. */
const aheadRows = 40;
const mostPages = 40;
const mostAskedAtOnce = 2;
/** While thousands of rows change, as in a first pull, what is in sight is asked for anew so often and no more. */
const refreshEveryMs = 400;

interface Page<R> {
  readonly rows: readonly R[];
  /** Which round of changes it is from. */
  readonly round: number;
}

export interface RowsAsked<R> {
  readonly rows: readonly R[];
  /** How many there are in all. */
  readonly total: number;
}

export class PagedRows<R> {
  readonly #ask: (offset: number, limit: number) => Promise<RowsAsked<R>>;
  readonly #tell: () => void;
  readonly #refused: (error: unknown) => void;
  readonly #pages = new Map<number, Page<R>>();
  readonly #asked = new Set<number>();
  #total: number | null = null;
  #round = 0;
  #wanted: readonly [from: number, to: number] = [0, 0];
  #refreshedAtMs = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isRefused = false;
  #closed = false;

  constructor(
    ask: (offset: number, limit: number) => Promise<RowsAsked<R>>,
    tell: () => void,
    refused: (error: unknown) => void,
  ) {
    this.#ask = ask;
    this.#tell = tell;
    this.#refused = refused;
  }

  /** Null until the first answer. */
  get total(): number | null {
    return this.#total;
  }

  /** Undefined where it has not come yet. */
  rowAt(index: number): R | undefined {
    return this.#pages.get(Math.floor(index / rowsPerPage))?.rows[index % rowsPerPage];
  }

  /** These rows are in sight, or will be soon. */
  want(from: number, to: number): void {
    this.#wanted = [from, to];
    this.#askForWanted();
  }

  /** What is known may be old: what is in sight is asked for anew. */
  refresh(): void {
    if (this.#timer !== undefined || this.#closed) return;
    const waitMs = Math.max(0, this.#refreshedAtMs + refreshEveryMs - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#refreshedAtMs = performance.now();
      this.#round += 1;
      this.#askForWanted();
    }, waitMs);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #askForWanted(): void {
    const [from, to] = this.#wanted;
    const last = this.#total === null ? 0 : Math.max(0, Math.ceil(this.#total / rowsPerPage) - 1);
    const pageOf = (row: number) => Math.min(Math.max(0, Math.floor(row / rowsPerPage)), last);
    const [firstPage, lastPage] = [pageOf(from), pageOf(to)];
    for (let page = firstPage; page <= lastPage; page += 1) this.#askFor(page, this.#round);
    // Old ones are good enough until they come into sight.
    if (this.#total === null) return;
    for (const page of [pageOf(to + aheadRows), pageOf(from - aheadRows)]) this.#askFor(page, 0);
  }

  #isInSight(page: number): boolean {
    const [from, to] = this.#wanted;
    return page >= Math.floor(from / rowsPerPage) && page <= Math.floor(to / rowsPerPage);
  }

  /** @param round where what is known is from this one or later, it is not asked for. */
  #askFor(page: number, round: number): void {
    if (this.#closed || this.#asked.size >= mostAskedAtOnce || this.#asked.has(page)) return;
    const known = this.#pages.get(page);
    if (known === undefined || known.round < round) void this.#fetch(page);
  }

  async #fetch(page: number): Promise<void> {
    const round = this.#round;
    this.#asked.add(page);
    try {
      const { rows, total } = await this.#ask(page * rowsPerPage, rowsPerPage);
      if (this.#closed) return;
      this.#asked.delete(page);
      const before = this.#pages.get(page);
      const kept = before ? keptWhereSame(before.rows, rows) : rows;
      const isNew = this.#total !== total || kept !== before?.rows || this.#isRefused;
      const isSeen = this.#total !== total || this.#isInSight(page);
      this.#total = total;
      this.#pages.set(page, { rows: kept, round });
      this.#forgetFarPages(page);
      // What came ahead is drawn when it comes into sight, what came again as it was is drawn already: a drawing for either
      // would only cost a frame.
      if (isSeen && isNew) {
        this.#isRefused = false;
        this.#tell();
      }
      // Whoever has scrolled on meanwhile waits for another page by now.
      this.#askForWanted();
    } catch (error) {
      this.#asked.delete(page);
      if (this.#closed) return;
      this.#isRefused = true;
      this.#refused(error);
    }
  }

  #forgetFarPages(around: number): void {
    if (this.#pages.size <= mostPages) return;
    const farthest = [...this.#pages.keys()].sort((a, b) => Math.abs(b - around) - Math.abs(a - around));
    for (const page of farthest.slice(0, this.#pages.size - mostPages)) this.#pages.delete(page);
  }
}

/** @returns the rows with those of before in place of the ones that are as they were; all of those before, where all are. */
function keptWhereSame<R>(before: readonly R[], rows: readonly R[]): readonly R[] {
  const kept = rows.map((row, at) => {
    const known = before[at];
    return known !== undefined && JSON.stringify(known) === JSON.stringify(row) ? known : row;
  });
  return kept.length === before.length && kept.every((row, at) => row === before[at]) ? before : kept;
}
