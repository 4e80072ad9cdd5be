// Runs a tool (biome, tsc, vitest, playwright) or a script of ours on the packages' own Node, after the set-up, so
// that every npm script works on a fresh clone: `node scripts/run.mjs [--build] [--chromium | --app] <tool or script> [arguments]`.
// `--app` is for what starts the app as `npm start` does: on Electron where there is one and a display, else on Chromium.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasDisplay } from './setup/launch.mjs';
import { ownEnvironment, ownNode, root, toolFile } from './setup/places.mjs';
import { runToEnd } from './setup/processes.mjs';
import { say, speakBesideOutput } from './setup/say.mjs';
import { runMain, setUp } from './setup.mjs';

runMain(async () => {
  speakBesideOutput();
  const given = process.argv.slice(2);
  const targetAt = given.findIndex((argument) => !argument.startsWith('--'));
  const target = given[targetAt];
  if (target === undefined) {
    say('run.mjs needs a tool or a script to run.');
    return 2;
  }
  const flags = given.slice(0, targetAt);
  const isScript = /\.(ts|mjs)$/.test(target);
  if (isScript && !existsSync(join(root, target))) {
    say(`${target} is not part of this version yet.`);
    return 1;
  }
  const startsApp = flags.includes('--app');
  const { chromium, electron } = await setUp({
    build: flags.includes('--build'),
    electron: startsApp && hasDisplay(),
    chromium: startsApp ? 'unlessElectron' : flags.includes('--chromium'),
  });
  const file = isScript ? join(root, target) : toolFile(target);
  if (file === null) {
    say(`${target} is no tool of this project.`);
    return 2;
  }
  const env = {
    ...ownEnvironment(),
    ...(chromium === null ? {} : { OFFHOOK_CHROMIUM: chromium }),
    ...(electron === null ? {} : { OFFHOOK_RUNTIME: 'electron' }),
    ...(flags.includes('--build') ? { OFFHOOK_BUILT_NOW: '1' } : {}),
  };
  const { code } = await runToEnd(ownNode, [file, ...given.slice(targetAt + 1)], {
    cwd: root,
    env,
    show: true,
  });
  return code;
});
