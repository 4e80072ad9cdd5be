// Sound with a known frequency at both ends of a practice call: what the caller says, what the agent's microphone says,
// and the caller's ears afterwards. Used by the end-to-end tests that listen.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { AppOptions } from './app-driver.ts';
import { type CallersReport, callersReports } from './callers-reports.ts';
import { makeToneOpus, makeToneWav, type Sound } from './tone.ts';

export const callerHz = 440;
export const agentHz = 700;
/** A clear tone; nothing at all is below -80 dBFS. */
export const clearDb = -40;

export interface PracticeSound {
  /** For startApp of the app whose practice hub makes the calls. */
  readonly options: Required<Pick<AppOptions, 'microphoneWav' | 'environment'>>;
  /** The report of the scripted call that ended after those told before. */
  nextReport(): Promise<CallersReport>;
  clean(): void;
}

export function practiceSound(): PracticeSound {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-e2e-'));
  const recordings = path.join(folder, 'recordings');
  mkdirSync(recordings);
  const speech = path.join(folder, 'caller.opus');
  const microphoneWav = path.join(folder, 'microphone.wav');
  // Said again and again in a call; short, so that leaving it on a voicemail takes no longer.
  writeFileSync(speech, makeToneOpus(callerHz, 3));
  writeFileSync(microphoneWav, makeToneWav(agentHz, 10));
  let told = 0;
  return {
    options: {
      microphoneWav,
      environment: { OFFHOOK_PRACTICE_SPEECH: speech, OFFHOOK_PRACTICE_RECORDINGS: recordings },
    },
    async nextReport() {
      told += 1;
      const report = (await callersReports(recordings, told))[told - 1];
      if (!report) throw new Error('There is no such report.');
      return report;
    },
    clean: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function mustHear(report: CallersReport): Sound {
  if (report.heard === null) throw new Error('The caller recorded nothing.');
  return report.heard;
}
