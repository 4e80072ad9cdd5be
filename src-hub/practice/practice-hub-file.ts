// practice-hub.json: tells programs of the same person on the same computer (the command line) where the practice hub
// is, with a token that opens it. Readable by its owner only. Imported by the command line too.
import { readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const fileName = 'practice-hub.json';

const practiceHubFile = z.object({
  /** ws: URL without path. */
  url: z.url({ protocol: /^ws$/ }),
  accessToken: z.string().min(1),
  processId: z.int().positive(),
});
export type PracticeHubFile = z.output<typeof practiceHubFile>;

/** Null where there is none, or none that can be read. One that a crash left behind is returned like any other. */
export function readPracticeHubFile(dataDirectory: string): PracticeHubFile | null {
  try {
    return practiceHubFile.parse(JSON.parse(readFileSync(join(dataDirectory, fileName), 'utf8')));
  } catch (error) {
    const isUnusable = error instanceof SyntaxError || error instanceof z.ZodError;
    if (isUnusable || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export function writePracticeHubFile(dataDirectory: string, contents: PracticeHubFile): void {
  const path = join(dataDirectory, fileName);
  writeFileSync(`${path}.partial`, `${JSON.stringify(contents)}\n`, { mode: 0o600 });
  renameSync(`${path}.partial`, path);
}

/** Leaves the file of another hub, one that was started meanwhile on the same directory, where it is. */
export function removePracticeHubFile(dataDirectory: string, own: PracticeHubFile): void {
  if (readPracticeHubFile(dataDirectory)?.accessToken !== own.accessToken) return;
  unlinkSync(join(dataDirectory, fileName));
}
