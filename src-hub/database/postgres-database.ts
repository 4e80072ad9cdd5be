// PostgreSQL behind the same stores as SQLite: a pool of connections, milliseconds read as numbers, and refusals in
// words for the operator. Opened by open-database.ts, which also brings its tables up to date.
import {
  type PostgresCursor,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from 'kysely';
import pg from 'pg';
import type { HubLog } from '../hub-log.ts';
import { DatabaseTooNew, DatabaseUnusable, unknownMigration } from './database-errors.ts';
import { goesAhead, isAnsweredLater, keptName, type Later } from './kept-statements.ts';

const connectWithinMs = 5_000;
const statementWithinMs = 30_000;
const mostConnections = 10;
/**
 * A new connection costs both sides tens of milliseconds: it is let in, reads the catalogue, and plans anew what others have
 * planned; and whoever made the pool open it waits for it, even where another is free before.
 */
const idleForMs = 10 * 60_000;
/**
 * What a page out of order costs beside one in order: PostgreSQL's own 4 is of discs that turn. By it, it reads whole tables
 * rather than look a few hundred rows up in an index, and sorts all of a queue rather than read its front.
 */
const randomPageCost = 1.1;
const int8Oid = 20;

/**
 * @param url `postgresql://user:password@host:port/database`, with what libpq allows after `?`, such as `sslmode`.
 * @param known the migrations of this version.
 * @throws DatabaseUnusable where it cannot be reached or refuses; DatabaseTooNew, having changed nothing.
 */
export async function openPostgres(
  url: string,
  known: readonly string[],
  log: HubLog | null,
): Promise<PostgresDialect> {
  requirePostgresUrl(url);
  const pool = new pg.Pool({
    connectionString: url,
    max: mostConnections,
    idleTimeoutMillis: idleForMs,
    connectionTimeoutMillis: connectWithinMs,
    statement_timeout: statementWithinMs,
    options: `-c random_page_cost=${randomPageCost}`,
    application_name: 'offhook-hub',
    keepAlive: true,
    // What is asked before the answer to the last is here, is sent at once.
    pipeline: true,
    types: { getTypeParser: typeParserFor },
  });
  // A connection that is lost while it lies idle; the next query opens another. Unheard, it would end the process.
  pool.on('error', (error: NodeJS.ErrnoException) =>
    log?.warn('database: an idle connection was lost', { code: error.code }),
  );
  try {
    await refuseNewerVersion(pool, known);
  } catch (error) {
    await pool.end();
    throw error instanceof DatabaseTooNew ? error : inWords(error, url);
  }
  const lost = (error: NodeJS.ErrnoException) =>
    log?.warn('database: a connection was lost at work', { code: error.code });
  return new PostgresDialect({ pool: new KeepingPool(pool, lost) });
}

/** The pool as Kysely sees it: of a statement that is to be kept, a connection that has seen it is sent its name and the values. */
class KeepingPool implements PostgresPool {
  readonly #pool: pg.Pool;
  readonly #lost: (error: NodeJS.ErrnoException) => void;
  readonly #clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();

  constructor(pool: pg.Pool, lost: (error: NodeJS.ErrnoException) => void) {
    this.#pool = pool;
    this.#lost = lost;
  }

  get options(): object {
    return this.#pool.options;
  }

  async connect(): Promise<PostgresPoolClient> {
    const client = await this.#pool.connect();
    const known = this.#clients.get(client);
    if (known) return known;
    // The pool listens to those that lie idle only. What was asked of it fails; unheard, it would end the process, too.
    client.on('error', this.#lost);
    const keeping = new KeepingClient(client);
    this.#clients.set(client, keeping);
    return keeping;
  }

  end(): Promise<void> {
    return this.#pool.end();
  }
}

class KeepingClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  /** Not yet answered; what is asked next waits for them, too. */
  #ahead: Promise<unknown>[] = [];
  #isHeld = false;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    asked: string | PostgresCursor<R>,
    values: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof asked !== 'string') throw new Error('The hub streams no rows of PostgreSQL');
    return this.#query<R>(asked, values);
  }

  async #query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const name = keptName(text);
    const query = { text, values: [...values], ...(name === undefined ? {} : { name }) };
    const isAhead = text === 'begin' || goesAhead(text);
    if (isAhead) this.#hold();
    const answered = this.#client.query(query) as unknown as Promise<PostgresQueryResult<R>>;
    if (isAhead) {
      // Thrown with what is asked next.
      answered.catch(() => undefined);
      this.#ahead.push(answered);
      return { command: 'SELECT', rowCount: 0, rows: isAnsweredLater(text) ? laterRows<R>(answered) : [] };
    }
    this.#send();
    const ahead = this.#ahead;
    this.#ahead = [];
    // What failed is taken back.
    if (ahead.length === 0 || text === 'rollback') return await answered;
    // Answers come in the order of asking: what failed first is thrown.
    const [result] = await Promise.all([answered, ...ahead]);
    return result;
  }

  release(destroy?: boolean): void {
    this.#send();
    this.#client.release(destroy);
  }

  /** It goes with the next statement: each sending by itself costs more than what is sent, and wakes the server. */
  #hold(): void {
    if (this.#isHeld) return;
    this.#isHeld = true;
    this.#client.connection.stream.cork();
  }

  #send(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#client.connection.stream.uncork();
  }
}

