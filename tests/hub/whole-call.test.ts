// A whole call through the real hub: scripted caller, exchange, an agent's JsSIP, voicemail, and back over the wire.

import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PracticeCallKind } from '#shared/desktop/settings-contract.ts';
import { sipCallId } from '#shared/domain/ids.ts';
import type { PracticeProgress } from '#shared/hub/hub-contract.ts';
import { busyNumber } from '../../src-hub/media/called-person.ts';
import type { MediaEndAccount } from '../../src-hub/media/media-ports.ts';
import { readOggOpus } from '../../src-hub/media/ogg/ogg-opus-reader.ts';
import { eventually } from '../support/eventually.ts';
import { isRung, startTestAgent } from '../support/test-agent.ts';
import { makeToneOpus } from '../support/tone.ts';
import {
  type Credentials,
  clerk,
  clerk2,
  KeptLog,
  listenTo,
  openDesktop,
  signInDesktop,
  startTestHub,
  type TestHub,
  temporaryFolder,
} from './support.ts';

const wholeCallMs = 60_000;

/** Signed in, registered and available: what a desktop is after a minute of work. */
async function agentAtWork(hub: TestHub, who: Credentials = clerk, deviceId: string = randomUUID()) {
  const desktop = await signInDesktop(hub, who, deviceId);
  const phone = await phoneOf(desktop.session.sip, deviceId);
  await desktop.client.call('device.report', { activity: 'free', asleep: false });
  await desktop.client.call('presence.set', { status: 'available', labelId: null, untilMs: null });
  return { ...desktop, phone, deviceId };
}

async function phoneOf(account: MediaEndAccount, instanceId: string) {
  const phone = await startTestAgent({ ...account, instanceId }, makeToneOpus(440, 1), new KeptLog());
  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= phone.close();
    return closing;
  };
  onTestFinished(close);
  return { ...phone, close };
}

/** Starts a scripted call as the command line does, and follows it. */
async function practiceCall(hub: TestHub, kind: PracticeCallKind) {
  const { client } = await openDesktop(hub, { headers: { authorization: `Bearer ${hub.operatorToken}` } });
  const told = listenTo(client, 'practice.progress');
  await client.call('practice.call', { kind });
  const until = (what: string, look: (progress: PracticeProgress) => boolean) =>
    eventually(what, () => told.find(look), 45_000);
  return {
    told,
    steps: () => told.map(({ happened }) => happened.step),
    until,
    ended: () => until('the end of the call', ({ happened }) => happened.step === 'ended'),
  };
}

