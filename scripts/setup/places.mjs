// Where things lie in a clone, and the packages' own Node and tools by path, so that nothing depends on PATH or on the
// machine's Node. Used by every script before and after the packages are there. Runs on Node 20 without packages.
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
export const packagesDir = join(root, 'node_modules');

/** Node 24 from the `node` package: better-sqlite3 ends an older Node without a word. */
export const ownNode = join(packagesDir, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** @type {Readonly<Record<string, string>>} tool → the package that carries it */
const toolPackages = {
  biome: '@biomejs/biome',
  tsc: 'typescript',
  vite: 'vite',
  vitest: 'vitest',
  playwright: '@playwright/test',
};

/**
 * The JavaScript file behind a tool's name, to be run with `ownNode`; null for a name that is no tool of ours.
 * @param {string} tool
 * @returns {string | null}
 */
export function toolFile(tool) {
  const packageName = Object.hasOwn(toolPackages, tool) ? toolPackages[tool] : undefined;
  if (packageName === undefined) return null;
  const folder = join(packagesDir, ...packageName.split('/'));
  if (!existsSync(join(folder, 'package.json'))) return null;
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[tool]);
}

/** Where an app named Offhook keeps its data on this computer, as Electron has it: practice data, too. */
export function usualDataFolder() {
  const { APPDATA, XDG_CONFIG_HOME } = process.env;
  if (process.platform === 'win32') return join(APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Offhook');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Offhook');
  return join(XDG_CONFIG_HOME || join(homedir(), '.config'), 'Offhook');
}

/**
 * The environment for what runs past the bootstrap: `node` on its PATH is the packages' own.
 * @returns {NodeJS.ProcessEnv}
 */
export function ownEnvironment() {
  return { ...process.env, PATH: `${join(packagesDir, '.bin')}${delimiter}${process.env.PATH ?? ''}` };
}

/**
 * The environment for npm itself: without node_modules/.bin on PATH, because `npm ci` deletes what it would run on.
 * @returns {NodeJS.ProcessEnv}
 */
export function machineEnvironment() {
  const parts = (process.env.PATH ?? '').split(delimiter).filter((part) => !part.startsWith(packagesDir));
  return { ...process.env, PATH: parts.join(delimiter) };
}
