// A million mutations of valid messages, half at the exchange's message handling and half at the desktop's SIP side, by
// their public doors, with a call through each after every thousand. Beside it: stock JsSIP's parser on the messages that
// our phone got. Run by bench/run.ts.
import { Worker } from 'node:worker_threads';
import Timers from 'jssip/lib/Timers.js';
import { exchangeTarget } from '../tests/torture/fuzz/exchange-target.ts';
import { type FuzzCount, type FuzzTarget, fuzz } from '../tests/torture/fuzz/fuzzing.ts';
import { phoneTarget } from '../tests/torture/fuzz/phone-target.ts';
import { type Metric, metric } from './benchmark.ts';
import { type BenchOptions, chosen, number } from './support/bench-options.ts';

export const description =
  'a million mutated SIP messages at exchange and phone, beside the stock JsSIP parser';

export const options = {
  messages: number('mutated messages, half at each of the two', 1_000_000),
  seed: number('other mutations', 4_475),
} satisfies BenchOptions;

const { messages, seed } = chosen(options);
/** More at the end than when warm is a leak, but for what the collector leaves. */
const flat = 1.15;
/** JsSIP keeps what it was asked or has asked for 32 s; in a flood that would be all that is seen of its memory. */
const keptForMs = 500;

export async function run(): Promise<readonly Metric[]> {
  for (const timer of ['TIMER_F', 'TIMER_H', 'TIMER_L', 'TIMER_M'] as const) Timers[timer] = keptForMs;
  const exchange = await measure('the exchange', exchangeTarget);
  const peer = new Worker(new URL('./fuzz-peer-worker.ts', import.meta.url));
  const phone = await measure('the phone', phoneTarget, (thrown) => peer.postMessage(thrown));
  const counted = new Promise<{ parsed: number; thrown: number }>((resolve) => peer.once('message', resolve));
  peer.postMessage(null);
  const { thrown } = await counted;
  await peer.terminate();
  return [
    metric({
      name: `uncaught exceptions in ${phone.thrown} messages at the phone`,
      unit: 'exceptions',
      ours: phone.uncaught.length,
      peer: thrown === 0 ? null : thrown,
      peerName: 'stock JsSIP parser, thrown',
      target: 0,
    }),
    ...metricsOf('the exchange', exchange, true),
    ...metricsOf('the phone', phone, false),
  ];
}

async function measure(
  name: string,
  open: () => Promise<FuzzTarget>,
  also: (thrown: readonly Buffer[]) => void = () => {},
): Promise<FuzzCount> {
  const target = await open();
  try {
    const count = await fuzz(target, { seed, messages: Math.ceil(messages / 2), also });
    for (const fault of [...count.uncaught, ...count.faults, ...count.failedControlCalls].slice(0, 20))
      console.error(`${name}: ${fault}`);
    return count;
  } finally {
    await target.close();
  }
}

function metricsOf(name: string, count: FuzzCount, withUncaught: boolean): Metric[] {
  const alone = { peer: null, peerName: null };
  const [warm, last] = count.heapBytes;
  return [
    ...(withUncaught
      ? [
          metric({
            ...alone,
            name: `uncaught exceptions in ${count.thrown} messages at ${name}`,
            unit: 'exceptions',
            ours: count.uncaught.length,
            target: 0,
          }),
        ]
      : []),
    metric({
      ...alone,
      name: `faults of handlers at ${name}, contained`,
      unit: 'faults',
      ours: count.faults.length,
      target: 0,
    }),
    metric({
      ...alone,
      name: `control calls that failed of ${count.controlCalls} at ${name}`,
      unit: 'calls',
      ours: count.failedControlCalls.length,
      target: 0,
    }),
    metric({
      ...alone,
      name: `heap at the end beside ${(warm / 1e6).toFixed(1)} MB when warm, ${name}`,
      unit: 'times',
      ours: last / warm,
      target: flat,
    }),
    metric({
      ...alone,
      name: `messages a second at ${name}`,
      unit: 'messages/s',
      ours: count.thrown / count.seconds,
      target: 500,
      better: 'more',
    }),
  ];
}
