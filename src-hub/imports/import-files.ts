// The files of imports in the data directory, until their rows are in: they name people, so nobody else may read them and
// none is kept for longer than it is needed.
import type { Stats } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const name = /^[0-9a-f-]{36}$/;

export class ImportFiles {
  readonly #folder: string;

  /** @param folder of the data directory; each kind of import has its own, so that none tidies up another's. */
  constructor(dataDirectory: string, folder: 'imports' | 'order-imports') {
    this.#folder = join(dataDirectory, folder);
  }

  async prepare(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
  }

  /** Adds a piece. @returns false where that is not where the file ends. */
  async append(id: string, offset: number, piece: Uint8Array): Promise<boolean> {
    const file = await open(this.#path(id), 'a', 0o600);
    try {
      if ((await file.stat()).size !== offset) return false;
      await file.writeFile(piece);
      return true;
    } finally {
      await file.close();
    }
  }

  /** @throws where it is not there (any more). */
  async read(id: string): Promise<Uint8Array> {
    return await readFile(this.#path(id));
  }

  async has(id: string): Promise<boolean> {
    return (await this.#stat(id))?.isFile() ?? false;
  }

  async remove(id: string): Promise<void> {
    await rm(this.#path(id), { force: true });
  }

  /** All that are there, with when they were last written. */
  async list(): Promise<{ id: string; writtenAtMs: number }[]> {
    const names = (await readdir(this.#folder)).filter((each) => name.test(each));
    const found = await Promise.all(names.map(async (id) => ({ id, at: await this.#stat(id) })));
    // An import that ended meanwhile has removed its own.
    return found.flatMap(({ id, at }) => (at ? { id, writtenAtMs: at.mtimeMs } : []));
  }

  /** Null where it is not there. */
  async #stat(id: string): Promise<Stats | null> {
    try {
      return await stat(this.#path(id));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  #path(id: string): string {
    if (!name.test(id)) throw new Error('No id of an import');
    return join(this.#folder, id);
  }
}
