// A phone whose program was killed in a call: the dialog that it told of while the call ran is enough for a next run to
// say BYE in it, and each REGISTER says which run it is.
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { SipDialog } from '../../src-main/calls/sip-dialog.ts';
import { eventually } from '../support/eventually.ts';
import { answer, type PhoneOnScript, phoneOnScript } from './phone-on-script.ts';

const phones: PhoneOnScript[] = [];
afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.end();
});

async function phone(): Promise<PhoneOnScript> {
  const opened = await phoneOnScript();
  phones.push(opened);
  return opened;
}

/** Talks, and gives what was told of the dialog. */
async function answeredCall(on: PhoneOnScript) {
  const ringing = await on.ring({
    headers: ['Record-Route: <sip:near.invalid;lr>', 'Record-Route: <sip:far.invalid;lr>'],
  });
  on.phone.answer(ringing.callId);
  const ok = await on.server.takeResponse(200, 'INVITE');
  ringing.contact = /<([^>]+)>/.exec(ok.header('Contact'))?.[1] ?? '';
  ringing.toTag = /tag=([^;]+)/.exec(ok.header('To'))?.[1] ?? '';
  ringing.send('ACK');
  const { dialog } = await on.fact('established');
  if (!dialog) throw new Error('no dialog was told');
  return { ringing, dialog };
}

async function dialledCall(on: PhoneOnScript) {
  const { invite } = await on.dial();
  on.server.reply(invite, 200, 'OK', answer());
  await on.server.takeRequest('ACK');
  const { dialog } = await on.fact('established');
  if (!dialog) throw new Error('no dialog was told');
  return { invite, dialog };
}

describe('a call that an earlier run left behind', () => {
  it('as the one called, is ended with the tags, the way and the target that it had', async () => {
    const { ringing, dialog } = await answeredCall(await phone());
    const next = await phone();
    const ended: SipDialog[] = [];
    next.phone.endLeftOver([dialog], (one) => ended.push(one));
    const bye = await next.server.takeRequest('BYE');
    expect(bye.startLine).toBe('BYE sip:caller@caller.invalid;transport=ws SIP/2.0');
    expect(bye.header('Call-ID')).toBe(ringing.sipCallId);
    expect(bye.header('From')).toContain(`;tag=${ringing.toTag}`);
    expect(bye.header('To')).toBe('<sip:+4930123456@trunk.invalid>;tag=caller');
    expect(bye.headers('Route')).toEqual(['<sip:near.invalid;lr>', '<sip:far.invalid;lr>']);
    expect(bye.header('Reason')).toContain('started anew');
    expect(ended).toEqual([]);
    next.server.reply(bye, 481, 'Call Does Not Exist');
    await eventually('it is over', () => ended.length === 1);
  });

  it('as the caller, is ended with a CSeq above any that the call can have used', async () => {
    const { invite, dialog } = await dialledCall(await phone());
    const next = await phone();
    next.phone.endLeftOver([dialog], () => undefined);
    const bye = await next.server.takeRequest('BYE');
    const cseq = (text: string) => Number.parseInt(text, 10);
    expect(cseq(bye.header('CSeq'))).toBeGreaterThan(cseq(invite.header('CSeq')) + 10_000);
    expect(bye.header('From')).toBe(invite.header('From').replace(/^"[^"]*" /, ''));
    expect(bye.header('To')).toBe(`${invite.header('To')};tag=scripted`);
    next.server.reply(bye, 200, 'OK');
  });

  it('waits for the phone to be registered, and for the link where that is lost', async () => {
    const { dialog } = await dialledCall(await phone());
    const next = await phone();
    await next.phone.stop();
    const ended: SipDialog[] = [];
    next.phone.endLeftOver([dialog], (one) => ended.push(one));
    next.phone.start(next.account, { instanceId: randomUUID() });
    await next.server.takeRequest('BYE');
    next.server.cut();
    const again = await next.server.takeRequest('BYE');
    expect(ended).toEqual([]);
    next.server.reply(again, 200, 'OK');
    await eventually('it is over', () => ended.length === 1);
  });

  it('that cannot be read is given up with a word in the log', async () => {
    const { dialog } = await dialledCall(await phone());
    const next = await phone();
    const ended: SipDialog[] = [];
    next.phone.endLeftOver([{ ...dialog, remoteUri: 'nonsense' }], (one) => ended.push(one));
    expect(ended).toHaveLength(1);
    expect(next.log.lines.map(({ message }) => message).join()).toContain('of an earlier run');
  });
});

describe('REGISTER', () => {
  it('says which run of the program it is: the same after a lost link, another after a new start', async () => {
    const on = await phone();
    const boot = async () => {
      on.server.answerRegisters = false;
      on.server.cut();
      const register = await on.server.takeRequest('REGISTER');
      on.server.reply(register, 200, 'OK', { headers: [`Contact: ${register.header('Contact')}`] });
      on.server.answerRegisters = true;
      return register.header('X-Offhook-Boot');
    };
    const first = await boot();
    expect(first).toMatch(/^[\da-f-]{36}$/);
    await eventually('online', () => on.phone.registration().state === 'online');
    expect(await boot()).toBe(first);
    const other = await phone();
    other.server.answerRegisters = false;
    other.server.cut();
    expect((await other.server.takeRequest('REGISTER')).header('X-Offhook-Boot')).not.toBe(first);
    other.server.answerRegisters = true;
  });
});
