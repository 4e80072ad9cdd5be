// What the contract wire costs: a command's round trip (the real drafts.change, with its schemas on both ends) beside
// the same payload posted bare. Once to a worker over a MessagePort, as near to Electron's IPC as Node comes, and
// once inside one thread. Run by bench/run.ts.
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { connect } from '#shared/wire/connect.ts';
import { memoryWire } from '#shared/wire/memory-wire.ts';
import { serve } from '#shared/wire/serve.ts';
import { type Metric, metric, percentile, timeEach } from './benchmark.ts';
import { answer, messagePortWire, question, quietLog, wireContract } from './wire-ends.ts';

export const description = "a command's round trip over the contract wire, beside bare postMessage";

export const options = {};

const rounds = 20;
const callsPerRound = 200;
const callsAtOnce = 200;

export async function run(): Promise<readonly Metric[]> {
  return [...(await acrossThreads()), ...(await inOneThread())];
}

async function acrossThreads(): Promise<Metric[]> {
  const worker = new Worker(new URL('./wire-worker.ts', import.meta.url));
  const contract = new MessageChannel();
  const bare = new MessageChannel();
  worker.postMessage({ contract: contract.port1, bare: bare.port1 }, [contract.port1, bare.port1]);
  const client = connect(wireContract, messagePortWire(contract.port2), quietLog);
  const askBare = bareAsker(bare.port2);
  const ask = () => client.call('drafts.change', question);
  try {
    const latency = await inTurns(ask, askBare);
    const throughput = await inTurns(
      () => Promise.all(Array.from({ length: callsAtOnce }, ask)),
      () => Promise.all(Array.from({ length: callsAtOnce }, askBare)),
      1,
    );
    const peerName = 'bare postMessage to a worker';
    const perSecond = (samples: number[]) => (callsAtOnce / percentile(samples, 0.5)) * 1e6;
    return [
      ...latencies('to a worker', latency, peerName, 2.5),
      metric({
        name: `to a worker, ${callsAtOnce} at once`,
        unit: 'calls/s',
        ours: perSecond(throughput.ours),
        peer: perSecond(throughput.peer),
        peerName,
        target: 0.3,
        better: 'more',
      }),
    ];
  } finally {
    client.close();
    contract.port2.close();
    bare.port2.close();
    await worker.terminate();
  }
}

async function inOneThread(): Promise<Metric[]> {
  const wire = memoryWire();
  serve(wireContract, { 'drafts.change': answer }, wire.left, { context: undefined, log: quietLog });
  const client = connect(wireContract, wire.right, quietLog);
  const bare = new MessageChannel();
  bare.port1.on('message', (message: typeof question) => bare.port1.postMessage(answer(message)));
  const askBare = bareAsker(bare.port2);
  try {
    const latency = await inTurns(() => client.call('drafts.change', question), askBare);
    return latencies('in memory', latency, 'bare postMessage in one thread', 2);
  } finally {
    wire.close();
    bare.port1.close();
    bare.port2.close();
  }
}

/** One question at a time or many: answers come back in the order of the questions. */
function bareAsker(port: MessagePort): () => Promise<unknown> {
  const waiting: ((reply: unknown) => void)[] = [];
  port.on('message', (reply) => waiting.shift()?.(reply));
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port.postMessage(question);
    });
}

/** Samples in microseconds; the first round of each warms up and is not counted. */
async function inTurns(
  ours: () => Promise<unknown>,
  peer: () => Promise<unknown>,
  perRound = callsPerRound,
): Promise<{ ours: number[]; peer: number[] }> {
  const samples = { ours: [] as number[], peer: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    const oursNow = await timeEach(perRound, ours);
    const peerNow = await timeEach(perRound, peer);
    if (round === 0) continue;
    samples.ours.push(...oursNow);
    samples.peer.push(...peerNow);
  }
  return samples;
}

function latencies(
  name: string,
  samples: { ours: number[]; peer: number[] },
  peerName: string,
  target: number,
): Metric[] {
  const at = (label: string, share: number) =>
    metric({
      name: `round trip ${name}, ${label}`,
      unit: 'µs',
      ours: percentile(samples.ours, share),
      peer: percentile(samples.peer, share),
      peerName,
      target,
    });
  return [at('median', 0.5), at('p95', 0.95)];
}
