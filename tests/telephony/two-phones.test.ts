// Two whole phones against the hub's own exchange: JsSIP in this process, audio in two real Chromiums, listened to
// there. What is proven is proven by the energy of a known tone, not by a state.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallId } from '#shared/domain/ids.ts';
import { createMediaUserAgent, type MediaUserAgent } from '../../src-hub/media/sip/media-user-agent.ts';
import type { TelephonyFact } from '../../src-main/calls/telephony-port.ts';
import { type AudioDevices, createAudioDevices } from '../../src-main/telephony/audio-devices.ts';
import { createMediaLink, type MediaLink } from '../../src-main/telephony/media-link.ts';
import { createSipPhone, type SipPhone } from '../../src-main/telephony/sip-phone.ts';
import { startListening, stopListening } from '../support/dying-pages.ts';
import { eventually } from '../support/eventually.ts';
import { type ExchangeServer, startExchangeServer } from '../support/exchange-server.ts';
import { listen } from '../support/listening.ts';
import { accountAt } from '../support/media-ends.ts';
import {
  bundlePhonePage,
  hasChromium,
  openPhonePage,
  type PhonePage,
  unplugMicrophone,
} from '../support/phone-page.ts';
import { recordingLog } from '../support/recording-log.ts';

const callerHz = 440;
const calleeHz = 700;
/** A tone that is clearly there, and one that is not, dBFS at its own frequency. */
const clearDb = -45;
const nothingDb = -80;

interface Desk {
  readonly phone: SipPhone;
  readonly link: MediaLink;
  readonly devices: AudioDevices;
  readonly facts: TelephonyFact[];
  readonly window: PhonePage;
  fact<T extends TelephonyFact['type']>(type: T): Promise<Extract<TelephonyFact, { type: T }>>;
}

async function desk(window: PhonePage, webSocketUrl: string, user: string): Promise<Desk> {
  const log = recordingLog();
  const link = createMediaLink({ log });
  const devices = createAudioDevices({ link, log });
  const phone = createSipPhone({ link, log, dtmfTransport: () => 'rfc4733' });
  const facts: TelephonyFact[] = [];
  phone.onFact((fact) => facts.push(fact));
  link.attach(window.port);
  await eventually('the phone window answers', () => link.ready);
  devices.apply({
    microphoneId: null,
    speakerId: null,
    ringerId: null,
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
  });
  expect(await devices.openMicrophone()).toEqual({ microphone: 'ready' });
  phone.start(
    { ...accountAt(webSocketUrl, user), displayName: user, echoExtension: null },
    { instanceId: randomUUID() },
  );
  await eventually(`${user} is registered`, () => phone.registration().state === 'online');
  const fact: Desk['fact'] = (type) =>
    eventually(`fact ${type}`, () => {
      const index = facts.findIndex((told) => told.type === type);
      return index < 0 ? null : (facts.splice(0, index + 1).at(-1) as never);
    });
  return { phone, link, devices, facts, window, fact };
}

if (!hasChromium) console.warn('two-phones: skipped, there is no Chromium on this computer.');

