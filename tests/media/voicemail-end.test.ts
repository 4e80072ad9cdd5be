// The voicemail end and callers who leave a message, over real SIP, DTLS and RTP on loopback: what is kept is found again by
// its frequency. The tests run at the same time, in real time.
import { describe, expect, test } from 'vitest';
import type { CallRequest } from '../../src-hub/exchange/exchange-ports.ts';
import { OggOpusWriter } from '../../src-hub/media/ogg/ogg-opus-writer.ts';
import { silencePacket } from '../../src-hub/media/ogg/opus-packet.ts';
import { eventually } from '../support/eventually.ts';
import { ring } from '../support/exchange-server.ts';
import { busyMs, heardMs, mediaTestMs, prepareMediaStand } from '../support/media-stand.ts';
import { decodeOggOpus, makeToneOpus, toneMs } from '../support/tone.ts';

const stand = prepareMediaStand({
  internalUsers: ['voicemail', 'voicemail-for-one', 'voicemail-for-two'],
  route: ({ requestUser }: CallRequest) =>
    requestUser === 'team-then-voicemail'
      ? [ring(['209']), ring(['voicemail'], { 'X-Offhook-Mailbox': 'project:p1' })]
      : [ring([requestUser])],
});

describe.concurrent('the voicemail end', { timeout: mediaTestMs }, () => {
  test('a caller who reaches voicemail leaves a message that holds their voice', async () => {
    const shelf = await stand.voicemailNamed('voicemail-for-one');
    const callers = await stand.callersTo('voicemail-for-one', { speech: makeToneOpus(440, 3) });
    const report = await callers.place('knownCustomer')[0]?.report;
    expect(report).toMatchObject({ outcome: 'voicemail', callerNumber: '+442079460123', status: null });
    const message = await eventually('the message is kept', () => shelf.messages[0], busyMs);
    expect(message).toMatchObject({ callerNumber: '+442079460123', callerName: null, mailbox: '' });
    const sound = await decodeOggOpus(message.oggOpus);
    expect(toneMs(sound, 440)).toBeGreaterThan(2_700);
    // The greeting and the beep are not in it; a computer that stands still adds silence.
    expect(sound.durationMs).toBeLessThan(8_000);
    expect(Math.abs(message.durationMs - sound.durationMs)).toBeLessThan(30);
    // What had been handed over while it was said, should the hub have died at the end: all but the last second.
    const grown = await decodeOggOpus(Buffer.concat(shelf.grown[0] ?? []));
    expect(toneMs(grown, 440)).toBeGreaterThan(1_500);
    // The caller heard the beep, at its own frequency.
    expect(await heardMs(report?.heardOggOpus, 880)).toBeGreaterThan(150);
  });

  test('voicemail takes two callers at once, keeps their messages apart, and hides a withheld number', async () => {
    const shelf = await stand.voicemailNamed('voicemail-for-two');
    const callers = await stand.callersTo('voicemail-for-two');
    const calls = [
      ...callers.place('withheldNumber', { speech: makeToneOpus(440, 2) }),
      ...callers.place('unknownNumber', { speech: makeToneOpus(700, 2) }),
    ];
    await Promise.all(calls.map(({ report }) => report));
    const messages = await eventually(
      'both are kept',
      () => shelf.messages.length === 2 && shelf.messages,
      busyMs,
    );
    for (const message of messages) {
      const sound = await decodeOggOpus(message.oggOpus);
      const [own, other] = message.callerNumber === null ? [440, 700] : [700, 440];
      expect(toneMs(sound, own)).toBeGreaterThan(1_700);
      expect(toneMs(sound, other)).toBe(0);
    }
    expect(messages.map(({ callerNumber }) => callerNumber).sort()).toEqual(['+12015550199', null]);
  });

  test('voicemail ends a call in which nothing is said, and keeps no message', async () => {
    const shelf = await stand.voicemailNamed('voicemail-for-nobody', { endAfterSilenceMs: 1_000 });
    const agent = await stand.agentNamed('mute', makeSilence());
    await agent.call('voicemail-for-nobody').ended;
    await eventually('it is noted', () =>
      stand.log.lines.some(({ message }) => message.endsWith('nothing was said')),
    );
    expect(shelf.messages).toEqual([]);
  });

  test('a call that an agent declines goes to voicemail, which learns whose mailbox it is', async () => {
    const shelf = await stand.voicemailNamed('voicemail');
    const agent = await stand.agentNamed('209');
    const callers = await stand.callersTo('team-then-voicemail', { speech: makeToneOpus(440, 2) });
    const [scripted] = callers.place('redirected');
    (await agent.nextCall()).session.terminate({ status_code: 603 });
    expect(await scripted?.report).toMatchObject({ outcome: 'voicemail' });
    const message = await eventually('the message is kept', () => shelf.messages[0], busyMs);
    expect(message).toMatchObject({ mailbox: 'project:p1', callerNumber: '+442079460188' });
    expect(await heardMs(message.oggOpus, 440)).toBeGreaterThan(1_700);
  });
});

/** Ten seconds of an agent whose microphone is muted. */
function makeSilence(): Uint8Array {
  const writer = new OggOpusWriter(1);
  for (let index = 0; index < 500; index += 1) writer.add(silencePacket);
  return writer.finish();
}
