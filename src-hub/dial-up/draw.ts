// The draw of a mode that is handed out at random: each order has a number that its seed and its id give, so that the same
// seed draws the same orders in the same order, on every hub and after every restart.
import { createHash } from 'node:crypto';
import type { OrderId } from '#shared/domain/ids.ts';

/** @returns 0 to 2^31 - 1, evenly. */
export function drawOf(seed: number, id: OrderId): number {
  return createHash('sha256').update(`${seed} ${id}`).digest().readUInt32BE(0) >>> 1;
}
