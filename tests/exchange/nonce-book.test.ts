// What the exchange remembers of the nonces that were used: their counts, and nothing else of the messages.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { NonceBook } from '../../src-hub/exchange/auth/nonce-book.ts';
import { systemClock } from '../../src-hub/exchange/exchange-clock.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapMiB(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

describe('the nonce book', () => {
  it('refuses the same count of a nonce again, and takes the next', () => {
    const book = new NonceBook(systemClock, 60_000);
    const nonce = book.create();
    expect(book.judge(nonce, '00000001')).toBe('good');
    book.use(nonce, '00000001');
    expect(book.judge(nonce, '00000001')).toBe('replayed');
    expect(book.judge(nonce, '00000002')).toBe('good');
  });

  it('does not hold on to the messages that the nonces came in', () => {
    const book = new NonceBook(systemClock, 60_000);
    const before = heapMiB();
    for (let index = 0; index < 160; index += 1) {
      // Read from bytes, as a message is: a string of its own, of which the nonce is a part.
      const message = Buffer.from(`${book.create()}${'.'.repeat(2 ** 18)}`).toString('latin1');
      book.use(message.slice(0, message.indexOf('.')), '00000001');
    }
    expect(heapMiB() - before).toBeLessThan(10);
  });
});
