// What sync.bench.ts asks of either side, ours (sync-ours.ts) and PouchDB's (peers/pouch-side.ts), and what both write.
import { readFileSync } from 'node:fs';
import type { Stopped } from './stopwatch.ts';

export interface SyncSide {
  readonly name: string;
  /** A new, empty desktop pulls everything. @throws Error where not all has come */
  pull(): Promise<Pulled>;
  /** All that have pulled write while the hub is away, and then come to it at once. @throws Error as above */
  push(round: number): Promise<Pushed>;
  /** @throws Error where the hub does not have each note once */
  close(): Promise<void>;
  /** Ends what is left of it after a failure. */
  end(): void;
}

export interface Pulled extends Stopped {
  /** Processor time that the hub took for it. */
  readonly hubProcessorMs: number;
}

export interface Pushed {
  /** From when the first had reached the hub until the last knew that all of its own is there. */
  readonly tookMs: number;
  /** The same for each. */
  readonly eachMs: readonly number[];
}

export interface SyncAmount {
  readonly records: number;
  /** In one round, by all desktops together. */
  readonly notes: number;
  readonly desks: number;
}

/** How many of the notes this desktop writes. */
export function notesOf({ notes, desks }: SyncAmount, desk: number): number {
  return Math.floor((notes + desk) / desks);
}

export function noteText(round: number, desk: number, index: number): string {
  return `Asked for an offer for the garden house, to be called back in the morning: ${round}-${desk}-${index}`;
}

/** Which of the people it is about. */
export function noteIsAbout({ records }: SyncAmount, round: number, index: number): number {
  return ((round * 104_729 + index) * 7_919) % records;
}

export function pushedIn(times: readonly { startedAtMs: number; sentAtMs: number }[]): Pushed {
  const startedAtMs = Math.min(...times.map((each) => each.startedAtMs));
  const sentAtMs = Math.max(...times.map((each) => each.sentAtMs));
  return {
    tookMs: sentAtMs - startedAtMs,
    eachMs: times.map((each) => each.sentAtMs - each.startedAtMs),
  };
}

/** User and system time of a process (proc(5): fields 14 and 15, in hundredths of a second). */
export function processorMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
