// Finds the system's Chromium. Called once, when the host starts the browser.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * @param environment OFFHOOK_CHROMIUM names a binary outright; otherwise PATH is searched.
 * @throws Error that says what to install.
 */
export function findChromium(environment: NodeJS.ProcessEnv): string {
  const named = environment.OFFHOOK_CHROMIUM;
  if (named) return named;
  const found = findOnPath(names, environment);
  if (found) return found;
  throw new Error(
    'Chromium was not found. Nothing was changed. Install it (Debian, Ubuntu: apt-get install chromium) and start again.',
  );
}

/** The first of the names that is an executable file in a folder of PATH; null where none is. */
export function findOnPath(wanted: readonly string[], environment: NodeJS.ProcessEnv): string | null {
  const folders = (environment.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  for (const name of wanted) {
    for (const folder of folders) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not in this folder; the next one may have it.
      }
    }
  }
  return null;
}
