// Processor time that the parts of a measurement take, from /proc (Linux): on a machine that all of them share, this tells
// more than the clock, and other programs change it little. Used by bench/dialup.bench.ts.
import { readFileSync } from 'node:fs';
import { treeOf } from './process-tree.ts';

export interface ProcessorTime {
  /** Of PostgreSQL's processes, of other programs that this one started (hubs, peers), of this one. */
  readonly postgresMs: number;
  readonly programsMs: number;
  readonly ownMs: number;
}

/** proc(5): clock ticks, of which Linux tells programs 100 a second. */
const tickMs = 10;

/** @returns what has been taken since the start of each; null where there is no /proc. */
export function processorTime(): ProcessorTime | null {
  if (process.platform !== 'linux') return null;
  const sums = { postgresMs: 0, programsMs: 0, ownMs: 0 };
  for (const pid of treeOf(process.pid)) {
    const stat = statOf(pid);
    if (stat === null) continue;
    const open = stat.indexOf('(');
    const close = stat.lastIndexOf(')');
    // Fields 14 to 17: its own, and that of children that have ended.
    const fields = stat.slice(close + 2).split(' ');
    const tookMs = tickMs * fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    if (pid === process.pid) sums.ownMs += tookMs;
    else if (stat.slice(open + 1, close).startsWith('postgres')) sums.postgresMs += tookMs;
    else sums.programsMs += tookMs;
  }
  return sums;
}

/** Microseconds for each of so many, in words. */
export function timeForEach(
  before: ProcessorTime | null,
  after: ProcessorTime | null,
  count: number,
): string {
  if (before === null || after === null || count === 0) return 'processor time unknown';
  const each = (part: keyof ProcessorTime) =>
    `${((1_000 * (after[part] - before[part])) / count).toFixed(0)} µs`;
  return `processor time for each: ${each('programsMs')} hubs or peers, ${each('postgresMs')} PostgreSQL, ${each('ownMs')} load`;
}

function statOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
