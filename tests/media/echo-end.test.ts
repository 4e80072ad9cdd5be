// The echo end, and what every media end does where its registration is refused or its link is lost.
import { expect, test } from 'vitest';
import { startEchoEnd } from '../../src-hub/media/echo-end.ts';
import { eventually } from '../support/eventually.ts';
import { startExchangeServer } from '../support/exchange-server.ts';
import { accountAt } from '../support/media-ends.ts';
import { busyMs, heardMs, mediaTestMs, prepareMediaStand } from '../support/media-stand.ts';

const stand = prepareMediaStand();

test('the echo end says its words and then gives back what it hears', { timeout: mediaTestMs }, async () => {
  const echo = stand.keepOpen(startEchoEnd({ account: stand.account('600'), log: stand.log }));
  await echo.registered();
  const agent = await stand.agentNamed('201');
  const call = agent.call('600');
  // Greeting and tone last 4.2 s.
  await eventually('six seconds were heard', () => call.packetsHeard() > 300, busyMs);
  call.session.terminate();
  await call.ended;
  const heard = call.heard();
  expect(await heardMs(heard, 440)).toBeGreaterThan(150);
  expect(await heardMs(heard, 700)).toBeGreaterThan(1_200);
});

test('a registration that is refused, and a link that is lost, are tried again', {
  timeout: mediaTestMs,
}, async () => {
  const own = await startExchangeServer();
  own.refusePasswords(2);
  const echo = startEchoEnd({ account: accountAt(own.webSocketUrl, 'echo'), log: stand.log });
  await echo.registered();
  expect(
    stand.log.lines.filter(({ message }) => message === 'media: registration failed').length,
  ).toBeGreaterThan(0);
  await own.close();
  const back = await startExchangeServer({ port: Number(new URL(own.webSocketUrl).port) });
  await eventually('it is registered at the new one', () => back.bindingCount('echo') === 1, busyMs);
  await echo.close();
  await eventually('it has unregistered', () => back.bindingCount('echo') === 0);
  await back.close();
});
