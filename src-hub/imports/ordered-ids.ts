// Ids of many records made at once: UUIDs of version 7 (RFC 9562 5.7), whose order is that of their making, so that a
// database adds them at the end of its indexes rather than all over them.
import { randomUUID } from 'node:crypto';

const mostInOneMs = 0xfff;

/** @param nowMs milliseconds since the epoch. @returns makes one after the other, each greater than the one before. */
export function orderedIds(nowMs: () => number): () => string {
  let lastMs = 0;
  let count = 0;
  return () => {
    const ms = Math.max(nowMs(), lastMs);
    count = ms === lastMs ? count + 1 : 0;
    // More than fit into a millisecond borrow from the next one.
    lastMs = count > mostInOneMs ? ms + 1 : ms;
    if (count > mostInOneMs) count = 0;
    const time = lastMs.toString(16).padStart(12, '0');
    const order = (0x7000 | count).toString(16);
    // Variant and random bits are those of any other UUID.
    return `${time.slice(0, 8)}-${time.slice(8)}-${order}-${randomUUID().slice(19)}`;
  };
}
