// The sound of messages: one Ogg Opus file each. A file is there whole or not at all.
import { mkdir, open, readdir, readFile, rename, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { VoicemailId } from '#shared/domain/ids.ts';

const unfinished = '.partial';

export class VoicemailFiles {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Makes the directory and removes what a crash left half written. */
  async prepare(): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.#directory)) {
      if (name.endsWith(unfinished)) await unlink(join(this.#directory, name));
    }
  }

  /** Resolves when the file would survive a power cut: content and name are both on disk. */
  async write(id: VoicemailId, oggOpus: Uint8Array): Promise<void> {
    const path = this.#pathOf(id);
    const file = await open(path + unfinished, 'w', 0o600);
    try {
      await file.writeFile(oggOpus);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(path + unfinished, path);
    await this.#syncDirectory();
  }

  /** Null where the file is gone. */
  async read(id: VoicemailId): Promise<Uint8Array | null> {
    try {
      return await readFile(this.#pathOf(id));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  /** Resolves when it would not be back after a power cut; also where it is not there. */
  async remove(id: VoicemailId): Promise<void> {
    await rm(this.#pathOf(id), { force: true });
    await this.#syncDirectory();
  }

  #pathOf(id: VoicemailId): string {
    // Ids are made by the hub; one that names another place is a bug.
    if (!/^[\w-]+$/.test(id)) throw new Error('A voicemail id is no file name');
    return join(this.#directory, `${id}.ogg`);
  }

  async #syncDirectory(): Promise<void> {
    // Windows cannot open a directory, and needs no such step.
    if (process.platform === 'win32') return;
    const directory = await open(this.#directory, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }
}
