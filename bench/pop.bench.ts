// How soon a call is seen and heard: INVITE received -> call box painted, and answer -> first audio at both ends, on the
// built app, beside a page with stock JsSIP alone on the same exchange: quiet, while rows are written beside it, and
// during first pulls. Calls are made in turns in the same run, so that a busy machine slows both.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import { type AgentAtWork, agentAtWork } from '../tests/support/agent-at-work.ts';
import { makeToneWav } from '../tests/support/tone.ts';
import { type Metric, metric, percentile } from './benchmark.ts';
import { startJsSipPhone } from './peers/jssip-phone.ts';
import { writeRowsBeside } from './support/background-rows.ts';
import { type BenchHub, signIn, startBenchHub, startHubWithPeople } from './support/bench-hub.ts';
import { type BenchOptions, chosen, flag, number } from './support/bench-options.ts';
import { watchPull } from './support/first-pull.ts';
import { clockSkewMs, heardAtMs, painting, press, watchPaint, watchSound } from './support/page-stamps.ts';
import { progress, tellLoad } from './support/progress.ts';
import { type BenchCaller, startBenchCaller } from './support/scripted-caller.ts';
import { dialWithSilentStun, type InviteDelays } from './support/silent-stun.ts';

export const description =
  'INVITE to painted call box, answer to audio at both ends, beside a page with stock JsSIP';

export const options = {
  calls: number('calls of ours and of the peer’s, and as many again while rows are written', 200),
  rows: number('rows written at least', 'as many as are written while the calls last'),
  ringsMs: number('milliseconds from painted to Accept: nobody answers sooner', 400, 0),
  // Stock JsSIP waits 40 seconds for each.
  stunCalls: number('calls with a silent STUN server', 'one for 50 --calls, 1 to 3', 0),
  pullCalls: number('calls of each during first pulls', '60, or --calls', 0),
  people: number('people that a desktop pulls', '10,000 for each of --pull-calls, 100,000 to 400,000'),
  onlyPull: flag('the calls during first pulls alone'),
} satisfies BenchOptions;

const { calls, rows, ringsMs: ringsForMs, onlyPull, ...given } = chosen(options);
const stunCalls = given.stunCalls ?? between(1, calls / 50, 3);
const pullCalls = given.pullCalls ?? Math.min(60, calls);
const people = given.people ?? between(100_000, pullCalls * 10_000, 400_000);
const peerName = 'page with stock JsSIP';
const acceptButton = 'button[aria-keyshortcuts="Enter"]';
const talksForMs = 150;
const betweenCallsMs = 150;
const mostClockSkewMs = 3;
const databaseFile = 'offhook.sqlite';
const mostDesktops = 20;

interface End {
  readonly extension: string;
  /** Where the call is seen. */
  readonly face: Page;
  /** Where it is heard. */
  readonly ear: Page;
  /** Tells the hub that the call is over, where nothing else does. */
  readonly free: () => Promise<unknown>;
  calls: number;
}

interface Samples {
  /** In the page's DOM, the frames that paint it not counted. */
  readonly shown: number[];
  readonly painted: number[];
  readonly heardByAgent: number[];
  readonly heardByCaller: number[];
}

