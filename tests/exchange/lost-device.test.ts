// A device dies, or stays away, in the middle of a call: the exchange tells the other side, and later the device itself.
// A device that was merely away finds its call as it was.
import { describe, expect, it } from 'vitest';
import { quickly } from '../support/eventually.ts';
import { prepareCallStand } from './support/call-stand.ts';
import type { RawPhone, WireCall } from './support/raw-phone.ts';
import { allHeaders, header, method, requestUri, tag } from './support/raw-phone.ts';

const calls = prepareCallStand();

/** A device that says which run of its program it is. */
async function run(user: string, bootId: string | null): Promise<RawPhone> {
  const phone = await calls.phone(user);
  await register(phone, bootId);
  return phone;
}

async function register(phone: RawPhone, bootId: string | null): Promise<void> {
  const boot = bootId === null ? [] : [`X-Offhook-Boot: ${bootId}`];
  await phone.register([phone.contactHeader(), 'Expires: 600', ...boot]);
}

/** As `run`, but what it registers first is the boot id: a device that comes back. */
async function comesBack(user: string, bootId: string | null): Promise<RawPhone> {
  const phone = await calls.unregistered(user, 1);
  await register(phone, bootId);
  return phone;
}

interface Talk {
  readonly a: RawPhone;
  readonly b: RawPhone;
  readonly out: WireCall;
  readonly in: WireCall;
}

async function talk(bootOfA: string | null = 'first', bootOfB: string | null = 'first'): Promise<Talk> {
  const [a, b] = [await run('201', bootOfA), await run('202', bootOfB)];
  const sent = await a.invite('202');
  const invite = await b.request('INVITE');
  b.reply(invite, 200, { body: 'v=0\r\n' });
  const out = a.callFromAnswer(sent, await a.response(200, 'INVITE'));
  a.sendInDialog('ACK', out);
  await b.request('ACK');
  return { a, b, out, in: b.callFromInvite(invite) };
}

async function dies(phone: RawPhone): Promise<void> {
  const before = calls.stand.exchange.load().connections;
  await phone.cut();
  await quickly('the exchange noticed', () => calls.stand.exchange.load().connections === before - 1);
}

async function noBye(phone: RawPhone): Promise<void> {
  await phone.settled();
  expect(phone.received.filter((message) => method(message) === 'BYE')).toHaveLength(0);
}

const dialogs = () => calls.stand.exchange.load().dialogs;

describe('a device whose program was started anew in a call', () => {
  it('as the one called, has its call ended towards the caller as soon as it registers', async () => {
    const { a, b, out } = await talk();
    await dies(b);
    await noBye(a);
    await comesBack('202', 'second');
    const bye = await a.request('BYE');
    expect(requestUri(bye)).toBe(a.contact);
    expect(header(bye, 'Call-ID')).toBe(out.callId);
    expect(tag(header(bye, 'From'))).toBe(tag(out.remote));
    expect(tag(header(bye, 'To'))).toBe(tag(out.local));
    expect(header(bye, 'Reason')).toBe('SIP;cause=410;text="The other device is gone"');
    expect(allHeaders(bye, 'Via')).toHaveLength(1);
    expect(allHeaders(bye, 'Route')).toEqual([]);
    a.reply(bye, 200);
    await quickly('the call is forgotten', () => dialogs() === 0);
  });

  it('as the caller, has it ended towards the one called, with a CSeq that follows the caller’s own', async () => {
    const { a, b, out } = await talk();
    a.sendInDialog('INFO', out);
    const info = await b.request('INFO');
    b.reply(info, 200);
    await a.response(200, 'INFO');
    await dies(a);
    await comesBack('201', 'second');
    const bye = await b.request('BYE');
    expect(header(bye, 'CSeq')).toBe(`${Number.parseInt(header(info, 'CSeq'), 10) + 1} BYE`);
    expect(header(bye, 'From')).toBe(header(info, 'From'));
    expect(header(bye, 'To')).toBe(header(info, 'To'));
    b.reply(bye, 200);
    await quickly('the call is forgotten', () => dialogs() === 0);
  });

  it('need not have been missed before: its old connection may still look alive', async () => {
    const { a, b } = await talk();
    await comesBack('202', 'second');
    a.reply(await a.request('BYE'), 200);
    await noBye(b);
  });

  it('has all its calls ended, and nobody else’s', async () => {
    const first = await talk();
    const c = await run('203', 'first');
    const sent = await first.a.invite('203');
    const invite = await c.request('INVITE');
    c.reply(invite, 200, { body: 'v=0\r\n' });
    first.a.sendInDialog('ACK', first.a.callFromAnswer(sent, await first.a.response(200, 'INVITE')));
    expect(dialogs()).toBe(2);
    await dies(c);
    await comesBack('203', 'second');
    const bye = await first.a.request('BYE');
    expect(header(bye, 'Call-ID')).toBe(sent.callId);
    first.a.reply(bye, 200);
    await quickly('one call is left', () => dialogs() === 1);
    await noBye(first.b);
  });

  it('that does not say which run it is, is given the time to say so by its media', async () => {
    const { a, b } = await talk(null, null);
    await dies(b);
    await comesBack('202', null);
    calls.stand.clock.advance(200_000);
    await noBye(a);
  });
});

