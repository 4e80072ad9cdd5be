// `npm start`: sets up what is missing, starts the app and stays until it ends. Ctrl+C ends every process it began;
// a second Ctrl+C does so at once. The app itself says "Offhook is ready" when the sign-in is painted.

import { hasDisplay, launchOf, sayAtHand, sayRuntime } from './setup/launch.mjs';
import { root } from './setup/places.mjs';
import { endGroup, gone, startGroup } from './setup/processes.mjs';
import { say } from './setup/say.mjs';
import { runMain, setUp } from './setup.mjs';

const quitGraceMs = 8_000;
/** npm hands a terminal's Ctrl+C on to us, which then comes twice within moments. */
const sameKeyPressMs = 400;

runMain(async () => {
  // Electron shows nothing without a display; the host does without one.
  const found = await setUp({ build: true, electron: hasDisplay(), chromium: 'unlessElectron' });
  sayRuntime(found);
  sayAtHand(process.argv.slice(2));
  const { command, args, env } = launchOf({ ...found, switches: process.argv.slice(2) });
  const app = startGroup(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });

  /** @type {number | null} */
  let askedAtMs = null;
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    if (askedAtMs === null) {
      askedAtMs = Date.now();
      say('closing …');
      void endGroup(app, { signal, graceMs: quitGraceMs });
    } else if (Date.now() - askedAtMs > sameKeyPressMs) {
      app.kill('SIGKILL');
    }
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.on('SIGHUP', onSignal);

  const code = await app.ended;
  // What the app began is given a moment to end by itself, then ended.
  if (!(await gone(app, 3_000))) await endGroup(app, { graceMs: 2_000 });
  return askedAtMs === null ? code : 0;
});
