// Many rows of one table in one statement, whose text is made once: Kysely, which compiles a query each time, would take
// longer over it than the database over the rows. PostgreSQL is given one array for each column, since it takes longer to
// read a parameter for each value than to write the rows; while it works, the next statement is made. Between two statements
// others get their turn: on SQLite a transaction of many is otherwise one piece of work. Called by stores that import, and by the stamps of what changed.
import { setImmediate } from 'node:timers/promises';
import { CompiledQuery, PostgresAdapter } from 'kysely';
import { kept } from './kept-statements.ts';
import type { HubDatabase } from './open-database.ts';
import type { HubTables } from './tables.ts';

/** Rows per statement: of few lengths, so that few statements are compiled, and none has more parameters than SQLite takes. */
const lengths = [250, 50, 10, 1] as const;
/** On PostgreSQL, where one text does for every length. */
const mostInArrays = 1_000;

/** What each column holds, in the order in which they are written. */
type Columns<Row> = {
  readonly [Column in keyof Row & string]?: NonNullable<Row[Column]> extends number ? 'bigint' : 'text';
};

export class BulkInsert<T extends keyof HubTables> {
  readonly #table: T;
  readonly #columns: readonly (keyof HubTables[T] & string)[];
  readonly #types: readonly string[];
  readonly #behind: string;
  readonly #texts = new Map<number, string>();
  #arrayText: string | null = null;

  /** @param behind what follows the values, such as `on conflict …` or `returning id`. */
  constructor(table: T, columns: Columns<HubTables[T]>, behind = '') {
    this.#table = table;
    const entries = Object.entries(columns) as [keyof HubTables[T] & string, string][];
    this.#columns = entries.map(([column]) => column);
    this.#types = entries.map(([, type]) => type);
    this.#behind = behind;
  }

  /** @param db the transaction. @returns what `behind` returns, in no order. */
  async run(db: HubDatabase, rows: readonly Partial<HubTables[T]>[]): Promise<unknown[]> {
    return await runAll(db, this.queries(db, rows));
  }

  /** The statements of these rows, each made when it is asked for: of several tables for `runAll`. */
  *queries(db: HubDatabase, rows: readonly Partial<HubTables[T]>[]): Generator<CompiledQuery> {
    if (isServer(db)) {
      for (let from = 0; from < rows.length; from += mostInArrays) {
        const part = rows.slice(from, from + mostInArrays);
        const arrays = this.#columns.map((column) => arrayText(part.map((row) => row[column])));
        yield CompiledQuery.raw(this.#textOfArrays(), arrays);
      }
      return;
    }
    let from = 0;
    for (const length of lengths) {
      for (; rows.length - from >= length; from += length) {
        const part = rows.slice(from, from + length);
        const values = part.flatMap((row) => this.#columns.map((column) => row[column]));
        yield CompiledQuery.raw(this.#textOfValues(length), values);
      }
    }
  }

  #textOfArrays(): string {
    const arrays = this.#types.map((type, at) => `$${at + 1}::${type}[]`).join(', ');
    this.#arrayText ??= kept(this.#text(`select * from unnest(${arrays})`));
    return this.#arrayText;
  }

  #textOfValues(length: number): string {
    const known = this.#texts.get(length);
    if (known !== undefined) return known;
    const row = `(${this.#columns.map(() => '?').join(', ')})`;
    const text = this.#text(`values ${Array.from({ length }, () => row).join(', ')}`);
    this.#texts.set(length, text);
    return text;
  }

  #text(rows: string): string {
    const columns = this.#columns.map((column) => `"${column}"`).join(', ');
    return `insert into "${this.#table}" (${columns}) ${rows} ${this.#behind}`;
  }
}

/**
 * Runs each after the one before it; on a server each is made while the one before it is carried out.
 * @param db the transaction. @returns all rows that they return.
 */
export async function runAll(db: HubDatabase, queries: Iterable<CompiledQuery>): Promise<unknown[]> {
  const returned: unknown[] = [];
  const ahead = isServer(db);
  const rest = queries[Symbol.iterator]();
  let next = rest.next();
  while (!next.done) {
    const running = db.executeQuery(next.value);
    // Its failure is thrown where it is waited for.
    running.catch(() => undefined);
    // On its way before the next one is made; others get their turn.
    await setImmediate();
    if (ahead) next = rest.next();
    for (const row of (await running).rows) returned.push(row);
    if (!ahead) next = rest.next();
  }
  return returned;
}

function isServer(db: HubDatabase): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** PostgreSQL's text of an array (8.15.6 of its manual): the driver takes three times as long over it. */
function arrayText(values: readonly unknown[]): string {
  return `{${values.map(elementText).join(',')}}`;
}

function elementText(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value !== 'string') return String(value);
  return `"${special.test(value) ? value.replace(/["\\]/g, '\\$&') : value}"`;
}

const special = /["\\]/;