describe('a device that is away for 120 seconds in a call', () => {
  it('finds its call as it was, and hangs up', async () => {
    const { a, b, in: inn } = await talk();
    await dies(b);
    calls.stand.clock.advance(120_000);
    const again = await comesBack('202', 'first');
    calls.stand.clock.advance(100_000);
    await noBye(a);
    again.sendInDialog('BYE', inn);
    a.reply(await a.request('BYE'), 200);
    await again.response(200, 'BYE');
    await quickly('the call is forgotten', () => dialogs() === 0);
  });

  it('is told then that the other side has hung up meanwhile', async () => {
    const { a, b, out } = await talk();
    await dies(b);
    a.sendInDialog('BYE', out);
    await a.settled();
    calls.stand.clock.advance(10_000);
    await a.response(480, 'BYE');
    calls.stand.clock.advance(110_000);
    const again = await comesBack('202', 'first');
    const bye = await again.request('BYE');
    expect(header(bye, 'Call-ID')).toBe(out.callId);
    expect(header(bye, 'Reason')).toBe('SIP;cause=487;text="The other side has hung up"');
    again.reply(bye, 200);
    await quickly('the call is forgotten', () => dialogs() === 0);
  });

  it('is told once where the other side’s BYE was still waiting for it', async () => {
    const { a, b, out } = await talk();
    await dies(b);
    a.sendInDialog('BYE', out);
    await a.settled();
    const again = await comesBack('202', 'first');
    again.reply(await again.request('BYE'), 200);
    await a.response(200, 'BYE');
    await noByeButOne(again);
    await quickly('the call is forgotten', () => dialogs() === 0);
  });
});

describe('a device that never comes back', () => {
  it('has its call ended towards the other side after 150 seconds, not before', async () => {
    const { a, b } = await talk();
    await dies(b);
    calls.stand.clock.advance(149_000);
    await noBye(a);
    calls.stand.clock.advance(1_000);
    const bye = await a.request('BYE');
    expect(header(bye, 'Reason')).toContain('cause=410');
    a.reply(bye, 200);
    await a.settled();
  });

  it('and comes back after all, is told that its call is over', async () => {
    const { a, b } = await talk();
    await dies(b);
    calls.stand.clock.advance(150_000);
    a.reply(await a.request('BYE'), 200);
    const again = await comesBack('202', 'first');
    again.reply(await again.request('BYE'), 481);
    await quickly('the call is forgotten', () => dialogs() === 0);
  });

  it('together with the other side, leaves nothing behind', async () => {
    const { a, b } = await talk();
    await dies(b);
    await dies(a);
    calls.stand.clock.advance(150_000);
    expect(dialogs()).toBe(1);
    calls.stand.clock.advance(3_600_000);
    expect(dialogs()).toBe(0);
  });

  it('where the other side was away at that moment, has it told when that is back', async () => {
    const { a, b } = await talk();
    await dies(b);
    calls.stand.clock.advance(140_000);
    await dies(a);
    calls.stand.clock.advance(10_000);
    const again = await comesBack('201', 'first');
    again.reply(await again.request('BYE'), 200);
    await again.settled();
  });
});

describe('a device that is signed out', () => {
  it('has its calls ended towards both sides, and is disconnected', async () => {
    const { a, b } = await talk();
    calls.stand.exchange.revoke('202', b.account.instance ?? null);
    const bye = await a.request('BYE');
    expect(header(bye, 'Reason')).toContain('signed out');
    a.reply(bye, 200);
    await b.request('BYE');
    await quickly('its connection is closed', () => !b.isOpen);
    expect(calls.stand.exchange.bindingCount('202')).toBe(0);
    await quickly('the call is forgotten', () => dialogs() === 0);
  });

  it('leaves the user’s other devices registered', async () => {
    const first = await calls.phone('202', 1);
    const second = await calls.phone('202', 2);
    calls.stand.exchange.revoke('202', first.account.instance ?? null);
    await quickly('one is disconnected', () => !first.isOpen);
    expect(second.isOpen).toBe(true);
    expect(calls.stand.exchange.bindingCount('202')).toBe(1);
  });
});

describe('a call that ends as calls do', () => {
  it('is forgotten, whoever hangs up, and whatever the other side says to it', async () => {
    for (const [end, answer] of [
      ['a', 200],
      ['b', 200],
      ['a', 481],
    ] as const) {
      const { a, b, out, in: inn } = await talk();
      expect(dialogs()).toBe(1);
      const [asks, hears, call] = end === 'a' ? [a, b, out] : [b, a, inn];
      asks.sendInDialog('BYE', call);
      hears.reply(await hears.request('BYE'), answer);
      await asks.response(answer, 'BYE');
      expect(dialogs()).toBe(0);
      await dies(a);
      await dies(b);
    }
  });

  it('is forgotten where the BYE is never answered', async () => {
    const { a, b, out } = await talk();
    a.sendInDialog('BYE', out);
    await b.request('BYE');
    calls.stand.clock.advance(32_000);
    await a.response(408, 'BYE');
    expect(dialogs()).toBe(0);
  });
});

async function noByeButOne(phone: RawPhone): Promise<void> {
  await phone.settled();
  expect(phone.received.filter((message) => method(message) === 'BYE')).toHaveLength(1);
}
