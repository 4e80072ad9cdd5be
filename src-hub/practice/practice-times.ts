// What a trainer may ask of the practice project's times by environment variable. Read by the practice hub when it
// starts; kept nowhere, so that a start without them is as ever.
//   OFFHOOK_PRACTICE_WRAP_UP_SECONDS  how long wrap-up lasts; 0 for none
//   OFFHOOK_PRACTICE_RING_SECONDS     how long a call rings before it goes to the voicemail
import { z } from 'zod';
import type { StoredProject } from '../projects/stored-project.ts';

const seconds = (least: number) => z.coerce.number().min(least).max(3_600);

/**
 * Gives projects the times that the trainer asked for.
 * @throws Error in words for the trainer where a time is none.
 */
export function practiceTimes(
  environment: Readonly<Record<string, string | undefined>>,
): (stored: StoredProject) => StoredProject {
  const wrapUpMs = readMs(environment, 'OFFHOOK_PRACTICE_WRAP_UP_SECONDS', 0);
  const ringMs = readMs(environment, 'OFFHOOK_PRACTICE_RING_SECONDS', 1);
  return (stored) => ({
    ...stored,
    project: { ...stored.project, wrapUpMs: wrapUpMs ?? stored.project.wrapUpMs },
    ringTimeoutMs: ringMs ?? stored.ringTimeoutMs,
  });
}

function readMs(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  leastSeconds: number,
): number | null {
  const text = environment[name];
  if (!text) return null;
  const read = seconds(leastSeconds).safeParse(text);
  if (read.success) return Math.round(read.data * 1000);
  throw new Error(`${name} is "${text}". Give it seconds, from ${leastSeconds} to 3600, or unset it.`);
}
