// The media ends among themselves: scripted callers call voicemail, echo and a test agent over real SIP, DTLS and RTP
// on loopback, and the sound is found again by its frequency. The tests run at the same time, in real time. Over 400 lines:
// one exchange for all of them, so that they take as long as the longest.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { PracticeProgress } from '#shared/hub/hub-contract.ts';
import type { CallRequest, RouteStep } from '../../src-hub/exchange/exchange-ports.ts';
import { startEchoEnd } from '../../src-hub/media/echo-end.ts';
import { OggOpusWriter } from '../../src-hub/media/ogg/ogg-opus-writer.ts';
import { silencePacket } from '../../src-hub/media/ogg/opus-packet.ts';
import { createScriptedCallers, type PracticeCallers } from '../../src-hub/media/scripted-callers.ts';
import { startVoicemailEnd } from '../../src-hub/media/voicemail-end.ts';
import { eventually } from '../support/eventually.ts';
import { type ExchangeServer, ring, startExchangeServer } from '../support/exchange-server.ts';
import { accountAt, messageShelf } from '../support/media-ends.ts';
import { recordingLog } from '../support/recording-log.ts';
import { startTestAgent, type TestAgent } from '../support/test-agent.ts';
import { decodeOggOpus, makeToneOpus, toneMs } from '../support/tone.ts';

const log = recordingLog();
const open: { close(): Promise<void> }[] = [];
let exchange: ExchangeServer;

beforeAll(async () => {
  exchange = await startExchangeServer({
    route,
    internalUsers: ['voicemail', 'voicemail-for-one', 'voicemail-for-two'],
  });
});
afterAll(async () => {
  await Promise.all(open.map((end) => end.close()));
  await exchange.close();
});

function keepOpen<End extends { close(): Promise<void> }>(end: End): End {
  open.push(end);
  return end;
}

/** The trunk's callers dial numbers that name whom they are to reach. */
function route({ requestUser }: CallRequest): readonly RouteStep[] {
  switch (requestUser) {
    case 'team':
      return [ring(['207', '208'])];
    case 'team-then-voicemail':
      return [ring(['209']), ring(['voicemail'], { 'X-Offhook-Mailbox': 'project:p1' })];
    default:
      return [ring([requestUser])];
  }
}

/** Callers that dial `target`; every set of them is one more device of the trunk. */
async function callersTo(
  target: string,
  options: { speech?: Uint8Array; recordingsFolder?: string } = {},
): Promise<PracticeCallers> {
  const account = accountAt(exchange.webSocketUrl, 'trunk');
  const callers = keepOpen(createScriptedCallers({ account, projectNumber: target, log, ...options }));
  await callers.registered();
  return callers;
}

async function agentNamed(user: string): Promise<TestAgent> {
  return keepOpen(await startTestAgent(accountAt(exchange.webSocketUrl, user), makeToneOpus(700, 10), log));
}

async function voicemailNamed(user: string, options: { endAfterSilenceMs?: number } = {}) {
  const shelf = messageShelf();
  const voicemail = keepOpen(
    startVoicemailEnd({
      account: accountAt(exchange.webSocketUrl, user),
      messages: shelf,
      log,
      ...options,
    }),
  );
  await voicemail.registered();
  return shelf;
}

const none = new Uint8Array();
vi.setConfig({ testTimeout: 40_000 });

