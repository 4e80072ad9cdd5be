// The answering side of the wire benchmark in a thread of its own: one port serves the contract, one answers bare.
// Started by wire.bench.ts.
import { type MessagePort, parentPort } from 'node:worker_threads';
import { serve } from '#shared/wire/serve.ts';
import { answer, messagePortWire, type Question, quietLog, wireContract } from './wire-ends.ts';

parentPort?.once('message', ({ contract, bare }: { contract: MessagePort; bare: MessagePort }) => {
  const options = { context: undefined, log: quietLog };
  serve(wireContract, { 'drafts.change': answer }, messagePortWire(contract), options);
  bare.on('message', (asked: Question) => bare.postMessage(answer(asked)));
});
