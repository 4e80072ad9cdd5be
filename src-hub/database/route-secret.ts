// The exchange signs the routes of calls with this. Kept across starts, so that calls outlive a restart of the hub.
import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const secretBytes = 32;

/** Reads `route-secret` of the data directory (mode 0600), or makes it. */
export async function routeSecret(dataDirectory: string): Promise<Uint8Array> {
  const path = join(dataDirectory, 'route-secret');
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
