// The agent's phone on a Kamailio instead of our exchange: it registers with the digest that Kamailio asks for, which
// counts nonces, and two of them call each other.
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { CallId } from '#shared/domain/ids.ts';
import type { TelephonyFact } from '../../src-main/calls/telephony-port.ts';
import { createMediaLink } from '../../src-main/telephony/media-link.ts';
import { createSipPhone, type SipPhone } from '../../src-main/telephony/sip-phone.ts';
import { digestFields } from '../../src-sip/digest/digest-response.ts';
import { Line } from '../model/line.ts';
import { eventually } from '../support/eventually.ts';
import { recordingLog } from '../support/recording-log.ts';
import { scriptedPhoneWindow } from '../support/scripted-phone-window.ts';
import { type KamailioServer, startKamailio, whyNot } from './kamailio-server.ts';

const missing = whyNot();
if (missing) console.info(`kamailio: skipped. ${missing}`);

const users = { '201': 'secret of 201', '202': 'secret of 202', '203': 'secret of 203' };
const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function kamailio(algorithm: 'SHA-256' | 'MD5'): Promise<KamailioServer> {
  const server = await startKamailio({ algorithm, users });
  ends.push(() => server.close());
  return server;
}

interface PhoneThere {
  readonly phone: SipPhone;
  readonly line: Line;
  connected(): void;
  fact<T extends TelephonyFact['type']>(type: T): Promise<Extract<TelephonyFact, { type: T }>>;
}

async function phoneOn(
  server: KamailioServer,
  user: keyof typeof users,
  password = users[user],
): Promise<PhoneThere> {
  const line = await Line.open(server.webSocketUrl);
  const link = createMediaLink({ log: recordingLog() });
  const window = scriptedPhoneWindow(link);
  window.load();
  const phone = createSipPhone({
    link,
    log: recordingLog(),
    dtmfTransport: () => 'rfc4733',
    random: () => 0,
  });
  const facts: TelephonyFact[] = [];
  phone.onFact((fact) => facts.push(fact));
  const uri = `sip:${user}@practice.offhook.invalid`;
  const account = { webSocketUrl: line.url, uri, authorizationUser: user, password, displayName: user };
  phone.start({ ...account, echoExtension: null }, { instanceId: randomUUID() });
  ends.push(async () => {
    await phone.stop();
    await line.close();
  });
  return {
    phone,
    line,
    connected: () => window.tellState({ connectionState: 'connected' }, 'connectionstatechange'),
    fact: (type) =>
      eventually(`fact ${type}`, () => {
        const index = facts.findIndex((fact) => fact.type === type);
        return index < 0 ? null : (facts.splice(0, index + 1).at(-1) as never);
      }),
  };
}

const online = ({ phone }: PhoneThere) =>
  eventually('registered', () => phone.registration().state === 'online');

/** What the phone has sent to prove who it is, in order. */
function credentialsOf({ line }: PhoneThere, header: 'Authorization' | 'Proxy-Authorization') {
  return line.delivered.flatMap(({ direction, text }) => {
    const value = new RegExp(`^${header}: (.*)\r$`, 'm').exec(text)?.[1];
    const fields = direction === 'up' && value ? digestFields(value) : null;
    return fields ? [fields] : [];
  });
}

describe.skipIf(missing !== null)('on Kamailio', () => {
  it.each(['SHA-256', 'MD5'] as const)(
    'two phones register with %s, and one calls the other, holds, and hangs up',
    async (algorithm) => {
      const server = await kamailio(algorithm);
      const caller = await phoneOn(server, '201');
      const called = await phoneOn(server, '202');
      await Promise.all([online(caller), online(called)]);
      expect(credentialsOf(caller, 'Authorization').map((fields) => fields.get('algorithm'))).toEqual([
        algorithm,
      ]);

      const callId = randomUUID() as string as CallId;
      caller.phone.dial(callId, '202');
      const { offer } = await called.fact('offerReceived');
      expect(offer.callerNumber).toBe('201');
      await caller.fact('ringingRemotely');
      called.phone.answer(offer.callId);
      await caller.fact('established');
      called.connected();
      await called.fact('established');
      const [proof] = credentialsOf(caller, 'Proxy-Authorization');
      expect(proof?.get('algorithm')).toBe(algorithm);

      caller.phone.hold(callId);
      await caller.fact('holdConfirmed');
      expect((await called.fact('remoteHoldChanged')).remoteHold).toBe(true);
      called.phone.hangUp(offer.callId);
      await caller.fact('remoteHungUp');
      await called.fact('byeConfirmed');
      expect(server.log()).not.toMatch(/ERROR|CRITICAL/);
    },
  );

  it('a phone proves itself for every call, with another nonce each time', async () => {
    const there = await phoneOn(await kamailio('SHA-256'), '201');
    await online(there);
    for (const callId of [randomUUID(), randomUUID()] as string[] as CallId[]) {
      // Nobody has 202 here, but that is told only to those who are known.
      there.phone.dial(callId, '202');
      expect((await there.fact('failed')).cause).toBe('unavailable');
    }
    const nonces = credentialsOf(there, 'Proxy-Authorization').map((fields) => fields.get('nonce'));
    expect(new Set(nonces).size).toBe(2);
  });

  it('a phone gives its call to another, who may refuse it or take it', async () => {
    const server = await kamailio('SHA-256');
    const [agent, far, target] = [
      await phoneOn(server, '201'),
      await phoneOn(server, '202'),
      await phoneOn(server, '203'),
    ];
    await Promise.all([agent, far, target].map(online));
    const callId = randomUUID() as string as CallId;
    agent.phone.dial(callId, '202');
    const { offer } = await far.fact('offerReceived');
    far.phone.answer(offer.callId);
    await agent.fact('established');
    far.connected();
    await far.fact('established');

    agent.phone.transfer(callId, '203');
    const refused = await target.fact('offerReceived');
    target.phone.decline(refused.offer.callId);
    expect((await agent.fact('transferFailed')).failure).toBe('declined');

    agent.phone.transfer(callId, '203');
    const taken = await target.fact('offerReceived');
    expect(taken.offer.callerNumber).toBe('202');
    expect((await agent.fact('transferRinging')).queued).toBe(false);
    target.phone.answer(taken.offer.callId);
    await agent.fact('transferConfirmed');
    agent.phone.hangUp(callId);
    await agent.fact('byeConfirmed');
    await far.fact('remoteHungUp');
    target.connected();
    await target.fact('established');
    target.phone.hangUp(taken.offer.callId);
    await target.fact('byeConfirmed');
    expect(server.log()).not.toMatch(/ERROR|CRITICAL/);
  });

  it('a phone with a wrong password is refused, and says so', async () => {
    const server = await kamailio('SHA-256');
    const there = await phoneOn(server, '201', 'a wrong one');
    await eventually('refused', () => there.phone.registration().reason?.includes('401'));
  });
});
