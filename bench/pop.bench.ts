// How soon a call is seen and heard: INVITE received -> call box painted, and answer -> first audio at both ends, on the
// built app, beside a page with stock JsSIP alone on the same exchange. Calls are made in turns in the same run, so that
// a busy machine slows both. `--calls=N` for fewer, `--rows=N` for the background writes.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import { agentAtWork } from '../tests/support/agent-at-work.ts';
import { makeToneWav } from '../tests/support/tone.ts';
import { type Metric, metric, percentile } from './benchmark.ts';
import { startJsSipPhone } from './peers/jssip-phone.ts';
import { writeRowsBeside } from './support/background-rows.ts';
import { type BenchHub, signIn, startBenchHub } from './support/bench-hub.ts';
import { numberOption, progress, tellLoad } from './support/bench-options.ts';
import { clockSkewMs, heardAtMs, painting, press, watchPaint, watchSound } from './support/page-stamps.ts';
import { type BenchCaller, startBenchCaller } from './support/scripted-caller.ts';
import { dialWithSilentStun } from './support/silent-stun.ts';

export const description =
  'INVITE to painted call box, answer to audio at both ends, beside a page with stock JsSIP';

const peerName = 'page with stock JsSIP';
const acceptButton = 'button[aria-keyshortcuts="Enter"]';
/** Between painted and the press of Accept: nobody answers sooner. */
const ringsForMs = 400;
/** Stock JsSIP waits 40 seconds for each. */
const silentStunCalls = 3;
const talksForMs = 150;
const betweenCallsMs = 150;
const mostClockSkewMs = 3;

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
  const calls = numberOption('calls', 200);
  const rows = numberOption('rows', 100_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-bench-pop-'));
  const microphoneWav = path.join(folder, 'microphone.wav');
  writeFileSync(microphoneWav, makeToneWav(700, 10));
  const hub = await startBenchHub();
  const silentStun = await dialWithSilentStun(hub, microphoneWav, Math.min(calls, silentStunCalls));
  const app = await agentAtWork({ hubUrl: hub.url, microphoneWav });
  try {
    await app.become('Available');
    const seat = await signIn(hub, 'clerk2');
    const peer = await startJsSipPhone(seat.sip, microphoneWav);
    const callerSeat = await signIn(hub, 'admin');
    const caller = await startBenchCaller(callerSeat);
    try {
      const ours: End = {
        extension: '201',
        face: app.callBox,
        ear: app.phone,
        free: async () => undefined,
        calls: 0,
      };
      const theirs: End = {
        extension: seat.extension,
        face: peer.page,
        ear: peer.page,
        free: () => seat.client.call('device.report', { activity: 'free', asleep: false }),
        calls: 0,
      };
      for (const end of [ours, theirs]) await prepare(end);
      tellLoad('before');
      const quiet = await inTurns({ hub, caller, ours, theirs, calls });
      tellLoad('after the quiet calls');
      const writer = writeRowsBeside(path.join(app.app.userDataDir, 'offhook.sqlite'), rows);
      const busy = await inTurns({ hub, caller, ours, theirs, calls });
      progress(`background: ${await writer.stop()}`);
      tellLoad('after');
      return [
        ...judge('', quiet),
        ...judge(`, while ${rows} rows are written`, busy),
        metric({
          name: 'dialled to INVITE with a silent STUN server, longest',
          unit: 'ms',
          ours: Math.max(...silentStun.oursMs),
          peer: null,
          peerName: null,
          target: 700,
        }),
        metric({
          name: 'dialled to INVITE with a silent STUN server, median',
          unit: 'ms',
          ours: percentile(silentStun.oursMs, 0.5),
          peer: percentile(silentStun.theirsMs, 0.5),
          peerName,
          target: 1,
        }),
      ];
    } finally {
      await caller.agent.close();
      callerSeat.close();
      seat.close();
      await peer.close();
    }
  } finally {
    await app.stop();
    await hub.close();
    rmSync(folder, { recursive: true, force: true });
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
}

/** One call of each warms up and is not counted. Whoever is called first changes with each turn. */
async function inTurns(turns: Turns): Promise<{ ours: Samples; theirs: Samples }> {
  const samples = { ours: none(), theirs: none() };
  for (let turn = 0; turn <= turns.calls; turn += 1) {
    const both = [
      [turns.ours, samples.ours],
      [turns.theirs, samples.theirs],
    ] as const;
    for (const [end, into] of turn % 2 === 0 ? both : both.toReversed())
      await oneCall(turns, end, turn === 0 ? none() : into);
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

function none(): Samples {
  return { shown: [], painted: [], heardByAgent: [], heardByCaller: [] };
}

function judge(suffix: string, { ours, theirs }: { ours: Samples; theirs: Samples }): Metric[] {
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
