// `npm run test:electron`: the end-to-end tests on the real Electron. Without its binary there is nothing to test:
// that is said clearly, and is no failure.
import { ownEnvironment, ownNode, root, toolFile } from './setup/places.mjs';
import { runToEnd } from './setup/processes.mjs';
import { say } from './setup/say.mjs';
import { runMain, setUp } from './setup.mjs';

runMain(async () => {
  const { electron } = await setUp({ build: true, electron: true });
  if (electron === null) {
    say('NOT RUN: the end-to-end tests on the real Electron, because its binary is not on this computer.');
    say(
      'Where it can be downloaded ("npx install-electron"), this command runs them. "npm run test:e2e" runs them on the host.',
    );
    return 0;
  }
  const playwright = toolFile('playwright');
  if (playwright === null) throw new Error('@playwright/test is not among the packages');
  const { code } = await runToEnd(ownNode, [playwright, 'test', ...process.argv.slice(2)], {
    cwd: root,
    env: { ...ownEnvironment(), OFFHOOK_RUNTIME: 'electron' },
    show: true,
  });
  return code;
});