describe('a call from a scripted caller', () => {
  it(
    'rings the available agent with project and queue, and is talked through to the end',
    async () => {
      const hub = await startTestHub();
      const { phone } = await agentAtWork(hub);
      const call = await practiceCall(hub, 'knownCustomer');
      const offer = await phone.nextCall();
      expect(offer.session.remote_identity.uri.user).toBe('+442079460123');
      expect(offer.header('X-Offhook-Project')).toBe('northwind-support');
      expect(decodeURIComponent(offer.header('X-Offhook-Queue') ?? '')).toBe('Northwind · first line');
      offer.answer();
      await call.until('the caller hears the answer', ({ happened }) => happened.step === 'answered');
      await eventually('the agent hears the caller', () => offer.packetsHeard() > 50);
      offer.session.sendDTMF('5');
      await call.until('the caller hears the key', ({ happened }) => happened.step === 'dtmfHeard');
      offer.session.terminate();
      expect((await call.ended()).happened).toEqual({ step: 'ended', outcome: 'answered', status: null });
      expect(hub.log.errors()).toEqual([]);
    },
    wholeCallMs,
  );

  it(
    'that is declined goes to the project’s voicemail: the message is there with the caller’s number',
    async () => {
      // Two seconds: the message is left in real time.
      const speech = join(await temporaryFolder(), 'speech.opus');
      writeFileSync(speech, makeToneOpus(440, 2));
      const hub = await startTestHub({ environment: { OFFHOOK_PRACTICE_SPEECH: speech } });
      const { phone, client } = await agentAtWork(hub);
      const colleague = await agentAtWork(hub, clerk2);
      const changed = listenTo(client, 'voicemails.changed');
      const call = await practiceCall(hub, 'knownCustomer');
      const offer = await phone.nextCall();
      const theirs = await colleague.phone.nextCall();
      offer.session.terminate({ status_code: 603 });
      await theirs.ended;
      expect((await call.ended()).happened).toMatchObject({ outcome: 'voicemail' });
      const [left] = await eventually('the message', () => changed.find((all) => all.length > 0), 30_000);
      if (!left) throw new Error('no message');
      expect(left).toMatchObject({
        projectName: 'Northwind Support',
        callerNumber: '+442079460123',
        heard: false,
      });
      expect(left.durationMs).toBeGreaterThan(1_000);
      const { oggOpusBase64 } = await client.call('voicemail.audio', { voicemailId: left.voicemailId });
      expect(readOggOpus(Buffer.from(oggOpusBase64, 'base64')).packets.length).toBeGreaterThan(50);
      expect(await colleague.client.call('voicemails.get', null)).toEqual([left]);
      expect(await client.call('offers.takeMissed', null)).toEqual([]);
      expect(hub.log.errors()).toEqual([]);
    },
    wholeCallMs,
  );

  it(
    'while the agent is on another one waits, is not offered to them, and may be given up',
    async () => {
      const hub = await startTestHub();
      const { phone } = await agentAtWork(hub);
      const first = await practiceCall(hub, 'unknownNumber');
      const offer = await phone.nextCall();
      offer.answer();
      await first.until('the first call is answered', ({ happened }) => happened.step === 'answered');
      // The desktop has reported nothing yet: the hub knows by itself.
      const offeredAgain = isRung(phone.nextCall());
      const second = await practiceCall(hub, 'hangsUpAfterFiveSeconds');
      expect((await second.ended()).happened).toMatchObject({ outcome: 'gaveUp' });
      expect(offeredAgain()).toBe(false);
      offer.session.terminate();
      await first.ended();
    },
    wholeCallMs,
  );

  it(
    'that was ignored on one device is silenced on the other, cancelled on foreign phones, and may still be accepted',
    async () => {
      const hub = await startTestHub();
      const desktop = await agentAtWork(hub);
      const laptop = await agentAtWork(hub);
      // A phone of another make on the same extension: the hub knows no device of this instance.
      const foreign = await phoneOf(laptop.session.sip, randomUUID());
      const silenced = listenTo(laptop.client, 'offers.silenced');
      const alsoTold = listenTo(desktop.client, 'offers.silenced');
      const call = await practiceCall(hub, 'knownCustomer');
      const offer = await desktop.phone.nextCall();
      await laptop.phone.nextCall();
      const deskPhone = await foreign.nextCall();
      const cancelled = new Promise<string>((resolve) =>
        deskPhone.session.once('failed', (event: unknown) => {
          const { message } = event as { message: { getHeader(name: string): string } };
          resolve(message.getHeader('Reason'));
        }),
      );
      const id = sipCallId.parse(callIdOf(offer.session));
      await desktop.client.call('offers.ignore', { sipCallId: id });
      await eventually('the laptop is told', () => silenced.length === 1);
      expect(silenced).toEqual([{ sipCallId: id }]);
      expect(alsoTold).toEqual([]);
      expect(await cancelled).toContain('cause=200');
      offer.answer();
      await call.until('the ignored call is answered', ({ happened }) => happened.step === 'answered');
      offer.session.terminate();
      await call.ended();
    },
    wholeCallMs,
  );

  it(
    'that nobody’s device could show is told to the available agent when they are back',
    async () => {
      const hub = await startTestHub();
      const { phone, client, ws, session, deviceId } = await agentAtWork(hub);
      await client.call('device.report', { activity: 'free', asleep: true });
      await phone.close();
      ws.terminate();
      const call = await practiceCall(hub, 'hangsUpAfterFiveSeconds');
      await call.until('voicemail takes it', ({ happened }) => happened.step === 'answered');
      const back = await openDesktop(hub);
      await back.client.call('session.resume', { token: session.token, deviceId });
      const missed = await back.client.call('offers.takeMissed', null);
      expect(missed).toMatchObject([{ reason: 'asleep', projectName: 'Northwind Support' }]);
      expect(await back.client.call('offers.takeMissed', null)).toEqual([]);
    },
    wholeCallMs,
  );
});

describe('a call that an agent makes', () => {
  it(
    'reaches the echo test, and a person behind a sample number',
    async () => {
      const hub = await startTestHub();
      const { phone } = await agentAtWork(hub);
      for (const target of ['600', '+442079460123']) {
        const call = phone.call(target);
        const confirmed = new Promise((resolve) => call.session.once('confirmed', resolve));
        await confirmed;
        await eventually(`${target} is heard`, () => call.packetsHeard() > 20);
        call.session.terminate();
        await call.ended;
      }
    },
    wholeCallMs,
  );

  it.each([
    ['an emergency number', '112', 404, 'emergency'],
    ['somebody who is busy', busyNumber, 486, 'Busy'],
  ])(
    'to %s is refused with a word that says why',
    async (_who, number, status, word) => {
      const hub = await startTestHub();
      const { phone } = await agentAtWork(hub);
      const call = phone.call(number);
      const failed = new Promise<{ message: { status_code: number; reason_phrase: string } }>((resolve) =>
        call.session.once('failed', (event: unknown) => resolve(event as never)),
      );
      const { message } = await failed;
      expect(message.status_code).toBe(status);
      expect(message.reason_phrase).toContain(word);
    },
    wholeCallMs,
  );
});

function callIdOf(session: object): string {
  return (session as { _request: { call_id: string } })._request.call_id;
}
