// Many calls at once leave nothing behind.
import { expect, it } from 'vitest';
import { quickly } from '../support/eventually.ts';
import { prepareCallStand } from './support/call-stand.ts';
import { header } from './support/raw-phone.ts';

const calls = prepareCallStand();

it('a hundred calls at once are set up and ended, and no transaction, call or timer is left', async () => {
  const agent = await calls.phone('201');
  const caller = await calls.phone('202');
  const oneCall = async (number: number) => {
    const sent = await caller.invite('201', { callId: `call-${number}` });
    const of = (kind: string) =>
      agent.next(
        `${kind} of call ${number}`,
        (message) => {
          return message.startLine.startsWith(kind) && header(message, 'Call-ID') === sent.callId;
        },
        20_000,
      );
    const heard = (code: number, kind: string) =>
      caller.next(
        `${code} of call ${number}`,
        (message) => {
          const mine = header(message, 'Call-ID') === sent.callId && header(message, 'CSeq').endsWith(kind);
          return mine && message.startLine.startsWith(`SIP/2.0 ${code}`);
        },
        20_000,
      );
    const invite = await of('INVITE');
    agent.reply(invite, 180);
    await heard(180, 'INVITE');
    if (number % 4 === 0) {
      caller.cancel(sent);
      agent.reply(await of('CANCEL'), 200);
      agent.reply(invite, 487);
      caller.ackRefusal(sent, await heard(487, 'INVITE'));
      return;
    }
    if (number % 4 === 1) {
      agent.reply(invite, 486);
      caller.ackRefusal(sent, await heard(486, 'INVITE'));
      return;
    }
    agent.reply(invite, 200);
    const call = caller.callFromAnswer(sent, await heard(200, 'INVITE'));
    caller.sendInDialog('ACK', call);
    await of('ACK');
    caller.sendInDialog('BYE', call);
    agent.reply(await of('BYE'), 200);
    await heard(200, 'BYE');
  };
  await Promise.all(Array.from({ length: 100 }, (_, number) => oneCall(number)));
  await Promise.all([agent.settled(), caller.settled()]);
  expect(calls.stand.exchange.load().calls).toBe(0);
  // RFC 6026: an answered INVITE is remembered for 64 T1.
  calls.stand.clock.advance(32_000);
  expect(calls.stand.exchange.load()).toEqual({
    connections: 2,
    bindings: 2,
    transactions: 0,
    calls: 0,
    dialogs: 0,
  });
  // What still waits: the end of two bindings, the next ping of two connections.
  expect(calls.stand.clock.timerCount()).toBe(4);
  expect(calls.stand.offersEnded).toHaveLength(100);
  await Promise.all([agent.cut(), caller.cut()]);
  await quickly('both connections are gone', () => calls.stand.exchange.load().connections === 0);
  calls.stand.clock.advance(600_000);
  expect(calls.stand.clock.timerCount()).toBe(0);
}, 30_000);
