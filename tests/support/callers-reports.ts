// What the scripted callers wrote down: OFFHOOK_PRACTICE_RECORDINGS makes the practice hub keep each call's report
// and what the caller heard. Tests read it to listen with the caller's ears.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from './eventually.ts';
import { decodeOggOpus, type Sound } from './tone.ts';

export interface CallersReport {
  readonly outcome: string;
  readonly status: number | null;
  readonly callerNumber: string | null;
  readonly answeredAtMs: number | null;
  readonly endedAtMs: number;
  readonly dtmf: string;
  /** What the caller heard from the answer on; null where nothing was recorded. */
  readonly heard: Sound | null;
}

/** Waits until `count` calls have ended, and gives their reports in the order in which they ended. */
export async function callersReports(
  folder: string,
  count: number,
  withinMs = 20_000,
): Promise<CallersReport[]> {
  const files = await eventually(
    `${count} callers' reports`,
    () => {
      const found = readdirSync(folder).filter((name) => name.endsWith('.json'));
      return found.length >= count ? found : undefined;
    },
    withinMs,
  );
  const reports = await Promise.all(files.map((name) => readReport(folder, name)));
  return reports.sort((a, b) => a.endedAtMs - b.endedAtMs);
}

async function readReport(folder: string, name: string): Promise<CallersReport> {
  const report = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Omit<CallersReport, 'heard'>;
  const recording = readdirSync(folder).find((file) => file === name.replace(/\.json$/, '.opus'));
  const bytes = recording ? readFileSync(path.join(folder, recording)) : Buffer.alloc(0);
  return { ...report, heard: bytes.length > 0 ? await decodeOggOpus(bytes) : null };
}