describe.concurrent('media ends', () => {
  test('a caller who reaches voicemail leaves a message that holds their voice', async () => {
    const shelf = await voicemailNamed('voicemail-for-one');
    const callers = await callersTo('voicemail-for-one', { speech: makeToneOpus(440, 3) });
    const report = await callers.place('knownCustomer')[0]?.report;
    expect(report).toMatchObject({ outcome: 'voicemail', callerNumber: '+442079460123', status: null });
    const message = await eventually('the message is kept', () => shelf.messages[0]);
    expect(message).toMatchObject({ callerNumber: '+442079460123', callerName: null, mailbox: '' });
    const sound = await decodeOggOpus(message.oggOpus);
    expect(toneMs(sound, 440)).toBeGreaterThan(2_700);
    expect(sound.durationMs).toBeLessThan(5_000);
    expect(Math.abs(message.durationMs - sound.durationMs)).toBeLessThan(30);
    // What had been handed over while it was said, should the hub have died at the end: all but the last second.
    const grown = await decodeOggOpus(Buffer.concat(shelf.grown[0] ?? []));
    expect(toneMs(grown, 440)).toBeGreaterThan(1_500);
    // The caller heard the beep, at its own frequency.
    expect(toneMs(await decodeOggOpus(report?.heardOggOpus ?? none), 880)).toBeGreaterThan(150);
  });

  test('voicemail takes two callers at once, keeps their messages apart, and hides a withheld number', async () => {
    const shelf = await voicemailNamed('voicemail-for-two');
    const callers = await callersTo('voicemail-for-two');
    const calls = [
      ...callers.place('withheldNumber', { speech: makeToneOpus(440, 2) }),
      ...callers.place('unknownNumber', { speech: makeToneOpus(700, 2) }),
    ];
    await Promise.all(calls.map(({ report }) => report));
    const messages = await eventually('both are kept', () => shelf.messages.length === 2 && shelf.messages);
    for (const message of messages) {
      const sound = await decodeOggOpus(message.oggOpus);
      const [own, other] = message.callerNumber === null ? [440, 700] : [700, 440];
      expect(toneMs(sound, own)).toBeGreaterThan(1_700);
      expect(toneMs(sound, other)).toBe(0);
    }
    expect(messages.map(({ callerNumber }) => callerNumber).sort()).toEqual(['+12015550199', null]);
  });

  test('voicemail ends a call in which nothing is said, and keeps no message', async () => {
    const shelf = await voicemailNamed('voicemail-for-nobody', { endAfterSilenceMs: 1_000 });
    const agent = keepOpen(
      await startTestAgent(accountAt(exchange.webSocketUrl, 'mute'), makeSilence(), log),
    );
    await agent.call('voicemail-for-nobody').ended;
    await eventually('it is noted', () =>
      log.lines.some(({ message }) => message.endsWith('nothing was said')),
    );
    expect(shelf.messages).toEqual([]);
  });

  test('a scripted caller follows a transfer, stays where nobody takes it, and goes on with who answers', async () => {
    const agent = await agentNamed('211');
    const other = keepOpen(
      await startTestAgent(accountAt(exchange.webSocketUrl, '212'), makeToneOpus(440, 10), log),
    );
    const callers = await callersTo('211', { speech: makeToneOpus(440, 20) });
    const [placed] = callers.place('knownCustomer');
    const first = await agent.nextCall();
    first.answer();
    await eventually('the caller is heard', () => first.packetsHeard() > 20);

    const refused = Promise.withResolvers<number>();
    const heardBefore = first.packetsHeard();
    first.session.refer('nobody', {
      eventHandlers: {
        failed: ({ status_line: line }: { status_line: { status_code: number } }) =>
          refused.resolve(Number(line.status_code)),
      },
    });
    expect(await refused.promise).toBe(480);
    await eventually('the caller is still heard', () => first.packetsHeard() > heardBefore + 20);

    first.session.refer('212', { eventHandlers: { accepted: () => first.session.terminate() } });
    const second = await other.nextCall();
    expect(second.session.remote_identity.uri.user).toBe('+442079460123');
    expect(second.header('Referred-By')).toBe('<sip:211@practice.offhook.invalid>');
    second.answer();
    await first.ended;
    await eventually('the caller is heard by the other', () => second.packetsHeard() > 60);
    second.session.terminate();
    const report = await placed?.report;
    const heard = await decodeOggOpus(report?.heardOggOpus ?? none);
    expect(toneMs(heard, 700)).toBeGreaterThan(300);
    expect(toneMs(heard, 440)).toBeGreaterThan(500);
    expect(toneMs(await decodeOggOpus(second.heard()), 440)).toBeGreaterThan(900);
  });

  test('a scripted caller goes on to who answers after the transferor has left, and out over the trunk again', async () => {
    const agent = await agentNamed('213');
    const other = await agentNamed('214');
    const callers = await callersTo('213', { speech: makeToneOpus(440, 20) });
    const [placed] = callers.place('knownCustomer');
    const first = await agent.nextCall();
    first.answer();
    await eventually('the caller is heard', () => first.packetsHeard() > 20);
    const rings = Promise.withResolvers<void>();
    first.session.refer('214', { eventHandlers: { progress: () => rings.resolve() } });
    const second = await other.nextCall();
    await rings.promise;
    first.session.terminate();
    await first.ended;
    second.answer();
    await eventually('the caller is heard by the other', () => second.packetsHeard() > 20);

    const accepted = Promise.withResolvers<void>();
    second.session.refer('trunk', {
      eventHandlers: {
        accepted: () => accepted.resolve(),
        failed: () => accepted.reject(new Error('nobody outside took it')),
      },
    });
    await accepted.promise;
    second.session.terminate();
    await second.ended;
    placed?.hangUp();
    const report = await placed?.report;
    expect(toneMs(await decodeOggOpus(report?.heardOggOpus ?? none), 700)).toBeGreaterThan(200);
  });

  test('the echo end says its words and then gives back what it hears', async () => {
    const echo = keepOpen(startEchoEnd({ account: accountAt(exchange.webSocketUrl, '600'), log }));
    await echo.registered();
    const agent = await agentNamed('201');
    const call = agent.call('600');
    // Greeting and tone last 4.2 s.
    await eventually('six seconds were heard', () => call.packetsHeard() > 300, 15_000);
    call.session.terminate();
    await call.ended;
    const heard = await decodeOggOpus(call.heard());
    expect(toneMs(heard, 440)).toBeGreaterThan(150);
    expect(toneMs(heard, 700)).toBeGreaterThan(1_200);
  });

  test('a caller is heard and hears, understands hold and resume, and notes keys sent by INFO', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'offhook-practice-'));
    const agent = await agentNamed('202');
    const callers = await callersTo('202', { speech: makeToneOpus(440, 1), recordingsFolder: folder });
    const steps: PracticeProgress[] = [];
    await callers.call('unknownNumber', (progress) => steps.push(progress));
    const call = await agent.nextCall();
    expect(call.session.remote_identity.uri.user).toBe('+12015550199');
    call.answer();
    await eventually('the caller is heard', () => call.packetsHeard() > 50);

    await new Promise<void>((resolve) => call.session.hold({}, resolve));
    const onHold = await quietFrom(call.packetsHeard);
    await new Promise<void>((resolve) => call.session.unhold({}, resolve));
    await eventually('the caller is heard again', () => call.packetsHeard() > onHold + 50);

    call.session.sendDTMF('4#', { duration: 100, interToneGap: 100 });
    await eventually('both keys arrived', () =>
      steps.some(({ happened }) => happened.step === 'dtmfHeard' && happened.digit === '#'),
    );
    call.session.terminate();
    await eventually('the report is kept', () => steps.at(-1)?.allEnded);

    expect(steps.map(({ happened }) => happened.step)).toEqual([
      'calling',
      'ringing',
      'answered',
      'dtmfHeard',
      'dtmfHeard',
      'ended',
    ]);
    expect(toneMs(await decodeOggOpus(call.heard()), 440)).toBeGreaterThan(1_700);
    const files = (await readdir(folder)).sort();
    expect(files.map((file) => file.replace(/.*\./, ''))).toEqual(['json', 'opus']);
    const kept = JSON.parse(await readFile(join(folder, files[0] ?? ''), 'utf8'));
    expect(kept).toMatchObject({ outcome: 'answered', dtmf: '4#', callerNumber: '+12015550199' });
    const heard = await decodeOggOpus(await readFile(join(folder, files[1] ?? '')));
    expect(toneMs(heard, 700)).toBeGreaterThan(1_000);
    await rm(folder, { recursive: true });
  });

  test('inactive media holds a caller as well, and does not end the call', async () => {
    const agent = await agentNamed('203');
    const callers = await callersTo('203', { speech: makeToneOpus(440, 1) });
    const [scripted] = callers.place('knownCustomer');
    const call = await agent.nextCall();
    call.answer();
    await eventually('the caller is heard', () => call.packetsHeard() > 20);
    call.session.on('sending', ({ request }) => {
      request.body = String(request.body).replace('a=sendonly', 'a=inactive');
    });
    const answers: string[] = [];
    call.session.on('sdp', ({ originator, sdp }) => {
      if (originator === 'remote') answers.push(sdp);
    });
    await new Promise<void>((resolve) => call.session.hold({}, resolve));
    expect(answers.at(-1)).toMatch(/^m=audio 9 /m);
    await quietFrom(call.packetsHeard);
    expect(call.session.isEstablished()).toBe(true);
    call.session.terminate();
    expect(await scripted?.report).toMatchObject({ outcome: 'answered' });
  });

  test('a redirected call carries both numbers, a withheld one carries none', async () => {
    const agent = await agentNamed('204');
    const callers = await callersTo('204');
    callers.place('redirected');
    const redirected = await agent.nextCall();
    expect(redirected.session.remote_identity.uri.user).toBe('+442079460188');
    expect(redirected.header('Diversion')).toContain('<sip:+442079460100@');
    redirected.session.terminate({ status_code: 486 });
    const [withheld] = callers.place('withheldNumber');
    const unknown = await agent.nextCall();
    expect(unknown.session.remote_identity.uri.toString()).toBe('sip:anonymous@anonymous.invalid');
    expect(unknown.header('Privacy')).toBe('id');
    unknown.session.terminate({ status_code: 486 });
    expect(await withheld?.report).toMatchObject({ outcome: 'refused', status: 480, callerNumber: null });
  });

  test('two call at once, and the last one to end says so', async () => {
    const agent = await agentNamed('205');
    const callers = await callersTo('205');
    const ends: PracticeProgress[] = [];
    const calls = callers.place('twoAtOnce', {
      onProgress: (progress) => progress.happened.step === 'ended' && ends.push(progress),
    });
    const ringing = [await agent.nextCall(), await agent.nextCall()];
    expect(ringing.map(({ session }) => session.remote_identity.uri.user).sort()).toEqual([
      '+12015550123',
      '+442079460123',
    ]);
    for (const call of ringing) call.session.terminate({ status_code: 603 });
    await Promise.all(calls.map(({ report }) => report));
    expect(ends.map(({ allEnded }) => allEnded)).toEqual([false, true]);
  });

  test('two agents who answer in the same moment: one has the caller, the other is let go', async () => {
    const [first, second] = [await agentNamed('207'), await agentNamed('208')];
    const callers = await callersTo('team', { speech: makeToneOpus(440, 1) });
    const [scripted] = callers.place('knownCustomer');
    const calls = await Promise.all([first.nextCall(), second.nextCall()]);
    for (const call of calls) call.answer();
    const loser = await Promise.race(calls.map((call) => call.ended.then(() => call)));
    const winner = calls.find((call) => call !== loser);
    await eventually('the caller is heard', () => (winner?.packetsHeard() ?? 0) > 50);
    expect(winner?.session.isEstablished()).toBe(true);
    winner?.session.terminate();
    expect(await scripted?.report).toMatchObject({ outcome: 'answered' });
  });

  test('a call that an agent declines goes to voicemail, which learns whose mailbox it is', async () => {
    const shelf = await voicemailNamed('voicemail');
    const agent = await agentNamed('209');
    const callers = await callersTo('team-then-voicemail', { speech: makeToneOpus(440, 2) });
    const [scripted] = callers.place('redirected');
    (await agent.nextCall()).session.terminate({ status_code: 603 });
    expect(await scripted?.report).toMatchObject({ outcome: 'voicemail' });
    const message = await eventually('the message is kept', () => shelf.messages[0]);
    expect(message).toMatchObject({ mailbox: 'project:p1', callerNumber: '+442079460188' });
    expect(toneMs(await decodeOggOpus(message.oggOpus), 440)).toBeGreaterThan(1_700);
  });

  test('a caller whose other end has died hangs up within fifteen seconds', async () => {
    const agent = await agentNamed('210');
    const callers = await callersTo('210');
    const [scripted] = callers.place('unknownNumber');
    const call = await agent.nextCall();
    call.answer();
    await eventually('the caller is heard', () => call.packetsHeard() > 20);
    call.crash();
    const crashedAtMs = Date.now();
    expect(await scripted?.report).toMatchObject({ outcome: 'answered' });
    await call.ended;
    expect(Date.now() - crashedAtMs).toBeLessThan(15_000);
  });

  test('whoever an agent calls outside picks up and speaks', async () => {
    const agent = await agentNamed('211');
    const account = accountAt(exchange.webSocketUrl, 'outside');
    const people = keepOpen(
      createScriptedCallers({ account, projectNumber: '1', log, speech: makeToneOpus(440, 3) }),
    );
    await people.registered();
    const call = agent.call('outside');
    await eventually('they are heard', () => call.packetsHeard() > 100);
    call.session.terminate();
    expect(toneMs(await decodeOggOpus(call.heard()), 440)).toBeGreaterThan(1_500);
  });

  test('the impatient caller gives up after five seconds of ringing', async () => {
    const agent = await agentNamed('206');
    const callers = await callersTo('206');
    const [call] = callers.place('hangsUpAfterFiveSeconds');
    const ringing = await agent.nextCall();
    const rangAtMs = Date.now();
    await ringing.ended;
    expect(Date.now() - rangAtMs).toBeGreaterThan(4_500);
    expect(Date.now() - rangAtMs).toBeLessThan(6_500);
    expect(await call?.report).toMatchObject({ outcome: 'gaveUp', status: null, answeredAtMs: null });
  });
});

