// Installs the npm packages when they are missing or no longer what package-lock.json says.
// Called by setup.mjs first of all. Runs on Node 20 without packages.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { machineEnvironment, ownNode, packagesDir, root } from './places.mjs';
import { runToEnd } from './processes.mjs';
import { SetupFailed, say, saying } from './say.mjs';

/** @typedef {{version?: string, optional?: boolean, devOptional?: boolean, link?: boolean}} LockEntry */
/** @typedef {{packages?: Record<string, LockEntry>}} Lock */

const stampFile = join(packagesDir, '.cache', 'offhook', 'packages.json');

/**
 * Why packages must be installed, in words; null where they need not.
 * The stamp of the last set-up answers at once; without one (somebody ran npm by hand) npm's own record is compared.
 * @param {{lockText: string, stampedHash: string | null, installedText: string | null, nodeExists: boolean}} found
 * @returns {string | null}
 */
export function whyInstall({ lockText, stampedHash, installedText, nodeExists }) {
  if (installedText === null) return 'node_modules is missing';
  if (!nodeExists) return 'the packages are incomplete';
  if (stampedHash === hashOf(lockText)) return null;
  return sameVersions(JSON.parse(lockText), JSON.parse(installedText)) ? null : 'package-lock.json changed';
}

/**
 * @param {string} text
 * @returns {string}
 */
export function hashOf(text) {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * @param {Lock} wanted
 * @param {Lock} installed node_modules/.package-lock.json, which npm writes last
 * @returns {boolean}
 */
function sameVersions(wanted, installed) {
  const want = Object.entries(wanted.packages ?? {}).filter(([path]) => path !== '');
  const have = installed.packages ?? {};
  // Optional packages are those of other platforms; npm leaves them out.
  const missing = want.some(([path, entry]) => {
    const found = have[path];
    if (found === undefined) return !(entry.optional || entry.devOptional);
    return found.version !== entry.version;
  });
  const wantedPaths = new Set(want.map(([path]) => path));
  return !missing && Object.keys(have).every((path) => wantedPaths.has(path));
}

/**
 * Makes node_modules what the lock file says.
 * @throws SetupFailed when npm fails
 */
export async function installPackages() {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const why = whyInstall({
    lockText,
    stampedHash: read(stampFile) === null ? null : JSON.parse(read(stampFile) ?? '').lockHash,
    installedText: read(join(packagesDir, '.package-lock.json')),
    nodeExists: existsSync(ownNode),
  });
  if (why !== null) await install(why);
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, JSON.stringify({ lockHash: hashOf(lockText) }));
}

/** @param {string} why */
async function install(why) {
  // Windows cannot delete the node.exe that we may be running on, which `npm ci` would.
  const command = process.platform === 'win32' && process.execPath.startsWith(packagesDir) ? 'install' : 'ci';
  const { code, output } = await saying(
    `installing packages, because ${why} (npm ${command}, about a minute)`,
    () => runToEnd('npm', [command, '--no-audit', '--no-fund'], { cwd: root, env: machineEnvironment() }),
  );
  if (code !== 0) {
    say(output.trim());
    throw new SetupFailed(`npm ${command} failed (${code}); its words are above. Nothing else was changed.`);
  }
}

/**
 * @param {string} file
 * @returns {string | null}
 */
function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
