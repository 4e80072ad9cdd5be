// `npm run tour`: drives the whole main job on the built app, tells each step with its time and what was heard, and
// leaves a picture of every window in tour/. With a display its windows are seen at work; without one it is headless.
// `-- --pictures` also renews the pictures of the README (docs/pictures).
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { onElectron, type RunningApp } from '../tests/support/app-driver.ts';
import { makeToneOpus, makeToneWav } from '../tests/support/tone.ts';
import { hasDisplay } from './setup/launch.mjs';
import { root } from './setup/places.mjs';
import { createAlbum } from './tour/album.ts';
import { agentHz, callerHz } from './tour/hearing.ts';
import { createStepReport } from './tour/step-report.ts';
import { doTheWholeJob } from './tour/whole-job.ts';

/** The tour itself takes less than a minute on a small machine; beyond this something hangs. */
const longestMs = 85_000;
/** Also the length of the voice message: long enough to be measured, short enough to be waited for. */
const speechSeconds = 4;
const readmePictures = [
  'call-box-ringing',
  'call-box-talking',
  'call-box-wrap-up',
  'agent-window',
  'contacts',
];

const { values: options } = parseArgs({ options: { pictures: { type: 'boolean', default: false } } });
const album = createAlbum(join(root, 'tour'));
const folder = mkdtempSync(join(tmpdir(), 'offhook-tour-'));
const running: { app: RunningApp | null } = { app: null };

console.log(
  `The tour, on the built app: ${onElectron ? 'Electron' : 'the Chromium host'}, ` +
    `${hasDisplay() ? 'on this display' : 'headless, as there is no display'}.\n` +
    `The caller says a tone of ${callerHz} Hz, the agent one of ${agentHz} Hz; 0 dB is full scale.\n`,
);
const report = createStepReport(console.log);
let stopped = false;
for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    stopped = true;
    console.log('\nThe tour was stopped.');
    void abandon(exitCode);
  });
}

try {
  await Promise.race([job(), tooLong()]);
  if (options.pictures) album.copy(readmePictures, join(root, 'docs', 'pictures'));
  console.log(
    `\nThe tour is done: ${report.count()} steps, pictures in tour/${options.pictures ? ' and docs/pictures/' : ''}`,
  );
} catch (error) {
  // The windows have gone under the step's hands; `abandon` ends us.
  if (stopped) await new Promise<never>(() => undefined);
  console.error(`\nThe tour failed at step ${report.count()}, "${report.current() ?? 'the end'}".`);
  console.error(error instanceof Error ? error.message : String(error));
  if (running.app) console.error(`\nThe app's last words:\n${running.app.output().slice(-2_000)}`);
  await abandon(1);
}
rmSync(folder, { recursive: true, force: true });
process.exit(0);

function job(): Promise<void> {
  const recordings = join(folder, 'recordings');
  const speech = join(folder, 'caller.opus');
  const microphoneWav = join(folder, 'microphone.wav');
  mkdirSync(recordings);
  writeFileSync(speech, makeToneOpus(callerHz, speechSeconds));
  writeFileSync(microphoneWav, makeToneWav(agentHz, 10));
  return doTheWholeJob({
    report,
    album,
    recordings,
    startOptions: {
      userDataDir: join(folder, 'user-data'),
      microphoneWav,
      headless: !hasDisplay(),
      // Light or dark as the computer, which album.ts plays.
      settings: { theme: 'system' },
      environment: { OFFHOOK_PRACTICE_SPEECH: speech, OFFHOOK_PRACTICE_RECORDINGS: recordings },
    },
    onStarted: (started) => {
      running.app = started;
    },
  });
}

function tooLong(): Promise<never> {
  return new Promise((_done, fail) => {
    setTimeout(() => fail(new Error(`It took longer than ${longestMs / 1000} s.`)), longestMs).unref();
  });
}

/** Ends what was begun and leaves nothing behind but the pictures. */
async function abandon(exitCode: number): Promise<void> {
  await running.app?.stop().catch((error: unknown) => console.error(String(error)));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  process.exit(exitCode);
}
