// Finds Electron's binary, or lets the electron package download it for a short while.
// Called by setup.mjs; the Chromium host takes over where there is none. Runs on Node 20 without packages.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownEnvironment, ownNode, packagesDir } from './places.mjs';
import { runToEnd } from './processes.mjs';
import { say } from './say.mjs';

const electronDir = join(packagesDir, 'electron');
const downloadTimeoutMs = 10_000;

/**
 * The path of Electron's executable, downloading it where that takes no longer than ten seconds; null without one.
 * @param {{download?: boolean}} [options]
 * @returns {Promise<string | null>}
 */
export async function findElectron(options = {}) {
  const present = electronBinary();
  if (present !== null || !options.download) return present;
  say("Electron's binary is not there; trying its download for 10 s");
  const { code, timedOut } = await runToEnd(ownNode, [join(electronDir, 'install.js')], {
    env: ownEnvironment(),
    timeoutMs: downloadTimeoutMs,
  });
  const downloaded = electronBinary();
  if (downloaded !== null) return downloaded;
  const why = timedOut ? 'was not downloaded within 10 s' : `could not be downloaded (${code})`;
  say(`Electron ${why}; "npx install-electron" fetches it at leisure.`);
  return null;
}

/** @returns {string | null} */
function electronBinary() {
  const pathFile = join(electronDir, 'path.txt');
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!existsSync(pathFile) && override === undefined) return null;
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  const binary = join(override ?? join(electronDir, 'dist'), name);
  return existsSync(binary) ? binary : null;
}
