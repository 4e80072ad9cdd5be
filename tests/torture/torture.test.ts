// The torture messages thrown at the exchange and at the desktop's phone, over real sockets: each has the outcome that the
// table says, none counts as a fault of ours, none keeps the process busy, and the next call gets through.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { domain, type ExchangeStand, startExchange } from '../exchange/support/exchange-stand.ts';
import { header, RawPhone, status } from '../exchange/support/raw-phone.ts';
import type { SipMessage } from '../support/scripted-sip-server.ts';
import { type PhoneOnScript, phoneOnScript } from '../telephony/phone-on-script.ts';
import { expectedOutcomes, type Outcome } from './expected-outcomes.ts';
import { slowMessages, type Target } from './handler-time.ts';
import { addressedTo, tortureMessages } from './messages.ts';

const messages = tortureMessages();
const phoneUri = `sip:201@${domain}`;

/** One table's worth of outcomes, by file, told in one comparison. */
type Outcomes = Record<string, readonly [Outcome, Outcome | null]>;

async function outcomesOf(target: Target<Outcome>, ownUri: string): Promise<Outcomes> {
  const outcomes: Outcomes = {};
  for (const { name, bytes } of messages) {
    const expected = expectedOutcomes.find(({ file }) => file === name);
    const both = expected?.exchange[1] !== null && expected?.desktop[1] !== null;
    const asItIs = await target.throwAt(bytes);
    outcomes[name] = [asItIs, both ? await target.throwAt(addressedTo(ownUri, bytes)) : null];
  }
  return outcomes;
}

const table = (side: 'exchange' | 'desktop'): Outcomes =>
  Object.fromEntries(expectedOutcomes.map((row) => [row.file, row[side]]));

describe('the table of outcomes', () => {
  it('has a row for every message, and no other, each with its reason and its section of the RFC', () => {
    const rows = expectedOutcomes.map(({ file }) => file);
    expect(new Set(rows).size).toBe(rows.length);
    expect(expectedOutcomes.filter(({ why }) => !/^(4475 3|5118 4)\.\d/.test(why))).toEqual([]);
    if (messages.length > 0) expect(messages.map(({ name }) => name).sort()).toEqual([...rows].sort());
  });
});

describe.skipIf(messages.length === 0)('at the exchange, the torture messages', () => {
  let stand: ExchangeStand;
  let phone: RawPhone;
  let target: Target<Outcome>;

  beforeEach(async () => {
    stand = await startExchange();
    phone = await RawPhone.open(stand.url, { user: '201', password: stand.passwordOf('201') });
    target = {
      async throwAt(bytes) {
        const before = phone.received.length;
        phone.send(bytes);
        await phone.settled();
        const finals = phone.received
          .slice(before, -1)
          .map(status)
          .filter((code) => code >= 200);
        expect(finals.length).toBeLessThan(2);
        // The transactions of this message end, so that the next one with the same branch is not taken for it.
        stand.clock.advance(40_000);
        return finals[0] ?? 'dropped';
      },
    };
  });
  afterEach(() => stand.close());

  it('are answered or dropped as the table says, and the next call gets through', async () => {
    expect(await outcomesOf(target, `sip:${domain}`)).toEqual(table('exchange'));
    expect(stand.log.filter(({ level }) => level === 'error')).toEqual([]);
    expect(phone.isOpen).toBe(true);
    await phone.register();
    const { callId } = await phone.invite('202');
    await phone.next('an end', (one) => header(one, 'Call-ID') === callId && status(one) === 480);
  });

  it('keep it busy for 20 ms at most', async () => {
    expect(await slowMessages(target, messages)).toEqual([]);
  });
});

describe.skipIf(messages.length === 0)('at the desktop’s phone, the torture messages', () => {
  let on: PhoneOnScript;
  let target: Target<Outcome>;

  beforeEach(async () => {
    on = await phoneOnScript();
    let thrown = 0;
    target = {
      async throwAt(bytes) {
        thrown += 1;
        on.server.received.length = 0;
        on.facts.length = 0;
        on.server.send(bytes);
        on.server.send(control(thrown));
        await on.server.take('the control', (message) => message.header('Call-ID') === `control-${thrown}`);
        const finals = on.server.received.filter(({ status: code }) => code >= 200);
        expect(finals.length).toBeLessThan(2);
        const offer = on.facts.find(({ type }) => type === 'offerReceived');
        if (offer?.type === 'offerReceived') {
          on.phone.reject(offer.offer.callId);
          acknowledge(await on.server.takeResponse(486, 'INVITE'));
          return 'rings';
        }
        if (finals[0]) acknowledge(finals[0]);
        return finals[0]?.status ?? 'dropped';
      },
    };
  });
  afterEach(() => on.end());

  const control = (number: number) =>
    [
      `OPTIONS ${phoneUri} SIP/2.0`,
      `Via: SIP/2.0/WS control.invalid;branch=z9hG4bKcontrol${number}`,
      'From: <sip:control@control.invalid>;tag=control',
      `To: <${phoneUri}>`,
      `Call-ID: control-${number}`,
      'CSeq: 1 OPTIONS',
      '',
      '',
    ].join('\r\n');

  /** So that the transaction ends, and the next message with the same branch is not taken for this one. */
  function acknowledge(answer: SipMessage): void {
    if (!answer.header('CSeq').endsWith('INVITE')) return;
    const repeated = ['Via', 'From', 'To', 'Call-ID'].flatMap((name) =>
      answer.headers(name).map((value) => `${name}: ${value}`),
    );
    const cseq = `CSeq: ${Number.parseInt(answer.header('CSeq'), 10)} ACK`;
    on.server.send([`ACK ${phoneUri} SIP/2.0`, ...repeated, cseq, '', ''].join('\r\n'));
  }

  it('ring, are answered or dropped as the table says, and the next caller rings', async () => {
    expect(await outcomesOf(target, phoneUri)).toEqual(table('desktop'));
    expect(on.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    expect(on.phone.registration().state).toBe('online');
    await on.ring();
  });

  it('keep it busy for 20 ms at most', async () => {
    expect(await slowMessages(target, messages)).toEqual([]);
  });
});
