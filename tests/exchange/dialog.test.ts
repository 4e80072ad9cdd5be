// Requests within a call: both ways, after a reconnect, after a restart of the hub, and from strangers.
import { describe, expect, it } from 'vitest';
import { quickly } from '../support/eventually.ts';
import { instanceOf, prepareCallStand } from './support/call-stand.ts';
import { domain, startExchange } from './support/exchange-stand.ts';
import type { RawPhone, WireCall } from './support/raw-phone.ts';
import { allHeaders, header, RawPhone as Phone, requestUri, status } from './support/raw-phone.ts';

const calls = prepareCallStand();

async function talk(caller: RawPhone, callee: RawPhone): Promise<{ out: WireCall; in: WireCall }> {
  const sent = await caller.invite(callee.account.user);
  const invite = await callee.request('INVITE');
  callee.reply(invite, 200, { body: 'v=0\r\n' });
  const out = caller.callFromAnswer(sent, await caller.response(200, 'INVITE'));
  caller.sendInDialog('ACK', out);
  await callee.request('ACK');
  return { out, in: callee.callFromInvite(invite) };
}

const gruu = (user: string) => `sip:${user}@${domain};gr=${instanceOf(user, 1)}`;

describe('a call from A to B', () => {
  it('is ended by A', async () => {
    const [a, b] = [await calls.phone('201'), await calls.phone('202')];
    const { out } = await talk(a, b);
    a.sendInDialog('BYE', out);
    const bye = await b.request('BYE');
    expect(requestUri(bye)).toBe(b.contact);
    expect(allHeaders(bye, 'Route')).toEqual([]);
    expect(allHeaders(bye, 'Via')).toHaveLength(2);
    b.reply(bye, 200);
    expect(allHeaders(await a.response(200, 'BYE'), 'Via')).toHaveLength(1);
  });

  it('is ended by B', async () => {
    const [a, b] = [await calls.phone('201'), await calls.phone('202')];
    const call = await talk(a, b);
    b.sendInDialog('BYE', call.in);
    const bye = await a.request('BYE');
    expect(requestUri(bye)).toBe(a.contact);
    a.reply(bye, 200);
    await b.response(200, 'BYE');
  });

  it('carries re-INVITE, INFO and REFER both ways', async () => {
    const [a, b] = [await calls.phone('201'), await calls.phone('202')];
    const call = await talk(a, b);
    for (const [asker, answerer, side] of [
      [a, b, call.out],
      [b, a, call.in],
    ] as const) {
      asker.sendInDialog('INVITE', side);
      const invite = await answerer.request('INVITE');
      expect(allHeaders(invite, 'Record-Route')).toEqual([]);
      answerer.reply(invite, 200);
      await asker.response(200, 'INVITE');
      asker.sendInDialog('ACK', side);
      await answerer.request('ACK');
      for (const name of ['INFO', 'REFER']) {
        asker.sendInDialog(name, side, [`Refer-To: <sip:203@${domain}>`]);
        answerer.reply(await answerer.request(name), 202);
        await asker.response(202, name);
      }
    }
  });

  it('passes on the refusal of a re-INVITE and its CANCEL', async () => {
    const [a, b] = [await calls.phone('201'), await calls.phone('202')];
    const { out } = await talk(a, b);
    const again = a.sendInDialog('INVITE', out);
    const invite = await b.request('INVITE');
    b.reply(invite, 180);
    await a.response(180);
    a.cancel(again);
    await a.response(200, 'CANCEL');
    await b.request('CANCEL').then((cancel) => b.reply(cancel, 200));
    b.reply(invite, 487);
    a.ackRefusal(again, await a.response(487, 'INVITE'));
    await b.request('ACK');
  });

  it('gives up on a re-INVITE that only rings, after timer C', async () => {
    const [a, b] = [await calls.phone('201'), await calls.phone('202')];
    const { out } = await talk(a, b);
    a.sendInDialog('INVITE', out);
    b.reply(await b.request('INVITE'), 180);
    await a.response(180);
    calls.stand.clock.advance(185_000);
    await b.request('CANCEL');
    calls.stand.clock.advance(32_000);
    await a.response(408, 'INVITE');
  });
});

