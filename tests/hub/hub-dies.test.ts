// The hub's process is killed and started again: who was there is there again, calls between others go on and can be
// changed and ended, what rang is missed because of it, and a message that was being left is kept as far as it was said.
import { randomUUID } from 'node:crypto';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import type { PracticeCallKind } from '#shared/desktop/settings-contract.ts';
import { readPracticeHubFile } from '../../src-hub/practice/practice-hub-file.ts';
import { eventually } from '../support/eventually.ts';
import { startTestAgent } from '../support/test-agent.ts';
import { decodeOggOpus, makeToneOpus, toneMs } from '../support/tone.ts';
import { runHub, slowMs } from './hub-process.ts';
import {
  type Credentials,
  clerk,
  clerk2,
  KeptLog,
  listenTo,
  openDesktop,
  signInDesktop,
  temporaryFolder,
} from './support.ts';

type RunningHub = Awaited<ReturnType<typeof runHub>>;

async function killed({ child, exited }: RunningHub): Promise<void> {
  child.kill('SIGKILL');
  await exited;
}

/** Offers are written a moment after they are made, so that no call waits for the disk. */
function offersRinging(dataDirectory: string): number {
  const database = new Database(join(dataDirectory, 'hub.sqlite'), { readonly: true });
  try {
    const row = database.prepare("select count(*) as offers from offer where outcome = 'ringing'").get();
    return (row as { offers: number }).offers;
  } finally {
    database.close();
  }
}

async function deviceOf(hub: { url: string }, who: Credentials) {
  const deviceId = randomUUID();
  const desktop = await signInDesktop(hub, who, deviceId);
  const phone = await startTestAgent(
    { ...desktop.session.sip, instanceId: deviceId },
    makeToneOpus(440, 2),
    new KeptLog(),
  );
  onTestFinished(() => phone.close());
  const back = async (again: { url: string }) => {
    const { client } = await openDesktop(again);
    await client.call('session.resume', { token: desktop.session.token, deviceId });
    return client;
  };
  return { ...desktop, phone, back };
}

async function practiceCall(hub: RunningHub, kind: PracticeCallKind) {
  const accessToken = readPracticeHubFile(hub.dataDirectory)?.accessToken;
  const { client } = await openDesktop(hub, { headers: { authorization: `Bearer ${accessToken}` } });
  const told = listenTo(client, 'practice.progress');
  await client.call('practice.call', { kind });
  return (step: string) => eventually(step, () => told.some(({ happened }) => happened.step === step));
}

it(
  'leaves a call between two agents untouched: it is heard on, held, resumed and ended after the return',
  async () => {
    const folder = await temporaryFolder();
    const hub = await runHub(folder);
    const alex = await deviceOf(hub, clerk);
    const sam = await deviceOf(hub, clerk2);
    await alex.client.call('presence.set', { status: 'available', labelId: null, untilMs: null });
    await sam.client.call('presence.set', { status: 'away', labelId: null, untilMs: Date.now() + 3_600_000 });
    const before = [
      await alex.client.call('presence.get', null),
      await sam.client.call('presence.get', null),
    ];
    const out = alex.phone.call('202');
    const inn = await sam.phone.nextCall();
    inn.answer();
    await eventually('both hear', () => out.packetsHeard() > 20 && inn.packetsHeard() > 20);

    await killed(hub);
    const heard = [out.packetsHeard(), inn.packetsHeard()] as const;
    const both = () => out.packetsHeard() > heard[0] + 20 && inn.packetsHeard() > heard[1] + 20;
    await eventually('both hear on without a hub', both);
    await eventually('the links are lost', () => !alex.phone.isRegistered() && !sam.phone.isRegistered());
    const again = await runHub(folder);
    expect(again.url).toBe(hub.url);
    await eventually(
      'both are registered again by themselves',
      () => alex.phone.isRegistered() && sam.phone.isRegistered(),
      20_000,
    );

    const sessions = [await alex.back(again), await sam.back(again)] as const;
    expect(await Promise.all(sessions.map((client) => client.call('presence.get', null)))).toEqual(before);
    const heldAtTheOther = new Promise((resolve) => inn.session.once('hold', resolve));
    out.session.hold();
    await heldAtTheOther;
    const resumedAtTheOther = new Promise((resolve) => inn.session.once('unhold', resolve));
    await eventually('the hold is confirmed', () => out.session.isReadyToReOffer());
    out.session.unhold();
    await resumedAtTheOther;
    const resumed = inn.packetsHeard();
    await eventually('it is heard again', () => inn.packetsHeard() > resumed + 20);
    inn.session.terminate();
    await Promise.all([out.ended, inn.ended]);
  },
  slowMs,
);

it(
  'makes what rang then a missed call because of the network, told once to agents who did not see it',
  async () => {
    const folder = await temporaryFolder();
    const hub = await runHub(folder);
    const alex = await deviceOf(hub, clerk);
    await alex.client.call('device.report', { activity: 'free', asleep: false });
    await alex.client.call('presence.set', { status: 'available', labelId: null, untilMs: null });
    const step = await practiceCall(hub, 'knownCustomer');
    await alex.phone.nextCall();
    await step('ringing');
    await eventually('the offer is on disk', () => offersRinging(hub.dataDirectory) > 0);
    await killed(hub);
    const again = await runHub(folder);
    const client = await alex.back(again);
    const missed = await client.call('offers.takeMissed', null);
    expect(missed).toMatchObject([
      { callerNumber: '+442079460123', projectName: 'Northwind Support', reason: 'network' },
    ]);
    expect(await client.call('offers.takeMissed', null)).toEqual([]);
  },
  slowMs,
);

it(
  'keeps what a caller had said on the voicemail',
  async () => {
    const folder = await temporaryFolder();
    const speech = join(folder, 'speech.opus');
    writeFileSync(speech, makeToneOpus(440, 8));
    const hub = await runHub(folder, { OFFHOOK_PRACTICE_SPEECH: speech });
    const alex = await deviceOf(hub, clerk);
    const step = await practiceCall(hub, 'knownCustomer');
    await step('answered');
    const messages = join(hub.dataDirectory, 'voicemail');
    await eventually(
      'three seconds are on disk',
      () =>
        readdirSync(messages).some(
          (name) => name.endsWith('.recording') && statSync(join(messages, name)).size > 20_000,
        ),
      30_000,
    );
    await killed(hub);
    const again = await runHub(folder);
    const client = await alex.back(again);
    const [left] = await client.call('voicemails.get', null);
    if (!left) throw new Error('no message was kept');
    expect(left).toMatchObject({ callerNumber: '+442079460123', projectName: 'Northwind Support' });
    const { oggOpusBase64 } = await client.call('voicemail.audio', { voicemailId: left.voicemailId });
    const sound = await decodeOggOpus(Buffer.from(oggOpusBase64, 'base64'));
    expect(toneMs(sound, 440)).toBeGreaterThan(1_500);
    expect(Math.abs(sound.durationMs - left.durationMs)).toBeLessThan(30);
  },
  slowMs,
);
