// Scripted callers and agents, over real SIP, DTLS and RTP on loopback: numbers, sound, hold, keys, and the ends of calls.
// The tests run at the same time, in real time.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PracticeProgress } from '#shared/hub/hub-contract.ts';
import type { CallRequest } from '../../src-hub/exchange/exchange-ports.ts';
import { createScriptedCallers } from '../../src-hub/media/scripted-callers.ts';
import { eventually } from '../support/eventually.ts';
import { ring } from '../support/exchange-server.ts';
import { heardMs, hears, mediaTestMs, prepareMediaStand } from '../support/media-stand.ts';
import { makeToneOpus } from '../support/tone.ts';

/** Nothing heard for 12 s, looked at each second; a busy computer looks later. */
const noticedWithinMs = 20_000;

const stand = prepareMediaStand({
  route: ({ requestUser }: CallRequest) => [ring(requestUser === 'team' ? ['207', '208'] : [requestUser])],
});

describe.concurrent('scripted callers', { timeout: mediaTestMs }, () => {
  test('a caller is heard and hears, understands hold and resume, and notes keys sent by INFO', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'offhook-practice-'));
    const agent = await stand.agentNamed('202');
    const callers = await stand.callersTo('202', { speech: makeToneOpus(440, 1), recordingsFolder: folder });
    const steps: PracticeProgress[] = [];
    await callers.call('unknownNumber', (progress) => steps.push(progress));
    const call = await agent.nextCall();
    expect(call.session.remote_identity.uri.user).toBe('+12015550199');
    call.answer();
    await hears('the caller is heard', () => call.packetsHeard() > 50);

    await new Promise<void>((resolve) => call.session.hold({}, resolve));
    const onHold = await quietFrom(call.packetsHeard);
    await new Promise<void>((resolve) => call.session.unhold({}, resolve));
    await hears('the caller is heard again', () => call.packetsHeard() > onHold + 50);

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
    expect(await heardMs(call.heard(), 440)).toBeGreaterThan(1_700);
    const files = (await readdir(folder)).sort();
    expect(files.map((file) => file.replace(/.*\./, ''))).toEqual(['json', 'opus']);
    const kept = JSON.parse(await readFile(join(folder, files[0] ?? ''), 'utf8'));
    expect(kept).toMatchObject({ outcome: 'answered', dtmf: '4#', callerNumber: '+12015550199' });
    expect(await heardMs(await readFile(join(folder, files[1] ?? '')), 700)).toBeGreaterThan(1_000);
    await rm(folder, { recursive: true });
  });

  test('inactive media holds a caller as well, and does not end the call', async () => {
    const agent = await stand.agentNamed('203');
    const callers = await stand.callersTo('203', { speech: makeToneOpus(440, 1) });
    const [scripted] = callers.place('knownCustomer');
    const call = await agent.nextCall();
    call.answer();
    await hears('the caller is heard', () => call.packetsHeard() > 20);
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
    const agent = await stand.agentNamed('204');
    const callers = await stand.callersTo('204');
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
    const agent = await stand.agentNamed('205');
    const callers = await stand.callersTo('205');
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
    const [first, second] = [await stand.agentNamed('207'), await stand.agentNamed('208')];
    const callers = await stand.callersTo('team', { speech: makeToneOpus(440, 1) });
    const [scripted] = callers.place('knownCustomer');
    const calls = await Promise.all([first.nextCall(), second.nextCall()]);
    for (const call of calls) call.answer();
    const loser = await Promise.race(calls.map((call) => call.ended.then(() => call)));
    const winner = calls.find((call) => call !== loser);
    await hears('the caller is heard', () => (winner?.packetsHeard() ?? 0) > 50);
    expect(winner?.session.isEstablished()).toBe(true);
    winner?.session.terminate();
    expect(await scripted?.report).toMatchObject({ outcome: 'answered' });
  });

  test('a caller whose other end has died hangs up by itself', async () => {
    const agent = await stand.agentNamed('210');
    const callers = await stand.callersTo('210');
    const [scripted] = callers.place('unknownNumber');
    const call = await agent.nextCall();
    call.answer();
    await hears('the caller is heard', () => call.packetsHeard() > 20);
    call.crash();
    const crashedAtMs = Date.now();
    expect(await scripted?.report).toMatchObject({ outcome: 'answered' });
    await call.ended;
    expect(Date.now() - crashedAtMs).toBeLessThan(noticedWithinMs);
  });

  test('whoever an agent calls outside picks up and speaks', async () => {
    const agent = await stand.agentNamed('215');
    const account = stand.account('outside');
    const people = stand.keepOpen(
      createScriptedCallers({ account, projectNumber: '1', log: stand.log, speech: makeToneOpus(440, 3) }),
    );
    await people.registered();
    const call = agent.call('outside');
    await hears('they are heard', () => call.packetsHeard() > 100);
    call.session.terminate();
    expect(await heardMs(call.heard(), 440)).toBeGreaterThan(1_500);
  });

  test('the impatient caller gives up after five seconds of ringing', async () => {
    const agent = await stand.agentNamed('206');
    const callers = await stand.callersTo('206');
    const [call] = callers.place('hangsUpAfterFiveSeconds');
    const ringing = await agent.nextCall();
    const rangAtMs = Date.now();
    await ringing.ended;
    expect(Date.now() - rangAtMs).toBeGreaterThan(4_000);
    expect(Date.now() - rangAtMs).toBeLessThan(10_000);
    expect(await call?.report).toMatchObject({ outcome: 'gaveUp', status: null, answeredAtMs: null });
  });
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
