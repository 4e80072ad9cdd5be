// REGISTER on the wire: digest, bindings, GRUU.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quickly } from '../support/eventually.ts';
import type { ExchangeStand } from './support/exchange-stand.ts';
import { domain, startExchange } from './support/exchange-stand.ts';
import { allHeaders, header, RawPhone, status } from './support/raw-phone.ts';

const laptop = 'urn:uuid:11111111-1111-4111-8111-111111111111';
const desktop = 'urn:uuid:22222222-2222-4222-8222-222222222222';

let stand: ExchangeStand;
const phones: RawPhone[] = [];

async function phone(user: string, instance?: string, password = stand.passwordOf(user)): Promise<RawPhone> {
  const opened = await RawPhone.open(stand.url, { user, password, ...(instance ? { instance } : {}) });
  phones.push(opened);
  return opened;
}

beforeEach(async () => {
  stand = await startExchange();
});

afterEach(async () => {
  for (const each of phones.splice(0)) if (each.isOpen) await each.cut();
  await stand.close();
});

describe('the registrar', () => {
  it('binds a device and gives it a GRUU', async () => {
    const answer = await (await phone('201', laptop)).register();
    expect(status(answer)).toBe(200);
    expect(header(answer, 'Contact')).toContain(`pub-gruu="sip:201@${domain};gr=${laptop}"`);
    expect(header(answer, 'Contact')).toContain('expires=600');
    expect(header(answer, 'Require')).toBe('outbound');
    expect(stand.exchange.bindingCount('201')).toBe(1);
    expect(stand.bindingChanges).toEqual([{ user: '201', count: 1 }]);
  });

  it('keeps several devices of one user side by side', async () => {
    await (await phone('201', laptop)).register();
    const answer = await (await phone('201', desktop)).register();
    expect(allHeaders(answer, 'Contact')).toHaveLength(2);
    expect(stand.exchange.bindingCount('201')).toBe(2);
  });

  it('replaces the binding of a device that comes back over another connection', async () => {
    await (await phone('201', laptop)).register();
    const again = await phone('201', laptop);
    const answer = await again.register();
    expect(allHeaders(answer, 'Contact')).toEqual([expect.stringContaining(again.contact)]);
    expect(stand.bindingChanges).toEqual([{ user: '201', count: 1 }]);
  });

  it('misses a device whose connection broke, until it registers, and none that said that it goes', async () => {
    const { exchange } = stand;
    const first = await phone('201', laptop);
    await first.register();
    expect(exchange.lostAtMs('201')).toBeNull();
    await first.cut();
    await quickly('it is missed', () => exchange.lostAtMs('201') !== null);
    const back = await phone('201', laptop);
    await back.register();
    expect(exchange.lostAtMs('201')).toBeNull();
    await back.register([back.contactHeader(';expires=0')]);
    await back.cut();
    const other = await phone('201', desktop);
    await other.register();
    await other.register([other.contactHeader(';expires=0')]);
    expect(exchange.lostAtMs('201')).toBeNull();
  });

  it('removes one contact with expires=0 and all with a star', async () => {
    const first = await phone('201', laptop);
    await first.register();
    await (await phone('201', desktop)).register();
    await first.register([first.contactHeader(';expires=0')]);
    expect(stand.exchange.bindingCount('201')).toBe(1);
    const answer = await first.register(['Contact: *', 'Expires: 0']);
    expect(status(answer)).toBe(200);
    expect(stand.exchange.bindingCount('201')).toBe(0);
    expect(stand.bindingChanges.map(({ count }) => count)).toEqual([1, 2, 1, 0]);
  });

  it('refuses a star that would not remove', async () => {
    expect(status(await (await phone('201')).register(['Contact: *', 'Expires: 600']))).toBe(400);
  });

  it('lets bindings run out, and cuts an absurd Expires to an hour', async () => {
    const device = await phone('201', laptop);
    const answer = await device.register([device.contactHeader(), 'Expires: 99999999999']);
    expect(header(answer, 'Contact')).toContain('expires=3600');
    stand.clock.advance(3_599_000);
    expect(stand.exchange.bindingCount('201')).toBe(1);
    stand.clock.advance(2_000);
    expect(stand.exchange.bindingCount('201')).toBe(0);
  });

  it('says what the shortest time is when asked for less', async () => {
    const device = await phone('201');
    const answer = await device.register([device.contactHeader(), 'Expires: 3']);
    expect(status(answer)).toBe(423);
    expect(header(answer, 'Min-Expires')).toBe('10');
  });

  it('keeps a binding for a grace after its connection was cut, then forgets it', async () => {
    const device = await phone('201', laptop);
    await device.register();
    await device.cut();
    await quickly('the exchange noticed', () => stand.exchange.load().connections === 0);
    stand.clock.advance(9_000);
    expect(stand.exchange.bindingCount('201')).toBe(1);
    stand.clock.advance(2_000);
    expect(stand.exchange.bindingCount('201')).toBe(0);
  });

  it('does not let an account register another', async () => {
    const device = await phone('201');
    device.sendRequest('REGISTER', `sip:${domain}`, 1, [device.contactHeader()], {
      to: `<sip:202@${domain}>`,
    });
    const challenge = await device.response(401, 'REGISTER');
    const digest = device.credentials('REGISTER', `sip:${domain}`, header(challenge, 'WWW-Authenticate'));
    device.sendRequest('REGISTER', `sip:${domain}`, 2, [device.contactHeader(), `Authorization: ${digest}`], {
      to: `<sip:202@${domain}>`,
    });
    await device.response(403, 'REGISTER');
    expect(stand.exchange.bindingCount('202')).toBe(0);
  });

  it('ends a revoked account: bindings, connection, and what rings', async () => {
    const device = await phone('201', laptop);
    await device.register();
    const caller = await phone('202');
    const call = await caller.invite('201');
    await device.request('INVITE').then((invite) => device.reply(invite, 180));
    await caller.response(180);
    stand.exchange.revoke('201', null);
    await quickly('the connection is closed', () => !device.isOpen);
    caller.ackRefusal(call, await caller.response(480));
    expect(stand.exchange.bindingCount('201')).toBe(0);
  });
});

