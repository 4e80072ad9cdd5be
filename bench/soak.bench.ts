// Call after call of mixed kinds at the built app, one every second, answered and ended by hand in its windows: whether
// each is set up as it should be, and whether anything grows. Direct calls from two colleagues, so that no wrap-up takes
// an agent's time. More than a second is
// taken where the machine cannot do one in that.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import { type AgentAtWork, agentAtWork } from '../tests/support/agent-at-work.ts';
import { eventually } from '../tests/support/eventually.ts';
import { makeToneWav } from '../tests/support/tone.ts';
import { type Metric, metric } from './benchmark.ts';
import { signIn, startBenchHub } from './support/bench-hub.ts';
import { type BenchOptions, chosen, number } from './support/bench-options.ts';
import { growthOverLastHalf, type Sample } from './support/growth.ts';
import { weigh } from './support/process-tree.ts';
import { progress, tellLoad } from './support/progress.ts';
import { type BenchCall, type BenchCaller, startBenchCaller } from './support/scripted-caller.ts';
import type { Vitals } from './support/vitals.ts';

export const description = '2,000 calls of mixed kinds, one every second: set up, and nothing grows';

export const options = {
  calls: number('calls', 2_000),
} satisfies BenchOptions;

const { calls } = chosen(options);
const everyMs = 1_000;
const samplesInAll = 40;
/** JsSIP and the exchange forget a transaction after 32 s (64 T1). */
const restMs = 40_000;
const agentExtension = '201';
const stepWithinMs = 5_000;

interface Stage {
  readonly at: AgentAtWork;
  readonly caller: BenchCaller;
  readonly other: BenchCaller;
}

/** Each resolves when the call went as it should, and throws where it did not. */
const kinds: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  answered: async (stage) => {
    const call = await answeredCall(stage);
    call.call.hangUp();
  },
  endedHere: async (stage) => {
    const call = await answeredCall(stage);
    await stage.at.hangUp();
    await call.ended;
  },
  declined: async ({ at, caller }) => {
    const call = caller.dial(agentExtension);
    await at.decline();
    // The project's voicemail takes it.
    await within(call.answered);
    call.call.hangUp();
  },
  givenUp: async ({ at, caller }) => {
    const call = caller.dial(agentExtension);
    await at.rung();
    call.call.hangUp();
  },
  held: async (stage) => {
    const call = await answeredCall(stage);
    const { callBox } = stage.at;
    await callBox.getByRole('button', { name: /^Hold/ }).click();
    await callBox.getByRole('button', { name: /^Resume/ }).click();
    await callBox.locator('button:enabled', { hasText: 'Hold' }).waitFor();
    await stage.at.hangUp();
    await call.ended;
  },
  keys: async (stage) => {
    const call = await answeredCall(stage);
    const { callBox } = stage.at;
    await callBox.getByRole('button', { name: /^Keypad/ }).click();
    const keypad = callBox.getByRole('region', { name: 'Keypad' });
    for (const digit of '42') await keypad.getByRole('button', { name: digit }).first().click();
    await eventually('the keys are heard', () => call.digits() === '42', stepWithinMs);
    call.call.hangUp();
  },
  twoAtOnce: async ({ at, caller, other }) => {
    const calls = [caller.dial(agentExtension), other.dial(agentExtension)];
    await Promise.all(calls.map((call) => within(call.ringing)));
    await at.accept();
    // One is talked to, the other goes to the voicemail.
    await Promise.all(calls.map((call) => within(call.answered)));
    for (const call of calls) call.call.hangUp();
  },
};