/** The one row that `runKeptLater` looks into. */
function laterRows<R>(answered: Promise<PostgresQueryResult<R>>): R[] {
  const rows = answered.then((result) => result.rows);
  rows.catch(() => undefined);
  const later: Later<R> = { rows };
  return [later as R];
}

function requirePostgresUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed && /^postgres(ql)?:$/.test(parsed.protocol) && parsed.pathname.length > 1) return;
  throw new DatabaseUnusable(
    'DATABASE_URL is no address of a PostgreSQL database. Give it as ' +
      'postgresql://user:password@host:5432/database, or unset it for SQLite.',
  );
}

/** Milliseconds and counts are int8, which pg hands over as text for fear of losing digits beyond 2^53. */
function typeParserFor(oid: number, format?: 'text' | 'binary') {
  if (oid === int8Oid && format !== 'binary') return safeInteger;
  return pg.types.getTypeParser(oid, format);
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new Error('A whole number of the database is too large to be exact');
  return value;
}

async function refuseNewerVersion(pool: pg.Pool, known: readonly string[]): Promise<void> {
  const table = await pool.query<{ found: string | null }>("select to_regclass('kysely_migration') as found");
  if (!table.rows[0]?.found) return;
  const done = await pool.query<{ name: string }>('select name from kysely_migration order by name');
  const unknown = unknownMigration(
    done.rows.map(({ name }) => name),
    known,
  );
  if (unknown) throw new DatabaseTooNew(unknown);
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Start PostgreSQL, or correct host and port.',
  ENOTFOUND: 'its host name is not known. Correct the host.',
  EAI_AGAIN: 'its host name cannot be looked up at the moment.',
  ETIMEDOUT: 'it does not answer in time. Check host, port and firewall.',
  EHOSTUNREACH: 'its host cannot be reached from here.',
  '28P01': 'user or password is wrong.',
  '28000': 'its settings (pg_hba.conf) do not let this user in from here.',
  '3D000': 'there is no database of that name. Create it: createdb NAME.',
  '42501': 'the user may not read or make tables there.',
  '53300': 'it has no connection left for the hub.',
  '57P03': 'it is still starting. Try again in a moment.',
};

/** The driver's own message may hold the address with its password: it is told only where it is known to be harmless. */
function inWords(error: unknown, url: string): DatabaseUnusable {
  const { host, pathname } = new URL(url);
  const { code, message } = error as NodeJS.ErrnoException;
  const timedOut = /timeout/i.test(message ?? '') ? reasons.ETIMEDOUT : undefined;
  const reason = reasons[code ?? ''] ?? timedOut ?? `it refused (${code ?? 'no code given'}).`;
  return new DatabaseUnusable(
    `PostgreSQL at ${host}, database "${decodeURIComponent(pathname.slice(1))}", cannot be used: ${reason} Nothing was changed.`,
    { cause: error },
  );
}