describe('after a WebSocket reconnect', () => {
  it('B is found by its GRUU on the new connection', async () => {
    const [a, b] = [await calls.phone('201'), await calls.phone('202')];
    const { out } = await talk(a, b);
    await b.cut();
    const again = await calls.phone('202');
    a.sendInDialog('BYE', { ...out, target: gruu('202') });
    const bye = await again.request('BYE');
    expect(requestUri(bye)).toBe(again.contact);
    again.reply(bye, 200);
    await a.response(200, 'BYE');
  });

  it('A is found, and may itself ask over the new connection before it has registered', async () => {
    const [a, b] = [await calls.phone('201'), await calls.phone('202')];
    const call = await talk(a, b);
    await a.cut();
    const unregistered = await calls.unregistered('201');
    unregistered.sendInDialog('INFO', call.out);
    b.reply(await b.request('INFO'), 200);
    await unregistered.response(200, 'INFO');
    const again = await calls.phone('201');
    b.sendInDialog('BYE', { ...call.in, target: gruu('201') });
    again.reply(await again.request('BYE'), 200);
    await b.response(200, 'BYE');
  });

  it('a BYE waits for B to come back', async () => {
    const [a, b] = [await calls.phone('201'), await calls.phone('202')];
    const { out } = await talk(a, b);
    await b.cut();
    a.sendInDialog('BYE', out);
    await a.settled();
    const again = await calls.phone('202');
    again.reply(await again.request('BYE'), 200);
    await a.response(200, 'BYE');
  });

  it('a BYE that was under way when the line broke is sent again', async () => {
    const [a, b] = [await calls.phone('201'), await calls.phone('202')];
    const { out } = await talk(a, b);
    a.sendInDialog('BYE', out);
    await b.request('BYE');
    await b.cut();
    const again = await calls.phone('202');
    again.reply(await again.request('BYE'), 200);
    await a.response(200, 'BYE');
  });

  it('a BYE gets 480 when B stays away', async () => {
    const [a, b] = [await calls.phone('201'), await calls.phone('202')];
    const { out } = await talk(a, b);
    await b.cut();
    await quickly('the exchange noticed', () => calls.stand.exchange.load().connections === 1);
    a.sendInDialog('BYE', out);
    await a.settled();
    calls.stand.clock.advance(10_000);
    await a.response(480, 'BYE');
    expect(calls.stand.exchange.bindingCount('202')).toBe(0);
  });

  it('a call goes on after the hub was started again with the same secret', async () => {
    const routeSecret = new Uint8Array(32).fill(7);
    const before = await startExchange({ routeSecret });
    const account = (user: string) => ({
      user,
      password: before.passwordOf(user),
      instance: instanceOf(user, 1),
    });
    const register = async (url: string, user: string) => {
      const phone = await Phone.open(url, account(user));
      await phone.register();
      return phone;
    };
    const first = [await register(before.url, '201'), await register(before.url, '202')] as const;
    const { out } = await talk(...first);
    await before.close();
    const after = await startExchange({ routeSecret });
    const [a, b] = [await register(after.url, '201'), await register(after.url, '202')];
    a.sendInDialog('BYE', { ...out, target: gruu('202') });
    b.reply(await b.request('BYE'), 200);
    expect(status(await a.response(200, 'BYE'))).toBe(200);
    await Promise.all([a.cut(), b.cut()]);
    await after.close();
  });
});

describe('a request that claims to be within a call', () => {
  it('gets 481 without our route token', async () => {
    const [a, b] = [await calls.phone('201'), await calls.phone('202')];
    const { out } = await talk(a, b);
    a.sendInDialog('BYE', { ...out, routes: [] });
    await a.response(481, 'BYE');
  });

  it('gets 481 with a token of another call, a changed one, or foreign tags', async () => {
    const [a, b] = [await calls.phone('201'), await calls.phone('202')];
    const { out } = await talk(a, b);
    const changed = out.routes.map((route) => route.replace('dialog=', 'dialog=A'));
    for (const forged of [
      { ...out, callId: 'another' },
      { ...out, routes: changed },
      { ...out, local: `<sip:201@${domain}>;tag=x` },
    ]) {
      a.sendInDialog('INVITE', { ...forged });
      await a.response(481, 'INVITE');
    }
    await b.settled();
    expect(b.received.filter(({ startLine }) => startLine.startsWith('INVITE'))).toHaveLength(1);
  });

  it('reaches the other side only, whatever its Request-URI says', async () => {
    const [a, b] = [await calls.phone('201'), await calls.phone('202')];
    const third = await calls.phone('203');
    const { out } = await talk(a, b);
    a.sendInDialog('INFO', { ...out, target: gruu('203') });
    b.reply(await b.request('INFO'), 200);
    await a.response(200, 'INFO');
    await third.settled();
    expect(third.received.some(({ startLine }) => startLine.startsWith('INFO'))).toBe(false);
  });

  it('follows the way of a strict router (RFC 3261 16.4)', async () => {
    const [a, b] = [await calls.phone('201'), await calls.phone('202')];
    const { out } = await talk(a, b);
    const ours = /<([^>]+)>/.exec(out.routes[0] ?? '')?.[1] ?? '';
    a.sendInDialog('BYE', { ...out, target: ours, routes: [`<${out.target}>`] });
    const bye = await b.request('BYE');
    expect(requestUri(bye)).toBe(b.contact);
    expect(header(bye, 'Route')).toBe('');
  });
});
