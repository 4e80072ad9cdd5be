// shell: opens addresses with the desktop's own programs.
import { spawn } from 'node:child_process';
import { findOnPath } from '../browser/find-chromium.ts';
import { notAvailable } from '../host-log.ts';

const openable = /^(https?|mailto|tel):/i;

export const shell = {
  /** @throws Error for addresses that are neither web, mail nor telephone, and where the desktop has no opener. */
  async openExternal(url: string): Promise<void> {
    if (!openable.test(url)) throw new Error('Only web, mail and telephone addresses are opened.');
    await open(url);
  },

  /** @returns '' or what went wrong. */
  async openPath(file: string): Promise<string> {
    try {
      await open(file);
      return '';
    } catch (error) {
      return String(error);
    }
  },

  showItemInFolder(): void {
    notAvailable('shell.showItemInFolder', 'nothing is opened');
  },

  beep(): void {
    process.stderr.write('\u0007');
  },
};

async function open(what: string): Promise<void> {
  const opener = findOnPath(['xdg-open'], process.env);
  if (!opener) throw new Error('xdg-open is not installed, so nothing can be opened.');
  await new Promise<void>((resolve, reject) => {
    const child = spawn(opener, [what], { stdio: 'ignore', detached: true });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}
