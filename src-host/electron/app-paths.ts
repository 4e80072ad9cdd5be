// app.getPath and app.setPath. `--user-data-dir` wins over the platform's place for user data.
import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { appPackage } from './app-package.ts';
import { commandLine } from './command-line.ts';

const homeFolders: Readonly<Record<string, string>> = {
  desktop: 'Desktop',
  documents: 'Documents',
  downloads: 'Downloads',
  music: 'Music',
  pictures: 'Pictures',
  videos: 'Videos',
};

class AppPaths {
  readonly #set = new Map<string, string>();

  constructor() {
    const folder = commandLine.getSwitchValue('user-data-dir');
    if (folder) this.#set.set('userData', path.resolve(folder));
  }

  /** @throws Error for a name that Electron does not know. */
  get(name: string): string {
    const chosen = this.#set.get(name);
    if (chosen !== undefined) return chosen;
    const underHome = homeFolders[name];
    if (underHome !== undefined) return path.join(os.homedir(), underHome);
    switch (name) {
      case 'home':
        return os.homedir();
      case 'appData':
        return process.env.XDG_CONFIG_HOME || path.join(os.homedir(), '.config');
      case 'userData':
        return path.join(this.get('appData'), appPackage.name);
      case 'sessionData':
        return this.get('userData');
      case 'logs':
        return path.join(this.get('userData'), 'logs');
      case 'crashDumps':
        return path.join(this.get('userData'), 'Crashpad');
      case 'temp':
        return os.tmpdir();
      case 'exe':
      case 'module':
        return process.execPath;
      case 'assets':
        return appPackage.folder;
      default:
        throw new Error(`Failed to get '${name}' path`);
    }
  }

  /** Makes the folder where it is missing, as Electron does. */
  set(name: string, folder: string): void {
    if (!path.isAbsolute(folder)) throw new Error('Path must be absolute');
    this.get(name);
    mkdirSync(folder, { recursive: true });
    this.#set.set(name, folder);
  }
}

export const appPaths = new AppPaths();