describe.skipIf(!hasChromium)('two phones', () => {
  let exchange: ExchangeServer;
  let windows: PhonePage[];
  let caller: Desk;
  let callee: Desk;
  let callId: CallId;
  let offered: CallId;

  beforeAll(async () => {
    const bundle = await bundlePhonePage();
    windows = await Promise.all([
      openPhonePage(bundle, { toneHz: callerHz }),
      openPhonePage(bundle, { toneHz: calleeHz }),
    ]);
    exchange = await startExchangeServer();
  }, 60_000);
  afterAll(async () => {
    await Promise.all(windows.map((window) => window.close()));
    await exchange.close();
  });
  beforeEach(async () => {
    const [first, second] = windows as [PhonePage, PhonePage];
    caller = await desk(first, exchange.webSocketUrl, '201');
    callee = await desk(second, exchange.webSocketUrl, '202');
  }, 30_000);
  afterEach(async () => {
    await Promise.all([caller.phone.stop(), callee.phone.stop()]);
    caller.link.detach();
    callee.link.detach();
  });

  async function call(): Promise<void> {
    callId = randomUUID() as string as CallId;
    caller.phone.dial(callId, '202');
    offered = (await callee.fact('offerReceived')).offer.callId;
    await caller.fact('ringingRemotely');
    callee.phone.answer(offered);
    await Promise.all([caller.fact('established'), callee.fact('established')]);
  }
  const heardBy = async (who: Desk, hz: number) => (await listen(who.window.page, hz)).toneDb;
  const hears = (who: Desk, hz: number) =>
    eventually(`${hz} Hz is heard`, async () => (await heardBy(who, hz)) > clearDb);
  const hearsNothing = (who: Desk, hz: number) =>
    eventually(`${hz} Hz has fallen to nothing`, async () => (await heardBy(who, hz)) < nothingDb);

  it('hear each other, fall silent when muted or held, and are heard again after, also with a microphone that was unplugged', async () => {
    await call();
    await Promise.all([hears(callee, callerHz), hears(caller, calleeHz)]);

    caller.phone.setMuted(callId, true);
    expect(await caller.fact('mutedChanged')).toMatchObject({ muted: true });
    await hearsNothing(callee, callerHz);
    await hears(caller, calleeHz);
    caller.phone.setMuted(callId, false);
    await hears(callee, callerHz);

    callee.phone.hold(offered);
    await callee.fact('holdConfirmed');
    expect(await caller.fact('remoteHoldChanged')).toMatchObject({ remoteHold: true });
    await Promise.all([hearsNothing(caller, calleeHz), hearsNothing(callee, callerHz)]);
    callee.phone.resume(offered);
    await callee.fact('resumeConfirmed');
    await Promise.all([hears(callee, callerHz), hears(caller, calleeHz)]);

    await unplugMicrophone(caller.window.page);
    // What was on its way is heard out before it counts.
    await heardBy(callee, callerHz);
    await hears(callee, callerHz);

    const { quality } = await caller.fact('qualitySampled');
    expect(quality.bars).toBe(4);
    caller.phone.hangUp(callId);
    await Promise.all([callee.fact('remoteHungUp'), caller.fact('byeConfirmed')]);
    await eventually('nothing plays any more', () =>
      caller.window.page.evaluate(() => document.querySelectorAll('audio').length === 0),
    );
  }, 90_000);

  it('send keys that the far end reads as telephone events', async () => {
    let digits = '';
    const end: MediaUserAgent = createMediaUserAgent({
      account: accountAt(exchange.webSocketUrl, '203'),
      log: recordingLog(),
      onCall: ({ call: incoming }) => {
        incoming.listen({ digit: (digit) => (digits += digit) });
        incoming.answer();
      },
    });
    await end.registered();
    callId = randomUUID() as string as CallId;
    caller.phone.dial(callId, '203');
    await caller.fact('established');
    caller.phone.sendDtmf(callId, '12');
    caller.phone.sendDtmf(callId, '#0');
    await eventually('all keys have arrived', () => digits === '12#0');
    await end.close();
  }, 60_000);

  it('hear each other again within 3 s after either page was loaded anew, whichever of them answered DTLS first', async () => {
    await call();
    for (const [reloaded, other] of [
      [caller, callee],
      [callee, caller],
    ] as const) {
      await Promise.all([hears(callee, callerHz), hears(caller, calleeHz)]);
      await reloaded.window.page.reload();
      const fromMs = Date.now();
      const toneOf = (who: Desk) => (who === caller ? callerHz : calleeHz);
      await Promise.all([hears(other, toneOf(reloaded)), hears(reloaded, toneOf(other))]);
      expect(Date.now() - fromMs).toBeLessThan(3_000);
    }
    const endings = [...caller.facts, ...callee.facts].filter(({ type }) =>
      ['failed', 'remoteHungUp', 'byeConfirmed'].includes(type),
    );
    expect(endings).toEqual([]);
    caller.phone.hangUp(callId);
    await callee.fact('remoteHungUp');
    await eventually('nothing plays any more', () =>
      callee.window.page.evaluate(() => document.querySelectorAll('audio').length === 0),
    );
  }, 90_000);

  it('hear each other again when both pages were loaded anew at the same moment', async () => {
    await call();
    await Promise.all([hears(callee, callerHz), hears(caller, calleeHz)]);
    await Promise.all([caller.window.page.reload(), callee.window.page.reload()]);
    const fromMs = Date.now();
    await Promise.all([hears(callee, callerHz), hears(caller, calleeHz)]);
    console.log('both windows died, heard again after ms:', Date.now() - fromMs);
    caller.phone.hangUp(callId);
    await callee.fact('remoteHungUp');
  }, 90_000);

  it('go on without a gap while both look for another path, because both computers have other addresses', async () => {
    await call();
    await Promise.all([hears(callee, callerHz), hears(caller, calleeHz)]);
    const restarts = (who: Desk) =>
      who.window.page.evaluate(() => (globalThis as unknown as { iceRestarts: number }).iceRestarts);
    for (const who of [caller, callee]) await countRestarts(who);
    await startListening(callee.window.page, callerHz);
    caller.phone.networkChanged();
    callee.phone.networkChanged();
    await eventually(
      'both have restarted ICE',
      async () => (await restarts(caller)) + (await restarts(callee)) >= 2,
    );
    await Promise.all([hears(callee, callerHz), hears(caller, calleeHz)]);
    const heard = await stopListening(callee.window.page);
    expect(Math.min(...heard)).toBeGreaterThan(clearDb);
    caller.phone.hangUp(callId);
    await callee.fact('remoteHungUp');
  }, 90_000);
});

/** Counts the offers for which the page is asked to restart ICE. */
async function countRestarts({ window }: Desk): Promise<void> {
  await window.page.evaluate(() => {
    const counted = globalThis as unknown as { iceRestarts: number };
    counted.iceRestarts = 0;
    const create = RTCPeerConnection.prototype.createOffer as (
      this: RTCPeerConnection,
      options?: RTCOfferOptions,
    ) => Promise<RTCSessionDescriptionInit>;
    const counting: typeof create = function (options) {
      if (options?.iceRestart) counted.iceRestarts += 1;
      return create.call(this, options);
    };
    Object.assign(RTCPeerConnection.prototype, { createOffer: counting });
  });
}
