// app.requestSingleInstanceLock: one app per user data folder. The lock is SQLite's own on a file, which the operating
// system takes back however the process ends; a second start leaves its command line in a folder that the first watches.
import { randomUUID } from 'node:crypto';
import {
  type FSWatcher,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { report } from '../host-log.ts';
import { appPaths } from './app-paths.ts';

export interface SecondInstance {
  readonly argv: string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

/** SQLite's result code for a lock that someone else holds. */
const sqliteBusy = 5;

let lock: DatabaseSync | undefined;
let watcher: FSWatcher | undefined;

/**
 * @param onSecond told of each later start.
 * @returns false when another process has the lock; it has then been told of this one.
 */
export function takeSingleInstanceLock(
  additionalData: unknown,
  onSecond: (second: SecondInstance) => void,
): boolean {
  if (lock) return true;
  const userData = appPaths.get('userData');
  const letters = path.join(userData, 'second-instances');
  mkdirSync(userData, { recursive: true });
  const file = new DatabaseSync(path.join(userData, 'single-instance.lock'), { timeout: 0 });
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if ((error as { errcode?: number }).errcode !== sqliteBusy) throw error;
    mkdirSync(letters, { recursive: true, mode: 0o700 });
    const second = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    const letter = path.join(letters, randomUUID());
    // Renamed when complete, so that the first never reads half of it.
    writeFileSync(`${letter}.part`, JSON.stringify(second), { mode: 0o600 });
    renameSync(`${letter}.part`, `${letter}.json`);
    return false;
  }
  lock = file;
  rmSync(letters, { recursive: true, force: true });
  mkdirSync(letters, { recursive: true, mode: 0o700 });
  watcher = watch(letters, { persistent: false }, () => readLetters(letters, onSecond));
  watcher.on('error', (error) => report('Later starts of the app can no longer be heard.', error));
  return true;
}

export function releaseSingleInstanceLock(): void {
  watcher?.close();
  watcher = undefined;
  lock?.close();
  lock = undefined;
}

export function hasSingleInstanceLock(): boolean {
  return lock !== undefined;
}

function readLetters(letters: string, onSecond: (second: SecondInstance) => void): void {
  for (const name of readdirSync(letters)) {
    if (!name.endsWith('.json')) continue;
    const letter = path.join(letters, name);
    const second = JSON.parse(readFileSync(letter, 'utf8')) as SecondInstance;
    rmSync(letter);
    onSecond(second);
  }
}
