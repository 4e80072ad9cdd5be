// Everything that a fresh clone needs before something can run, on Node's own modules only (Node 20 or newer).
// Called by every npm script; by itself `node scripts/setup.mjs [--rebuild] [--chromium] [--electron]`.
import { resolve } from 'node:path';
import { buildApp } from './setup/build.mjs';
import { findChromium } from './setup/chromium.mjs';
import { findElectron } from './setup/electron.mjs';
import { installPackages } from './setup/packages.mjs';
import { SetupFailed, say } from './setup/say.mjs';

/**
 * @typedef {object} Wanted
 * @property {boolean | 'always'} [build] out/ up to date; 'always' builds anew
 * @property {boolean} [electron] Electron's binary, downloaded where that is quick
 * @property {boolean | 'unlessElectron'} [chromium] a Chromium, installed where that is allowed
 */

/**
 * Installs, builds and finds what is wanted, saying what takes time.
 * @param {Wanted} wanted
 * @returns {Promise<{electron: string | null, chromium: string | null}>}
 * @throws SetupFailed with what a person can do about it
 */
export async function setUp(wanted) {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20)
    throw new SetupFailed(`Offhook needs Node 20 or newer to begin with; this is ${process.version}.`);
  await installPackages();
  if (wanted.build) await buildApp({ always: wanted.build === 'always' });
  const electron = wanted.electron ? await findElectron({ download: true }) : null;
  const needsChromium = wanted.chromium === 'unlessElectron' ? electron === null : wanted.chromium === true;
  const chromium = needsChromium ? await findChromium({ install: true }) : null;
  return { electron, chromium };
}

/**
 * Runs a script's main function: a failed set-up is told in its own words, anything else with its stack.
 * @param {() => Promise<number>} main gives the exit code
 */
export function runMain(main) {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error) => {
      if (error instanceof SetupFailed) say(error.message);
      else console.error(error);
      process.exitCode = 1;
    },
  );
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === import.meta.filename) {
  runMain(async () => {
    const flags = process.argv.slice(2);
    await setUp({
      build: flags.includes('--rebuild') ? 'always' : true,
      electron: flags.includes('--electron'),
      chromium: flags.includes('--chromium'),
    });
    return 0;
  });
}
