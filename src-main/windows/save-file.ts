// Writes what a window made (an export) into the person's folder for downloads, never over a file that is there.
// A page of ours has no way to a disk of its own, and a dialog would ask for what nearly everyone answers alike.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { refuseDiskTrouble } from '../database/database-errors.ts';

/** Its names are personal: for this user only. */
const forThisUserOnly = 0o600;
const mostTries = 1_000;

/**
 * @param name without a folder, as the contract checks it
 * @returns the path that it was written to: `name`, or "name (1)" and so on where that is taken
 * @throws CommandFailed 'diskFull' or 'diskFailed'
 */
export async function saveFile(folder: string, name: string, text: string): Promise<string> {
  const { name: stem, ext } = path.parse(path.basename(name));
  try {
    await mkdir(folder, { recursive: true });
    for (let count = 0; count < mostTries; count += 1) {
      const file = path.join(folder, count === 0 ? `${stem}${ext}` : `${stem} (${count})${ext}`);
      try {
        await writeFile(file, text, { flag: 'wx', mode: forThisUserOnly });
        return file;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  } catch (error) {
    refuseDiskTrouble(error, 'The file');
  }
  throw new Error('No name is free for the file.');
}