describe('digest authentication', () => {
  it('takes SHA-256, and offers MD5 last, where JsSIP looks for it', async () => {
    const device = await phone('201');
    device.sendRegister([device.contactHeader()]);
    const [sha256, md5] = allHeaders(await device.response(401), 'WWW-Authenticate');
    expect(md5).toContain('algorithm=MD5');
    const digest = device.credentials('REGISTER', `sip:${domain}`, sha256 ?? '');
    expect(digest).toContain('algorithm=SHA-256');
    device.sendRegister([device.contactHeader(), `Authorization: ${digest}`]);
    expect(status(await device.response(200))).toBe(200);
  });

  it('challenges a wrong password and an unknown name alike', async () => {
    for (const [user, password] of [
      ['201', 'wrong'],
      ['nobody', 'wrong'],
    ] as const) {
      const answer = await (await phone(user, undefined, password)).register();
      expect(status(answer)).toBe(401);
      expect(header(answer, 'WWW-Authenticate')).not.toContain('stale');
    }
    expect(stand.exchange.load().bindings).toBe(0);
  });

  it('refuses a nonce count that was used before', async () => {
    const device = await phone('201');
    device.sendRegister([device.contactHeader()]);
    const challenge = header(await device.response(401), 'WWW-Authenticate');
    const digest = (nc: string) => device.credentials('REGISTER', `sip:${domain}`, challenge, { nc });
    const replay = digest('00000001');
    device.sendRegister([device.contactHeader(), `Authorization: ${replay}`]);
    await device.response(200);
    device.sendRegister([device.contactHeader(), `Authorization: ${replay}`]);
    await device.response(401);
    device.sendRegister([device.contactHeader(), `Authorization: ${digest('00000002')}`]);
    await device.response(200);
  });

  it('calls an old nonce stale when the password is right', async () => {
    const device = await phone('201');
    device.sendRegister([device.contactHeader()]);
    const challenge = header(await device.response(401), 'WWW-Authenticate');
    stand.clock.advance(301_000);
    const digest = device.credentials('REGISTER', `sip:${domain}`, challenge);
    device.sendRegister([device.contactHeader(), `Authorization: ${digest}`]);
    expect(header(await device.response(401), 'WWW-Authenticate')).toContain('stale=true');
  });

  it('refuses a digest that was made for another request', async () => {
    const device = await phone('201');
    device.sendRegister([device.contactHeader()]);
    const challenge = header(await device.response(401), 'WWW-Authenticate');
    for (const [name, uri] of [
      ['INVITE', `sip:${domain}`],
      ['REGISTER', `sip:202@${domain}`],
    ] as const) {
      const digest = device.credentials(name, uri, challenge);
      device.sendRegister([device.contactHeader(), `Authorization: ${digest}`]);
      await device.response(401);
    }
  });

  it('answers a guesser later and later, then not at all for a minute', async () => {
    const guesser = await phone('201', undefined, 'guess');
    for (let guess = 1; guess <= 20; guess += 1) {
      guesser.sendRegister([guesser.contactHeader()]);
      const challenge = header(await guesser.response(401), 'WWW-Authenticate');
      const digest = guesser.credentials('REGISTER', `sip:${domain}`, challenge);
      const sent = guesser.sendRegister([`Authorization: ${digest}`]);
      await guesser.settled();
      const isAnswer = (message: Parameters<typeof header>[0]) =>
        header(message, 'CSeq') === `${sent.cseq} REGISTER`;
      expect(guesser.received.some(isAnswer)).toBe(guess <= 3);
      stand.clock.advance(Math.min(250 * 2 ** (guess - 4), 4_000));
      await guesser.next('the refusal', isAnswer);
    }
    guesser.sendRegister([guesser.contactHeader()]);
    const challenge = header(await guesser.response(401), 'WWW-Authenticate');
    guesser.sendRegister([`Authorization: ${guesser.credentials('REGISTER', `sip:${domain}`, challenge)}`]);
    expect(Number(header(await guesser.response(503), 'Retry-After'))).toBeGreaterThan(0);
    // Once the minute is over, the right password is looked at again.
    stand.clock.advance(60_000);
    expect(status(await (await phone('201')).register())).toBe(200);
    expect(stand.log.length).toBeGreaterThan(20);
    expect(JSON.stringify(stand.log)).not.toContain('201');
  });
});
