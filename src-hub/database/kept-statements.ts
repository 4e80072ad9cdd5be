// Statements whose text never changes, and which the hub asks over and over: Kysely need not compile them each time, and
// PostgreSQL parses and plans each once for a connection. SQLite keeps every statement anyway (sqlite-database.ts). Called by
// stores; what each looks for must be found by an index whatever the values are, since the plan is made for any.
import { CompiledQuery } from 'kysely';
import type { HubDatabase } from './open-database.ts';

const names = new Map<string, string>();

/** @returns the name under which connections keep this text; undefined for a text that is not to be kept. */
export function keptName(text: string): string | undefined {
  return names.get(text);
}

/** @param text with `$1`, `$2` … for PostgreSQL; it is then kept by every connection that asks it. @returns the same text. */
export function kept(text: string): string {
  if (!names.has(text)) names.set(text, `offhook_${names.size + 1}`);
  return text;
}

const ahead = new Set<string>();

type Element = 'text' | 'bigint' | 'int';

/**
 * A parameter that is an array, in a text for `kept`. PostgreSQL looks how many are in one that it is given, finds that a plan
 * for one or two is cheaper than for any number, and plans anew each time, which takes ten times as long as to carry it
 * out. In a selection of its own it is not looked at, and the plan stays.
 * @param at 1 for `$1`.
 */
export function anyNumberOf(at: number, element: Element): string {
  return `(select $${at}::${element}[])::${element}[]`;
}

/** The rows of which each such array, from `$first` on, is a column. */
export function rowsOf(first: number, elements: readonly Element[]): string {
  return `unnest(${elements.map((element, place) => anyNumberOf(first + place, element)).join(', ')})`;
}

/**
 * As `kept`, of a statement within a transaction whose answer nobody waits for: it is sent, and the next one behind it at
 * once. Where it fails, the next one throws its error, be it the commit.
 */
export function keptAhead(text: string): string {
  ahead.add(text);
  return kept(text);
}

export function goesAhead(text: string): boolean {
  return ahead.has(text);
}

const answeredLater = new Set<string>();

/** As `keptAhead`, of a statement whose answer is wanted, but not before the commit is: `runKeptLater` asks it. */
export function keptLater(text: string): string {
  answeredLater.add(text);
  return keptAhead(text);
}

export function isAnsweredLater(text: string): boolean {
  return answeredLater.has(text);
}

/** What a connection says at once of a statement that is answered later. */
export interface Later<Row> {
  readonly rows: Promise<readonly Row[]>;
}

/**
 * On PostgreSQL, within a transaction; nothing but its commit may follow.
 * @param text from `keptLater`.
 * @returns the answer, to be waited for once the transaction has ended. Where it fails, the commit throws the same.
 */
export async function runKeptLater<Row>(
  db: HubDatabase,
  text: string,
  values: readonly unknown[],
): Promise<Later<Row>> {
  const [later] = await runKept<Later<Row>>(db, text, values);
  if (!later) throw new Error('A statement that is answered later was answered at once');
  return later;
}

/** @param text from `kept`, or one for SQLite. @typeParam Row as the statement returns it. */
export async function runKept<Row>(
  db: HubDatabase,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, [...values]) as CompiledQuery<Row>);
  return rows;
}
