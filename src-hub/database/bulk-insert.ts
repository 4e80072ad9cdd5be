// Many rows of one table in one statement, whose text is made once: Kysely, which compiles a query each time, would take
// longer over it than the database over the rows. Between two statements others get their turn: on SQLite a transaction of
// many is otherwise one piece of work. Called by stores that import.
import { setImmediate } from 'node:timers/promises';
import { CompiledQuery, PostgresAdapter } from 'kysely';
import type { HubDatabase } from './open-database.ts';
import type { HubTables } from './tables.ts';

/** Rows per statement: of few lengths, so that few statements are compiled, and none has more parameters than SQLite takes. */
const lengths = [250, 50, 10, 1] as const;

export class BulkInsert<T extends keyof HubTables> {
  readonly #table: T;
  readonly #columns: readonly (keyof HubTables[T] & string)[];
  readonly #behind: string;
  readonly #texts = new Map<string, string>();

  /** @param behind what follows the values, such as `on conflict …` or `returning id`. */
  constructor(table: T, columns: readonly (keyof HubTables[T] & string)[], behind = '') {
    this.#table = table;
    this.#columns = columns;
    this.#behind = behind;
  }

  /** @param db the transaction. @returns what `behind` returns, in no order. */
  async run(db: HubDatabase, rows: readonly Partial<HubTables[T]>[]): Promise<unknown[]> {
    const returned: unknown[] = [];
    let from = 0;
    for (const length of lengths) {
      for (; rows.length - from >= length; from += length) {
        const part = rows.slice(from, from + length);
        const values = part.flatMap((row) => this.#columns.map((column) => row[column]));
        const { rows: found } = await db.executeQuery(CompiledQuery.raw(this.#text(db, length), values));
        for (const row of found) returned.push(row);
        await setImmediate();
      }
    }
    return returned;
  }

  #text(db: HubDatabase, length: number): string {
    const numbered = db.getExecutor().adapter instanceof PostgresAdapter;
    const key = `${length} ${numbered}`;
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    let count = 0;
    const parameter = () => {
      count += 1;
      return numbered ? `$${count}` : '?';
    };
    const row = () => `(${this.#columns.map(parameter).join(', ')})`;
    const columns = this.#columns.map((column) => `"${column}"`).join(', ');
    const values = Array.from({ length }, row).join(', ');
    const text = `insert into "${this.#table}" (${columns}) values ${values} ${this.#behind}`;
    this.#texts.set(key, text);
    return text;
  }
}
