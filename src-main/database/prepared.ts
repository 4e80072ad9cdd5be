// Statements written with Kysely, compiled once, run at once: Kysely types them, better-sqlite3 carries them out.
// Used by *-store.ts for everything that a call waits for; compiling per call costs five times the read itself.
import type { RunResult, Database as Sqlite } from 'better-sqlite3';
import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { watched } from './rescue.ts';
import { sayWrite } from './way.ts';

export type SqlValue = string | number | null;
type Values = Readonly<Record<string, SqlValue>>;

/** Stands in a query for a value that is given each time it runs. */
class Blank {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

export interface Prepared<Given extends Values, Row> {
  readonly sql: string;
  /** @throws SqliteError */
  run(given: Given): RunResult;
  get(given: Given): Row | undefined;
  all(given: Given): Row[];
}

interface Compilable<Row> {
  compile(): CompiledQuery<Row>;
}

/**
 * A text to compare with a column that has an index on some rows only (`CREATE INDEX … WHERE`). Given as it is, SQLite
 * compiles the statement anew each time, since another value might let it use another index: ten times the work of a look.
 */
export function asText<T extends string>(value: T): RawBuilder<T> {
  return sql<T>`cast(${value} as text)`;
}

/**
 * `prepare<{callId: CallId}>(sqlite).as((given) => kysely.selectFrom('calls').where('call_id', '=', given('callId')))`
 */
export function prepare<Given extends Values = Record<never, SqlValue>>(sqlite: Sqlite) {
  const file = sqlite.name;
  return {
    as<Row>(
      build: (given: <N extends keyof Given & string>(name: N) => Given[N]) => Compilable<Row>,
    ): Prepared<Given, Row> {
      const compiled = build((name) => new Blank(name) as never).compile();
      const statement = sqlite.prepare<SqlValue[], Row>(compiled.sql);
      const values = compiled.parameters.map((each) => (each instanceof Blank ? null : (each as SqlValue)));
      const names = compiled.parameters.map((each) => (each instanceof Blank ? each.name : null));
      const fill = (given: Given) =>
        names.map((name, at) => (name === null ? (values[at] ?? null) : (given[name] ?? null)));
      return {
        sql: compiled.sql,
        run(given) {
          sayWrite(sqlite);
          return watched(file, () => statement.run(...fill(given)));
        },
        get: (given) => watched(file, () => statement.get(...fill(given))),
        all: (given) => watched(file, () => statement.all(...fill(given))),
      };
    },
  };
}
