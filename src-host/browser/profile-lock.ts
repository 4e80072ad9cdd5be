// Waits until no other Chromium has the profile: one whose host was killed a moment ago is still ending, and a new one
// would hand its command line over to it and exit. Called by host-browser.ts before each start.
import { readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const freeWithinMs = 10_000;
const lookEveryMs = 50;

/** @throws Error when another Chromium keeps the profile. */
export async function untilProfileIsFree(profileFolder: string): Promise<void> {
  const deadlineMs = performance.now() + freeWithinMs;
  while (holderIsAlive(profileFolder)) {
    if (performance.now() > deadlineMs) {
      throw new Error(
        `Another Chromium uses ${profileFolder}. End it, or start with another --user-data-dir.`,
      );
    }
    await pause(lookEveryMs);
  }
}

/** Chromium's lock is a symbolic link to `<host name>-<process id>`. */
function holderIsAlive(profileFolder: string): boolean {
  try {
    const pid = /-(\d+)$/.exec(readlinkSync(path.join(profileFolder, 'SingletonLock')))?.[1];
    // The number may have gone to another program since.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profileFolder);
  } catch {
    // No lock, nobody who holds it, or a system without /proc, where Chromium sorts it out alone.
    return false;
  }
}
