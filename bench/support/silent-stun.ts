// Dialling out with a STUN server that never answers: how long the INVITE waits, for our phone (SipPhone and the phone
// window, as built) and for the peer's page. The server is a UDP socket on this computer's loopback that says nothing.
import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { callId } from '#shared/domain/ids.ts';
import { createAudioDevices } from '../../src-main/telephony/audio-devices.ts';
import { createMediaLink } from '../../src-main/telephony/media-link.ts';
import { createSipPhone } from '../../src-main/telephony/sip-phone.ts';
import { eventually } from '../../tests/support/eventually.ts';
import { bundlePhonePage, openPhonePage } from '../../tests/support/phone-page.ts';
import { startJsSipPhone } from '../peers/jssip-phone.ts';
import { type BenchHub, signIn } from './bench-hub.ts';

export interface InviteDelays {
  readonly oursMs: number[];
  readonly theirsMs: number[];
}

const dialled = '203';
/** Stock JsSIP waits until the browser gives the server up. */
const stockWithinMs = 60_000;

/** @param calls of each */
export async function dialWithSilentStun(
  hub: BenchHub,
  microphoneWav: string,
  calls: number,
): Promise<InviteDelays> {
  const silent = createSocket('udp4');
  silent.bind(0, '127.0.0.1');
  await once(silent, 'listening');
  const stunServer = `stun:127.0.0.1:${silent.address().port}`;
  try {
    return {
      oursMs: await ours(hub, stunServer, calls),
      theirsMs: await theirs(hub, stunServer, microphoneWav, calls),
    };
  } finally {
    silent.close();
  }
}

async function ours(hub: BenchHub, stunServer: string, calls: number): Promise<number[]> {
  const seat = await signIn(hub, 'clerk');
  const page = await openPhonePage(await bundlePhonePage(), {});
  const complain = (message: string, facts: Record<string, unknown>) =>
    process.stderr.write(`bench: ${message} ${JSON.stringify(facts)}\n`);
  const log = { info: () => undefined, warn: complain, error: complain };
  const link = createMediaLink({ log });
  const devices = createAudioDevices({ link, log });
  link.attach(page.port);
  const phone = createSipPhone({
    link,
    log,
    dtmfTransport: () => 'rfc4733',
    iceServers: [{ urls: [stunServer] }],
  });
  try {
    await eventually('the phone window', () => devices.view.phoneWindowReady);
    await devices.openMicrophone();
    phone.start(seat.sip, { instanceId: randomUUID() });
    await eventually('registered', () => phone.registration().state === 'online');
    return await times(calls, async () => {
      const call = callId.parse(randomUUID());
      const over = new Promise<void>((resolve) => {
        const stop = phone.onFact((fact) => {
          if (!['byeConfirmed', 'failed', 'remoteHungUp'].includes(fact.type)) return;
          stop();
          resolve();
        });
      });
      const invite = hub.nextInvite('received', dialled);
      const startedAtMs = performance.timeOrigin + performance.now();
      phone.dial(call, dialled);
      const { atMs } = await invite;
      phone.hangUp(call);
      await over;
      return atMs - startedAtMs;
    });
  } finally {
    await phone.stop();
    await page.close();
    seat.close();
  }
}

async function theirs(
  hub: BenchHub,
  stunServer: string,
  microphoneWav: string,
  calls: number,
): Promise<number[]> {
  const seat = await signIn(hub, 'clerk2');
  const peer = await startJsSipPhone(seat.sip, microphoneWav, stunServer);
  try {
    return await times(calls, async () => {
      const invite = hub.nextInvite('received', dialled, stockWithinMs);
      const startedAtMs = await peer.page.evaluate((target) => {
        const atMs = performance.timeOrigin + performance.now();
        (window as unknown as { dial(target: string): void }).dial(target);
        return atMs;
      }, `sip:${dialled}@practice.offhook.invalid`);
      const { atMs } = await invite;
      // Hung up before the hub's challenge is answered, the call would go on at the far end, and 202 be busy ever after.
      await peer.page.waitForSelector('body[data-state="talking"]', { state: 'attached' });
      await peer.page.evaluate(() => (window as unknown as { hangUp(): void }).hangUp());
      await peer.page.waitForSelector('body[data-state="idle"]', { state: 'attached' });
      return atMs - startedAtMs;
    });
  } finally {
    await peer.close();
    seat.close();
  }
}

async function times(count: number, work: () => Promise<number>): Promise<number[]> {
  const samples: number[] = [];
  while (samples.length < count) samples.push(await work());
  return samples;
}