export async function run(): Promise<Metric[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-bench-pop-'));
  const microphoneWav = path.join(folder, 'microphone.wav');
  writeFileSync(microphoneWav, makeToneWav(700, 10));
  try {
    return [
      ...(onlyPull ? [] : await quietAndUnderWrites(microphoneWav)),
      ...(await duringFirstPulls(microphoneWav)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function quietAndUnderWrites(microphoneWav: string): Promise<Metric[]> {
  const hub = await startBenchHub();
  try {
    const silentStun = stunCalls > 0 ? await dialWithSilentStun(hub, microphoneWav, stunCalls) : null;
    return await withOthers(hub, microphoneWav, async (others) => {
      const { app, ours } = await ourEnd(hub, microphoneWav);
      try {
        const turns = { hub, ...others, ours, calls };
        tellLoad('before');
        const quiet = await inTurns(turns);
        tellLoad('after the quiet calls');
        for (const { name, ours: mine, peer, unit } of judge('', quiet))
          progress(`${name}: ${mine.toFixed(1)} ${unit}, the peer’s ${peer?.toFixed(1) ?? '–'}`);
        const writer = writeRowsBeside(path.join(app.app.userDataDir, databaseFile), rows ?? 0);
        const busy = await inTurns(turns);
        progress(`background: ${await writer.stop()}`);
        tellLoad('after');
        return [
          ...judge('', quiet),
          ...judge(', while rows are written', busy),
          ...(silentStun === null ? [] : judgeSilentStun(silentStun)),
        ];
      } finally {
        await app.stop();
      }
    });
  } finally {
    await hub.close();
  }
}

function judgeSilentStun({ oursMs, theirsMs }: InviteDelays): Metric[] {
  const name = 'dialled to INVITE with a silent STUN server';
  return [
    metric({
      name: `${name}, longest`,
      unit: 'ms',
      ours: Math.max(...oursMs),
      peer: null,
      peerName: null,
      target: 700,
    }),
    metric({
      name: `${name}, median`,
      unit: 'ms',
      ours: percentile(oursMs, 0.5),
      peer: percentile(theirsMs, 0.5),
      peerName,
      target: 1,
    }),
  ];
}

/** Desktops that know nobody yet, one after the other, each called for as long as it pulls. */
async function duringFirstPulls(microphoneWav: string): Promise<Metric[]> {
  if (pullCalls === 0) return [];
  const samples = { ours: none(), theirs: none() };
  const hub = await startHubWithPeople(people);
  try {
    await withOthers(hub, microphoneWav, async (others) => {
      for (let desktop = 1; samples.ours.painted.length < pullCalls; desktop += 1) {
        if (desktop > mostDesktops) throw new Error('Pulls are over too soon: give more --people.');
        const { app, ours } = await ourEnd(hub, microphoneWav);
        try {
          tellLoad(`desktop ${desktop}`);
          const pull = watchPull(path.join(app.app.userDataDir, databaseFile), people);
          const made = await inTurns({
            ...{ hub, ...others, ours, calls: pullCalls - samples.ours.painted.length },
            goesOn: () => pull.isUnderWay(),
          });
          add(made, samples);
          progress(`${made.ours.painted.length} calls of each while ${pull.told()}`);
        } finally {
          await app.stop();
        }
      }
    });
    tellLoad('after the pulls');
    return judge(`, during a first pull of ${people} records`, samples);
  } finally {
    await hub.close();
  }
}

interface Others {
  readonly caller: BenchCaller;
  readonly theirs: End;
}

/** The caller and the page with stock JsSIP, for as long as `work` takes. */
async function withOthers<T>(
  hub: BenchHub,
  microphoneWav: string,
  work: (others: Others) => Promise<T>,
): Promise<T> {
  const seat = await signIn(hub, 'clerk2');
  const peer = await startJsSipPhone(seat.sip, microphoneWav);
  const callerSeat = await signIn(hub, 'admin');
  const caller = await startBenchCaller(callerSeat);
  try {
    const theirs: End = {
      extension: seat.extension,
      face: peer.page,
      ear: peer.page,
      free: () => seat.client.call('device.report', { activity: 'free', asleep: false }),
      calls: 0,
    };
    await prepare(theirs);
    return await work({ caller, theirs });
  } finally {
    await caller.agent.close();
    callerSeat.close();
    seat.close();
    await peer.close();
  }
}

async function ourEnd(hub: BenchHub, microphoneWav: string): Promise<{ app: AgentAtWork; ours: End }> {
  const app = await agentAtWork({ hubUrl: hub.url, microphoneWav });
  try {
    await app.become('Available');
    const ours: End = {
      extension: '201',
      face: app.callBox,
      ear: app.phone,
      free: async () => undefined,
      calls: 0,
    };
    await prepare(ours);
    return { app, ours };
  } catch (error) {
    await app.stop();
    throw error;
  }
}

async function prepare(end: End): Promise<void> {
  await watchPaint(end.face, acceptButton);
  await watchSound(end.ear);
  for (const page of [end.face, end.ear]) {
    const skewMs = await clockSkewMs(page);
    if (Math.abs(skewMs) > mostClockSkewMs)
      throw new Error(`The page's clock is ${skewMs.toFixed(1)} ms from ours: nothing can be measured.`);
  }
}

interface Turns {
  readonly hub: BenchHub;
  readonly caller: BenchCaller;
  readonly ours: End;
  readonly theirs: End;
  readonly calls: number;
  /** Asked after each turn, which does not count where it says no, and is the last; where it is left out, all do. */
  readonly goesOn?: () => boolean;
}

/** One call of each warms up and is not counted. Whoever is called first changes with each turn. */
async function inTurns(turns: Turns): Promise<BothSamples> {
  const samples = { ours: none(), theirs: none() };
  for (let turn = 0; turn <= turns.calls; turn += 1) {
    const made = { ours: none(), theirs: none() };
    for (const who of turn % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const))
      await oneCall(turns, turns[who], made[who]);
    if (turns.goesOn?.() === false) break;
    if (turn > 0) add(made, samples);
    if (turn % 10 === 0) progress(`call ${turn} of ${turns.calls}`);
  }
  return samples;
}

async function oneCall({ hub, caller }: Turns, end: End, into: Samples): Promise<void> {
  end.calls += 1;
  const invite = hub.nextInvite('sent', end.extension);
  const call = caller.dial(end.extension);
  const painted = painting(end.face, end.calls);
  painted.catch(() => undefined);
  const { atMs: invitedAtMs } = await invite;
  const { shownAtMs, paintedAtMs } = await painted.catch(async (error: unknown) => {
    const seen = await end.face.locator('body').ariaSnapshot();
    throw new Error(`${end.extension} did not show its call ${end.calls}. It shows:\n${seen}`, {
      cause: error,
    });
  });
  into.shown.push(shownAtMs - invitedAtMs);
  into.painted.push(paintedAtMs - invitedAtMs);
  await pause(ringsForMs);
  const answeredAtMs = await press(end.face, acceptButton);
  const [agentMs, callerMs] = await Promise.all([heardAtMs(end.ear, end.calls), call.heard]);
  into.heardByAgent.push(agentMs - answeredAtMs);
  into.heardByCaller.push(callerMs - answeredAtMs);
  await pause(talksForMs);
  call.call.hangUp();
  await call.ended;
  await end.face.waitForSelector(acceptButton, { state: 'detached' });
  await end.free();
  await pause(betweenCallsMs);
}

function between(least: number, wanted: number, most: number): number {
  return Math.min(most, Math.max(least, Math.floor(wanted)));
}

const kinds = ['shown', 'painted', 'heardByAgent', 'heardByCaller'] as const;

function none(): Samples {
  return { shown: [], painted: [], heardByAgent: [], heardByCaller: [] };
}

interface BothSamples {
  readonly ours: Samples;
  readonly theirs: Samples;
}

function add(made: BothSamples, into: BothSamples): void {
  for (const who of ['ours', 'theirs'] as const)
    for (const kind of kinds) into[who][kind].push(...made[who][kind]);
}

function judge(suffix: string, { ours, theirs }: BothSamples): Metric[] {
  const compared = (name: string, kind: keyof Samples, label: string, share: number, target: number) =>
    metric({
      name: `${name}, ${label}${suffix}`,
      unit: 'ms',
      ours: percentile(ours[kind], share),
      peer: percentile(theirs[kind], share),
      peerName,
      target,
    });
  const painted = 'INVITE to painted';
  return [
    compared('INVITE to shown in the DOM', 'shown', 'median', 0.5, 1.5),
    compared(painted, 'painted', 'median', 0.5, 1.5),
    compared(painted, 'painted', 'p95', 0.95, 1.5),
    metric({
      name: `${painted}, p95, by itself${suffix}`,
      unit: 'ms',
      ours: percentile(ours.painted, 0.95),
      peer: null,
      peerName: null,
      target: 50,
    }),
    compared('answer to audio at the agent', 'heardByAgent', 'median', 0.5, 1),
    compared('answer to audio at the agent', 'heardByAgent', 'p95', 0.95, 1),
    compared('answer to audio at the caller', 'heardByCaller', 'median', 0.5, 1),
    compared('answer to audio at the caller', 'heardByCaller', 'p95', 0.95, 1),
  ];
}
