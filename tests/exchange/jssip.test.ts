// The exchange with JsSIP on both sides, as the desktop and the hub's media ends use it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quickly } from '../support/eventually.ts';
import { instanceOf } from './support/call-stand.ts';
import type { ExchangeStand } from './support/exchange-stand.ts';
import { refuse, ring, startExchange } from './support/exchange-stand.ts';
import { happens, JsSipPhone } from './support/jssip-phone.ts';

let stand: ExchangeStand;
let phones: JsSipPhone[] = [];

function phone(user: string, password = stand.passwordOf(user)): JsSipPhone {
  const opened = new JsSipPhone(stand.url, { user, password, instance: instanceOf(user, 1) });
  phones.push(opened);
  return opened;
}

beforeEach(async () => {
  stand = await startExchange();
});

afterEach(async () => {
  for (const each of phones) each.stop();
  phones = [];
  await stand.close();
});

describe('JsSIP', () => {
  it('registers, registers off, and comes back as the same device', async () => {
    const first = await phone('201').registered();
    expect(stand.exchange.bindingCount('201')).toBe(1);
    await phone('201').registered();
    expect(stand.exchange.bindingCount('201')).toBe(1);
    phones[1]?.unregister();
    await quickly('no binding is left', () => stand.exchange.bindingCount('201') === 0);
    expect(first.registrationFailure).toBeNull();
  });

  it('is told when its password is wrong', async () => {
    const failing = phone('201', 'wrong');
    await quickly('registration failed', () => failing.registrationFailure !== null);
    expect(failing.registrationFailure).toBe('Authentication Error');
  });

  it('calls, talks, holds and is hung up on', async () => {
    const a = await phone('201').registered();
    const b = await phone('202').registered();
    const out = a.call('202');
    const inn = await b.offered();
    await happens(out, 'progress remote');
    b.answer(inn);
    await happens(out, 'confirmed local');
    await happens(inn, 'confirmed remote');
    out.session.hold();
    await happens(inn, 'hold remote');
    inn.session.terminate();
    await happens(out, 'ended remote Terminated');
    await quickly('no call is left', () => stand.exchange.load().calls === 0);
  });

  it('hears that a call was answered elsewhere', async () => {
    const [a, b, c] = [
      await phone('201').registered(),
      await phone('202').registered(),
      await phone('203').registered(),
    ];
    stand.route = () => ring(['202', '203']);
    const out = a.call('900');
    const [atB, atC] = [await b.offered(), await c.offered()];
    b.answer(atB);
    await happens(out, 'confirmed local');
    await happens(atC, 'failed remote Canceled');
    expect(atC.reason).toBe('SIP;cause=200;text="Call completed elsewhere"');
    expect(atB.happened.some((each) => each.startsWith('failed') || each.startsWith('ended'))).toBe(false);
  });

  it('ends one of two who answer at once, and tells it why', async () => {
    const [a, b, c] = [
      await phone('201').registered(),
      await phone('202').registered(),
      await phone('203').registered(),
    ];
    stand.route = () => ring(['202', '203']);
    const out = a.call('900');
    const [atB, atC] = [await b.offered(), await c.offered()];
    b.answer(atB);
    c.answer(atC);
    await happens(out, 'confirmed local');
    const ended = () =>
      [atB, atC].filter(({ happened }) => happened.some((each) => /^(ended|failed) /.test(each)));
    await quickly('one of them is over', () => ended().length === 1);
    expect(ended()[0]?.reason).toBe('SIP;cause=200;text="Call completed elsewhere"');
    out.session.terminate();
    await quickly('the other is over, too', () => ended().length === 2);
  });

  it('is declined to voicemail', async () => {
    const a = await phone('trunk').registered();
    const b = await phone('201').registered();
    const voicemail = await phone('voicemail').registered();
    stand.route = (_, previous) => (previous?.kind === 'declined' ? ring(['voicemail']) : ring(['201']));
    const out = a.call('900');
    (await b.offered()).session.terminate({ status_code: 603 });
    voicemail.answer(await voicemail.offered());
    await happens(out, 'confirmed local');
  });

  it('gives up, and the other side sees a cancelled call without a reason', async () => {
    const a = await phone('201').registered();
    const b = await phone('202').registered();
    const out = a.call('202');
    const inn = await b.offered();
    await happens(out, 'progress remote');
    out.session.terminate();
    await happens(inn, 'failed remote Canceled');
    expect(inn.reason).toBe('');
    await quickly('the offer has ended', () => stand.offersEnded.length === 1);
    expect(stand.offersEnded[0]).toMatchObject({ user: '202', outcome: 'abandoned' });
  });

  it('hangs up after the other side had a new connection', async () => {
    const a = await phone('201').registered();
    const b = await phone('202').registered();
    const out = a.call('202');
    const inn = await b.offered();
    b.answer(inn);
    await happens(out, 'confirmed local');
    await happens(inn, 'confirmed remote');
    stand.cutAll();
    await quickly('both lines are noticed as lost', () => stand.exchange.load().connections === 0);
    await quickly('both are back', () => stand.exchange.load().connections === 2);
    await Promise.all([a.registered(), b.registered()]);
    expect(out.happened.some((each) => each.startsWith('ended'))).toBe(false);
    out.session.terminate();
    await happens(inn, 'ended remote Terminated');
  });

  it('hears 486 when everybody is busy', async () => {
    const a = await phone('201').registered();
    const b = await phone('202').registered();
    stand.route = (_, previous) => (previous === null ? ring(['202']) : refuse(486));
    const out = a.call('202');
    (await b.offered()).session.terminate({ status_code: 486 });
    await happens(out, 'failed remote Busy');
  });
});
