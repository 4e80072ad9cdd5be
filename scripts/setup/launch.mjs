// How the built app is started: on Electron where there is one, else on the Chromium host (src-host).
// Used by start.mjs and dev.mjs. Runs on Node 20 without packages.
import { join, resolve } from 'node:path';
import { ownEnvironment, ownNode, root, usualDataFolder } from './places.mjs';
import { say } from './say.mjs';

/** @typedef {{command: string, args: string[], env: NodeJS.ProcessEnv}} Launch */

/**
 * @param {{electron: string | null, chromium: string | null, switches: readonly string[]}} options
 * @returns {Launch}
 */
export function launchOf({ electron, chromium, switches }) {
  const main = join(root, 'out', 'main', 'main.js');
  if (electron !== null)
    return { command: electron, args: [main, ...electronSwitches(), ...switches], env: process.env };
  const register = join(root, 'out', 'host', 'register.js');
  const headless = hasDisplay() || switches.some((one) => one.startsWith('--headless')) ? [] : ['--headless'];
  return {
    command: ownNode,
    args: ['--import', hostModule(register), main, ...headless, ...switches],
    env: { ...ownEnvironment(), ...(chromium === null ? {} : { OFFHOOK_CHROMIUM: chromium }) },
  };
}

/** Says which of the two it will be, in a line each. @param {{electron: string | null}} found */
export function sayRuntime({ electron }) {
  if (electron === null) say('using the Chromium host in place of Electron.');
  if (!hasDisplay())
    say('no display: running headless. "npm run tour" shows the app at work, with pictures.');
}

/** Says what to know of an app that runs from here. @param {readonly string[]} switches */
export function sayAtHand(switches) {
  const given = switches.find((one) => one.startsWith('--user-data-dir='))?.slice('--user-data-dir='.length);
  say(`what it keeps (settings, calls, practice data) is in ${given ? resolve(given) : usualDataFolder()}`);
  const where = given ? ` --user-data-dir=${given}` : '';
  // Another hub, of a team or of another app: the call would have to be asked for there.
  if (!process.env.OFFHOOK_HUB_URL)
    say(
      `in another terminal, "npm run practice-call -- known-customer${where}" lets a scripted caller ring.`,
    );
  say('Ctrl+C here ends the app and all that it started.');
}

/** Windows and macOS always have one; elsewhere X11 or Wayland say so. */
export function hasDisplay() {
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** @returns {string[]} */
function electronSwitches() {
  if (process.platform !== 'linux') return [];
  const switches = [];
  // Chromium refuses its sandbox to root.
  if (process.getuid?.() === 0) switches.push('--no-sandbox');
  // Wayland lets no window place itself or stay above; the call box needs both.
  if (process.env.DISPLAY) switches.push('--ozone-platform=x11');
  return switches;
}

/** `--import` takes a URL where the path would look like one (a Windows drive). @param {string} path */
function hostModule(path) {
  return process.platform === 'win32' ? `file:///${path.replaceAll('\\', '/')}` : path;
}
