// The peer of the fuzz benchmark in a thread of its own: stock JsSIP's parser on the very messages that our phone was sent,
// without anything of ours before it. Started by fuzz.bench.ts.
import { parentPort } from 'node:worker_threads';
import Parser from 'jssip/lib/Parser.js';

const counted = { parsed: 0, thrown: 0 };

parentPort?.on('message', (messages: readonly Uint8Array[] | null) => {
  if (messages === null) {
    parentPort?.postMessage(counted);
    return;
  }
  for (const message of messages) {
    counted.parsed += 1;
    try {
      Parser.parseMessage(Buffer.from(message).toString('utf8'), null);
    } catch {
      // Counting them is what this is for.
      counted.thrown += 1;
    }
  }
});
