// The whole line at one moment, in the very order of handing out (DIAL-6), with why each order stands where it stands. Made
// in small steps, so that others have their turn: a hundred thousand orders are some hundred milliseconds of work. Pure but
// for that; called by line-service.ts.
import type { DialUpCell } from '#shared/admin/dial-up-contract.ts';
import type { Bucket, DialMode, WhyNotNow, WhyNow } from '#shared/domain/dial-up.ts';
import type { OrderId, OrderStatusId, ProjectId, UserId } from '#shared/domain/ids.ts';
import { comesBefore, type ModeRule, type Turn, turnChangesAtMs, turnOf } from '../dial-up/precedence.ts';
import { merged } from './merge-sorted.ts';

/** An order in line as the database has it. */
export interface LinePlace {
  readonly orderId: OrderId;
  readonly queueId: number;
  readonly statusId: OrderStatusId;
  readonly bucket: Bucket;
  readonly dueAtMs: number;
  readonly attempts: number;
  readonly forUserId: UserId | null;
  readonly draw: number | null;
  /** Null: nobody holds it. */
  readonly heldBy: UserId | null;
  readonly heldSinceMs: number | null;
}

/** What counts for all orders of a queue at this moment. */
export interface LineQueue {
  readonly id: number;
  readonly projectId: ProjectId;
  readonly mode: DialMode;
  readonly rule: ModeRule;
  /** Why none of it is handed out, and when that changes, as far as anyone knows; null where it is. */
  readonly shut: { readonly why: WhyNotNow; readonly untilMs: number | null } | null;
  /** When its hours begin or end; null where they do not. */
  readonly hoursChangeAtMs: number | null;
}

export interface InLine {
  readonly orderId: OrderId;
  readonly statusId: OrderStatusId;
  readonly queue: LineQueue;
  readonly bucket: Bucket;
  readonly forUserId: UserId | null;
  readonly heldBy: UserId | null;
  readonly whyNow: WhyNow | null;
  readonly whyNotNow: WhyNotNow | null;
  readonly atMs: number | null;
}

export type Cell = Pick<DialUpCell, 'projectId' | 'mode' | 'waiting' | 'due' | 'held'>;

export interface LineSnapshot {
  readonly asOfMs: number;
  /** Before this, time alone changes nothing of it; Infinity where it never does. */
  readonly unchangedUntilMs: number;
  readonly line: readonly InLine[];
  /** By project and mode, those that anything stands in. */
  readonly cells: readonly Cell[];
}

/** Lets others have their turn. */
export type Rest = () => Promise<unknown>;

interface Now {
  readonly turn: Turn;
  readonly row: InLine;
}

/** @param pages of places, each sorted and merged by itself. */
export async function lineSnapshot(
  pages: AsyncIterable<readonly LinePlace[]>,
  queues: ReadonlyMap<number, LineQueue>,
  nowMs: number,
  rest: Rest,
): Promise<LineSnapshot> {
  const now: Now[][] = [];
  const later: InLine[][] = [];
  let unchangedUntilMs = Math.min(...[...queues.values()].map((each) => each.hoursChangeAtMs ?? Infinity));
  for await (const page of pages) {
    const { due, others, changesAtMs } = split(page, queues, nowMs);
    unchangedUntilMs = Math.min(unchangedUntilMs, changesAtMs);
    now.push(due.sort(byTurn));
    later.push(others.sort(byTime));
    await rest();
  }
  const due = await merged(now, byTurn, rest);
  const others = await merged(later, byTime, rest);
  const line: InLine[] = [];
  for (const { row } of due) line.push(row);
  await rest();
  for (const row of others) line.push(row);
  await rest();
  return { asOfMs: nowMs, unchangedUntilMs, line, cells: cellsOf(line) };
}

function split(
  page: readonly LinePlace[],
  queues: ReadonlyMap<number, LineQueue>,
  nowMs: number,
): { due: Now[]; others: InLine[]; changesAtMs: number } {
  let changesAtMs = Infinity;
  const due: Now[] = [];
  const others: InLine[] = [];
  for (const place of page) {
    const queue = queues.get(place.queueId);
    // Of a queue that another hub has just made: there at the next look.
    if (!queue) continue;
    changesAtMs = Math.min(changesAtMs, turnChangesAtMs(place, queue.rule, nowMs));
    const { orderId, statusId, bucket, forUserId, heldBy } = place;
    const row = { orderId, statusId, queue, bucket, forUserId, heldBy };
    const turn = heldBy === null && queue.shut === null ? turnOf(place, queue.rule, null, nowMs) : null;
    if (turn) due.push({ turn, row: { ...row, whyNow: turn.why, whyNotNow: null, atMs: turn.atMs } });
    else others.push({ ...row, whyNow: null, ...notNow(place, queue, nowMs) });
  }
  return { due, others, changesAtMs };
}

/** What keeps it back the longest is told first: a list or a closed mode more than the hour. */
function notNow(
  { heldBy, heldSinceMs, bucket, dueAtMs }: LinePlace,
  { shut }: LineQueue,
  nowMs: number,
): Pick<InLine, 'whyNotNow' | 'atMs'> {
  if (heldBy !== null) return { whyNotNow: 'held', atMs: heldSinceMs };
  const isLater = dueAtMs > nowMs;
  const shutForNow = shut?.why === 'outsideHours';
  if (shut && !(isLater && shutForNow)) return { whyNotNow: shut.why, atMs: shut.untilMs };
  return { whyNotNow: bucket === 'callBack' ? 'callBackLater' : 'retryLater', atMs: dueAtMs };
}

function byTurn(one: Now, other: Now): number {
  return comesBefore(one.turn, other.turn);
}

/** What somebody holds; then by when they can be handed out; then what nobody can know of. */
function byTime(one: InLine, other: InLine): number {
  const held = Number(other.heldBy !== null) - Number(one.heldBy !== null);
  if (held !== 0) return held;
  const at = (one.atMs ?? Infinity) - (other.atMs ?? Infinity);
  // Infinity less Infinity is no number: neither has a time.
  return at || (one.orderId < other.orderId ? -1 : 1);
}

function cellsOf(line: readonly InLine[]): Cell[] {
  const cells = new Map<string, { -readonly [K in keyof Cell]: Cell[K] }>();
  for (const { queue, whyNow, heldBy } of line) {
    const key = `${queue.projectId} ${queue.mode}`;
    const { projectId, mode } = queue;
    const cell = cells.get(key) ?? { projectId, mode, waiting: 0, due: 0, held: 0 };
    cell.waiting += 1;
    if (whyNow !== null) cell.due += 1;
    if (heldBy !== null) cell.held += 1;
    cells.set(key, cell);
  }
  return [...cells.values()];
}
