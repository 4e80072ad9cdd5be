// Finds the Chromium that the host shows windows in; installs Debian's or Ubuntu's where it may.
// Called by setup.mjs. Leaves alone whatever browser a person uses: the host has a profile of its own.
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { packagesDir } from './places.mjs';
import { runToEnd } from './processes.mjs';
import { SetupFailed, say, saying } from './say.mjs';

const commandNames = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
];

/**
 * The path of a Chromium, Chrome or Edge. OFFHOOK_CHROMIUM names one by hand.
 * @param {{install: boolean}} options
 * @returns {Promise<string>}
 * @throws SetupFailed with the one command to type
 */
export async function findChromium({ install }) {
  const found = chromiumBinary();
  if (found !== null) return found;
  const apt = existsSync('/etc/debian_version') && onPath('apt-get') !== null;
  if (!apt) throw new SetupFailed(howToInstall());
  const packageName = isUbuntu() ? 'chromium-browser' : 'chromium';
  const byHand = `Chromium is missing. Type: sudo apt-get update && sudo apt-get install -y ${packageName}`;
  const prefix = await installerPrefix();
  if (!install || prefix === null) throw new SetupFailed(byHand);
  await saying('installing Chromium (apt-get, a minute or two)', async () => {
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', packageName]]) {
      const [command = 'apt-get', ...rest] = [...prefix, 'apt-get', ...args];
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      const { code, output } = await runToEnd(command, rest, { env });
      if (code !== 0) {
        say(output.trim().split('\n').slice(-10).join('\n'));
        throw new SetupFailed(`apt-get ${args[0]} failed (${code}). ${byHand}`);
      }
    }
  });
  const installed = chromiumBinary();
  if (installed === null) throw new SetupFailed(byHand);
  return installed;
}

/** @returns {string | null} */
function chromiumBinary() {
  const named = process.env.OFFHOOK_CHROMIUM;
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return named;
    throw new SetupFailed(`OFFHOOK_CHROMIUM names ${named}, which cannot be run.`);
  }
  for (const name of commandNames) {
    const found = onPath(name);
    if (found !== null) return found;
  }
  return usualPlaces().find(isExecutable) ?? playwrightChromium();
}

/** @returns {string[]} */
function usualPlaces() {
  if (process.platform === 'darwin') {
    const apps = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
    return apps.map((app) => join('/Applications', `${app}.app`, 'Contents', 'MacOS', app));
  }
  if (process.platform !== 'win32') return [];
  const folders = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
  const programs = [
    ['Google', 'Chrome', 'Application', 'chrome.exe'],
    ['Chromium', 'Application', 'chrome.exe'],
    ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ];
  return folders.flatMap((folder) => (folder ? programs.map((parts) => join(folder, ...parts)) : []));
}

/** One that `npx playwright install chromium` left on the machine. */
function playwrightChromium() {
  if (!existsSync(join(packagesDir, 'playwright', 'package.json'))) return null;
  const require = createRequire(join(packagesDir, 'playwright', 'package.json'));
  const path = require('playwright').chromium.executablePath();
  return isExecutable(path) ? path : null;
}

/** @returns {string} */
function howToInstall() {
  if (process.platform === 'darwin') return 'Chromium is missing. Type: brew install --cask chromium';
  if (process.platform === 'win32') return 'Chromium is missing. Type: winget install Google.Chrome';
  return 'Chromium is missing. Install the package "chromium" of your distribution, or type: npx playwright install chromium';
}

/**
 * What goes before apt-get: nothing for root, sudo where it asks for no password, null where neither.
 * @returns {Promise<string[] | null>}
 */
async function installerPrefix() {
  if (process.getuid?.() === 0) return [];
  if (onPath('sudo') === null) return null;
  const { code } = await runToEnd('sudo', ['-n', 'true'], { timeoutMs: 5_000 });
  return code === 0 ? ['sudo', '-n'] : null;
}

function isUbuntu() {
  return existsSync('/etc/os-release') && /^ID=ubuntu$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * @param {string} name
 * @returns {string | null}
 */
export function onPath(name) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return (
    folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))).find(isExecutable) ??
    null
  );
}

/**
 * @param {string} path
 * @returns {boolean}
 */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // Not there or not ours to run: the same to us.
  }
}