export async function run(): Promise<Metric[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-bench-soak-'));
  const microphoneWav = path.join(folder, 'microphone.wav');
  writeFileSync(microphoneWav, makeToneWav(700, 10));
  const environment = {
    OFFHOOK_BENCH_VITALS: folder,
    NODE_OPTIONS: `--import=${new URL('support/vitals.ts', import.meta.url).href}`,
  };
  const hub = await startBenchHub(environment);
  const at = await agentAtWork({ hubUrl: hub.url, microphoneWav, environment });
  const seats = [await signIn(hub, 'admin'), await signIn(hub, 'superadmin')] as const;
  const [caller, other] = await Promise.all([startBenchCaller(seats[0]), startBenchCaller(seats[1])]);
  try {
    await at.become('Available');
    await countConnections(at.phone);
    const stage: Stage = { at, caller, other };
    const gauges = new Map<string, Sample[]>();
    const failures: string[] = [];
    tellLoad('before');
    const names = Object.keys(kinds);
    // After the same kinds each time: what the last calls leave for half a minute (transactions) is then alike.
    const everyCalls = names.length * Math.max(1, Math.floor(calls / samplesInAll / names.length));
    let rested: [string, number][] = [];
    for (let index = 0; index < calls; index += 1) {
      // Every kind was there once: what is made on first use is made.
      if (index === names.length) rested = await timersAtRest(at.app.pid, hub.pid, folder);
      const startedAtMs = performance.now();
      const kind = names[index % names.length] ?? 'answered';
      try {
        await kinds[kind]?.(stage);
      } catch (error) {
        failures.push(`call ${index} (${kind}): ${String(error).split('\n')[0]}`);
        progress(failures.at(-1) ?? '');
      }
      await quiet(stage);
      await workOffMissed(at.agent);
      if (index % everyCalls === 0) {
        for (const [name, value] of await gaugesNow(stage, hub.pid, folder))
          gauges.set(name, [...(gauges.get(name) ?? []), { calls: index, value }]);
        progress(
          `${index} of ${calls}: ${[...gauges].map(([name, all]) => `${name} ${all.at(-1)?.value.toFixed(1)}`).join(', ')}`,
        );
      }
      await pause(Math.max(0, everyMs - (performance.now() - startedAtMs)));
    }
    tellLoad('after');
    const left = await timersAtRest(at.app.pid, hub.pid, folder);
    return [
      metric({
        name: 'calls set up as they should be',
        unit: '%',
        ours: (100 * (calls - failures.length)) / calls,
        peer: null,
        peerName: null,
        target: 99.99,
        better: 'more',
      }),
      ...[...gauges].map(([name, samples]) => growthOf(name, samples)),
      ...rested.map(([name, before], index) =>
        metric({
          name: `${name}, nothing going on, after all calls (target: after one of each kind)`,
          unit: '',
          ours: left[index]?.[1] ?? Number.NaN,
          peer: null,
          peerName: null,
          target: before,
        }),
      ),
    ];
  } finally {
    await Promise.all([caller.agent.close(), other.agent.close()]);
    for (const seat of seats) seat.close();
    await at.stop();
    await hub.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As agents do: what was missed is looked at and put away, so that the inbox does not grow with the calls. */
async function workOffMissed(agent: Page): Promise<void> {
  const rows = agent.getByRole('region', { name: 'Missed' }).getByRole('button');
  for (let left = await rows.count(); left > 0; left -= 1) {
    await rows.first().click();
    await agent.getByRole('button', { name: 'Mark as seen' }).click();
    await eventually('one less is missed', async () => (await rows.count()) < left);
  }
}

async function answeredCall({ at, caller }: Stage): Promise<BenchCall> {
  const call = caller.dial(agentExtension);
  await at.rung();
  await at.accept();
  await within(call.heard);
  return call;
}

/** Whatever came of the call, the next one meets an agent who is free. */
async function quiet({ at, caller, other }: Stage): Promise<void> {
  await Promise.all([caller, other].map((each) => each.allEnded()));
  await eventually(
    'the call box is empty',
    async () =>
      (await at.callBox
        .locator('button[aria-keyshortcuts="Enter"], button[aria-keyshortcuts*="Alt+E"]')
        .count()) === 0,
  );
}

async function within<T>(promise: Promise<T>): Promise<T> {
  let late: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error(`Not within ${stepWithinMs} ms.`)), stepWithinMs);
  });
  return Promise.race([promise, tooLate]).finally(() => clearTimeout(late));
}

