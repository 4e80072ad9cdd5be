// The settings on disk: config.json in the app's data folder, by electron-store. Made once by compose.ts for
// settings-service.ts, which says what stands in it. A file that is no JSON any more is begun anew, and a disk that
// refuses costs the settings their next start, not this one.
import Store from 'electron-store';
import type { Log } from '../log.ts';
import type { SettingsFile } from './settings-service.ts';

/** It names the person who signed in last. */
const forThisUserOnly = 0o600;

export function openSettingsFile(log: Log): SettingsFile {
  const store = new Store({ clearInvalidConfig: true, configFileMode: forThisUserOnly });
  return {
    get: (key) => store.get(key),
    set(key, value) {
      try {
        store.set(key, value);
      } catch (error) {
        log.error('settings: not written, they hold until the next start', { key, error });
      }
    },
  };
}
