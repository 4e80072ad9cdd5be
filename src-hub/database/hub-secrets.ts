// The hub's own secrets: files of the data directory (mode 0600) that are made at the first start and kept across all
// others. They are no part of the database, so that a copy of that alone does not have them.
import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const secretBytes = 32;

/** The exchange signs the routes of calls with it, so that calls outlive a restart of the hub. */
export async function routeSecret(dataDirectory: string): Promise<Uint8Array> {
  return await keptSecret(join(dataDirectory, 'route-secret'));
}

/** Numbers of erased people are remembered by hashes under it. */
export async function erasureSecret(dataDirectory: string): Promise<Uint8Array> {
  return await keptSecret(join(dataDirectory, 'erasure-secret'));
}

async function keptSecret(path: string): Promise<Uint8Array> {
  try {
    const kept = await readFile(path);
    if (kept.length === secretBytes) return kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const made = randomBytes(secretBytes);
  await writeFile(`${path}.partial`, made, { mode: 0o600 });
  await rename(`${path}.partial`, path);
  return made;
}
