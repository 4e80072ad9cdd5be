// What the tour's steps share: their tools, the people and words of the day, and the scripted callers' reports.
import type { AppOptions, RunningApp } from '../../tests/support/app-driver.ts';
import { type CallersReport, callersReports } from '../../tests/support/callers-reports.ts';
import { eventually } from '../../tests/support/eventually.ts';
import type { Album } from './album.ts';
import type { StepReport } from './step-report.ts';

export interface TourParts {
  readonly report: StepReport;
  readonly album: Album;
  /** Where the scripted callers' reports are kept. */
  readonly recordings: string;
  readonly startOptions: AppOptions;
  /** The app runs: it is now the caller's to stop. */
  onStarted(app: RunningApp): void;
}

export const bothThemes = ['light', 'dark'] as const;
export const sampleClerk = { username: 'clerk', name: 'Alex Morgan', extension: '201' };
export const customer = { name: 'Maya Lindqvist', number: '020 7946 0123' };
export const note = 'Parcel 4711 has not arrived. Sent again today, by courier.';

/** The report of the scripted call that was answered as the `count`th. */
export function answeredReport(folder: string, count: number): Promise<CallersReport> {
  return eventually(
    'the caller’s report',
    async () =>
      (await callersReports(folder, count, 1_000)).filter(({ outcome }) => outcome === 'answered')[count - 1],
  );
}
