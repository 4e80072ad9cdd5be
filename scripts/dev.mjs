// `npm run dev`: builds as sources change and starts the app again after each change. Ctrl+C ends everything.

import { forgetBuild } from './setup/build.mjs';
import { hasDisplay, launchOf, sayRuntime } from './setup/launch.mjs';
import { ownEnvironment, ownNode, root } from './setup/places.mjs';
import { endGroup, startGroup } from './setup/processes.mjs';
import { say } from './setup/say.mjs';
import { runMain, setUp } from './setup.mjs';

/** Several environments are built for one saved file; one restart is enough for them. */
const settleMs = 300;

runMain(async () => {
  const found = await setUp({ build: true, electron: hasDisplay(), chromium: 'unlessElectron' });
  sayRuntime(found);
  forgetBuild();
  const launch = launchOf({ ...found, switches: process.argv.slice(2) });
  const startApp = () =>
    startGroup(launch.command, launch.args, {
      cwd: root,
      env: launch.env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });

  const watch = startGroup(ownNode, ['scripts/watch-build.ts'], {
    cwd: root,
    env: ownEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  /** @type {import('./setup/processes.mjs').Group | null} */
  let app = null;
  let closing = false;
  /** @type {NodeJS.Timeout | undefined} */
  let settled;
  /** Restarts one after another, never two apps at once. */
  let restarting = Promise.resolve();
  const restart = async () => {
    if (closing) return;
    say(app === null ? 'built; starting the app' : 'built anew; starting the app again');
    if (app !== null) await endGroup(app, { graceMs: 5_000 });
    if (!closing) app = startApp();
  };
  watch.process.on('message', () => {
    clearTimeout(settled);
    settled = setTimeout(() => {
      restarting = restarting.then(restart);
    }, settleMs);
  });
  const close = () => {
    if (closing) return;
    closing = true;
    say('closing …');
    watch.kill('SIGTERM');
    if (app !== null) void endGroup(app, { signal: 'SIGINT', graceMs: 5_000 });
  };
  process.on('SIGINT', close);
  process.on('SIGTERM', close);
  process.on('SIGHUP', close);

  const code = await watch.ended;
  await restarting;
  if (app !== null) await endGroup(app, { graceMs: 5_000 });
  return closing ? 0 : code;
});
