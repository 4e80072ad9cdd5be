// `npm run hub`: sets up what is missing, builds, and runs the team server until it is told to stop. Signals go to the
// hub, which stops in its own order and time; its exit code is ours. Options after `--` are the hub's (docs/hub.md).
import { join } from 'node:path';
import { ownEnvironment, ownNode, root } from './setup/places.mjs';
import { startGroup } from './setup/processes.mjs';
import { speakBesideOutput } from './setup/say.mjs';
import { runMain, setUp } from './setup.mjs';

/** npm hands a terminal's Ctrl+C on to us, which then comes twice within moments. */
const sameKeyPressMs = 400;

runMain(async () => {
  speakBesideOutput();
  await setUp({ build: true });
  const server = join(root, 'out', 'hub', 'server.js');
  const hub = startGroup(ownNode, ['--enable-source-maps', server, ...process.argv.slice(2)], {
    // The operator's own folder: relative paths of certificates are meant from there.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: ownEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  let sentAtMs = 0;
  /** @param {NodeJS.Signals} signal */
  const handOn = (signal) => {
    if (Date.now() - sentAtMs < sameKeyPressMs) return;
    sentAtMs = Date.now();
    hub.process.kill(signal);
  };
  process.on('SIGTERM', handOn);
  process.on('SIGINT', handOn);
  process.on('SIGHUP', handOn);
  return await hub.ended;
});