/** Connections that are not closed, counted in the phone window from outside. */
function countConnections(phone: Page): Promise<void> {
  return phone.evaluate(() => {
    const open = new Set<RTCPeerConnection>();
    Object.assign(window, {
      benchOpenConnections: () => {
        for (const each of open) if (each.connectionState === 'closed') open.delete(each);
        return open.size;
      },
    });
    const Original = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        open.add(this);
      }
    };
  });
}

async function gaugesNow({ at }: Stage, hubPid: number, folder: string): Promise<[string, number][]> {
  const main = await vitalsOf(at.app.pid, folder);
  const hub = await vitalsOf(hubPid, folder);
  const weights = weigh(at.app.pid);
  const [ofMain] = weights;
  const [ofHub] = weigh(hubPid);
  const chromium = weights.filter(({ kind }) => kind !== 'main');
  const connections = await at.phone.evaluate(() =>
    (window as unknown as { benchOpenConnections(): number }).benchOpenConnections(),
  );
  return [
    ['heap of main, MiB', main.heapUsedMiB],
    ['heap of the hub, MiB', hub.heapUsedMiB],
    ['own memory of main, MiB', ofMain?.ownMiB ?? 0],
    ['own memory of the hub, MiB', ofHub?.ownMiB ?? 0],
    ...['renderer', 'gpu-process', 'utility', 'browser'].map((role): [string, number] => [
      `own memory of Chromium, ${role}, MiB`,
      chromium.filter((each) => each.role === role).reduce((sum, { ownMiB }) => sum + ownMiB, 0),
    ]),
    ['heap of the phone window, MiB', await pageHeapMiB(at.phone)],
    ['heap of the call box, MiB', await pageHeapMiB(at.callBox)],
    ['heap of the agent window, MiB', await pageHeapMiB(at.agent)],
    ['file descriptors of main', ofMain?.fileDescriptors ?? 0],
    ['file descriptors of the hub', ofHub?.fileDescriptors ?? 0],
    [
      "file descriptors of Chromium's processes",
      chromium.reduce((sum, { fileDescriptors }) => sum + fileDescriptors, 0),
    ],
    ['peer connections', connections],
    ['timers of main', main.timers],
    ['timers of the hub', hub.timers],
  ];
}

/** Half a minute after the last call nothing of it may be left. */
async function timersAtRest(mainPid: number, hubPid: number, folder: string): Promise<[string, number][]> {
  await pause(restMs);
  return [
    ['timers of main', (await vitalsOf(mainPid, folder)).timers],
    ['timers of the hub', (await vitalsOf(hubPid, folder)).timers],
  ];
}

async function vitalsOf(pid: number, folder: string): Promise<Vitals> {
  const askedAtMs = Date.now();
  process.kill(pid, 'SIGUSR2');
  return eventually('vitals', () => {
    const vitals = JSON.parse(readFileSync(path.join(folder, `${pid}.json`), 'utf8')) as Vitals;
    return vitals.takenAtMs >= askedAtMs ? vitals : undefined;
  });
}

async function pageHeapMiB(page: Page): Promise<number> {
  const protocol = await page.context().newCDPSession(page);
  try {
    await protocol.send('HeapProfiler.collectGarbage');
    const { usedSize } = await protocol.send('Runtime.getHeapUsage');
    return usedSize / 2 ** 20;
  } finally {
    await protocol.detach();
  }
}

/**
 * Memory may wander by a twentieth of what it is, or by a MiB. What is counted may not grow by one, or by no more than
 * twice the standard error of the rise: timers come and go with the calls of the last half minute.
 */
function growthOf(name: string, samples: readonly Sample[]): Metric {
  const unit = name.endsWith('MiB') ? 'MiB' : '';
  const last = samples.at(-1)?.value ?? 0;
  const { rise, error } = growthOverLastHalf(samples);
  const target = unit === 'MiB' ? Math.max(1, Math.round(last / 20)) : Math.max(0.99, round(2 * error));
  return metric({
    name: `growth over the last half: ${name.replace(', MiB', '')} (${last.toFixed(0)} at the end)`,
    unit,
    ours: rise,
    peer: null,
    peerName: null,
    target,
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
