// A call that ends while a request within it is still unanswered: that request gets its answer, too.
import { afterEach, expect, it } from 'vitest';
import { sdp } from '../support/scripted-phone-window.ts';
import { type PhoneOnScript, phoneOnScript } from '../telephony/phone-on-script.ts';

let on: PhoneOnScript | null = null;

afterEach(async () => {
  await on?.end();
  on = null;
});

it('a re-INVITE that a BYE follows at once is answered with 487, and the BYE with 200', async () => {
  on = await phoneOnScript();
  const call = await on.talk();
  call.send('INVITE', { body: sdp('sendonly') });
  call.send('BYE');
  await on.server.takeResponse(200, 'BYE');
  await on.server.takeResponse(487, 'INVITE');
  await on.fact('remoteHungUp');
  expect(on.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});