test('a registration that is refused, and a link that is lost, are tried again', async () => {
  const own = await startExchangeServer();
  own.refusePasswords(2);
  const echo = startEchoEnd({ account: accountAt(own.webSocketUrl, 'echo'), log });
  await echo.registered();
  expect(log.lines.filter(({ message }) => message === 'media: registration failed').length).toBeGreaterThan(
    0,
  );
  await own.close();
  const back = await startExchangeServer({ port: Number(new URL(own.webSocketUrl).port) });
  await eventually('it is registered at the new one', () => back.bindingCount('echo') === 1, 15_000);
  await echo.close();
  await eventually('it has unregistered', () => back.bindingCount('echo') === 0);
  await back.close();
});

/** Waits until no packet comes for a while; gives how many had come. */
async function quietFrom(packetsHeard: () => number): Promise<number> {
  let before = -1;
  let sinceMs = 0;
  return eventually('nothing is heard', () => {
    const now = packetsHeard();
    if (now !== before) sinceMs = Date.now();
    before = now;
    return Date.now() - sinceMs > 400 ? now : null;
  });
}

/** Ten seconds of an agent whose microphone is muted. */
function makeSilence(): Uint8Array {
  const writer = new OggOpusWriter(1);
  for (let index = 0; index < 500; index += 1) writer.add(silencePacket);
  return writer.finish();
}
