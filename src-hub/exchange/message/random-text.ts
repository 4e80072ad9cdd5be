// Random text for branches and tags, some dozen in a call. The system is asked for a store of bytes at a time: asking
// costs 2 µs, however few are wanted. Each byte is given out once.
import { randomBytes } from 'node:crypto';

const storeBytes = 4_096;
let store = Buffer.alloc(0);
let given = 0;

/** @param bytes of the operating system's generator. @returns twice as many hexadecimal digits */
export function randomHex(bytes: number): string {
  if (given + bytes > store.length) {
    store = randomBytes(Math.max(storeBytes, bytes));
    given = 0;
  }
  const from = given;
  given += bytes;
  const text = store.toString('hex', from, given);
  store.fill(0, from, given);
  return text;
}
