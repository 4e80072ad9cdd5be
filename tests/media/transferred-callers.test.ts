// Scripted callers who are given on by the agent (RFC 3515): whom they hear then, over real SIP and RTP on loopback.
import { describe, expect, test } from 'vitest';
import { heardMs, hears, mediaTestMs, prepareMediaStand } from '../support/media-stand.ts';
import { makeToneOpus } from '../support/tone.ts';

const stand = prepareMediaStand();

describe.concurrent('a caller who is given on', { timeout: mediaTestMs }, () => {
  test('a scripted caller follows a transfer, stays where nobody takes it, and goes on with who answers', async () => {
    const agent = await stand.agentNamed('211');
    const other = await stand.agentNamed('212', makeToneOpus(440, 10));
    const callers = await stand.callersTo('211', { speech: makeToneOpus(440, 20) });
    const [placed] = callers.place('knownCustomer');
    const first = await agent.nextCall();
    first.answer();
    await hears('the caller is heard', () => first.packetsHeard() > 20);

    const refused = Promise.withResolvers<number>();
    const heardBefore = first.packetsHeard();
    first.session.refer('nobody', {
      eventHandlers: {
        failed: ({ status_line: line }: { status_line: { status_code: number } }) =>
          refused.resolve(Number(line.status_code)),
      },
    });
    expect(await refused.promise).toBe(480);
    await hears('the caller is still heard', () => first.packetsHeard() > heardBefore + 20);

    first.session.refer('212', { eventHandlers: { accepted: () => first.session.terminate() } });
    const second = await other.nextCall();
    expect(second.session.remote_identity.uri.user).toBe('+442079460123');
    expect(second.header('Referred-By')).toBe('<sip:211@practice.offhook.invalid>');
    second.answer();
    await first.ended;
    await hears('the caller is heard by the other', () => second.packetsHeard() > 60);
    second.session.terminate();
    const report = await placed?.report;
    expect(await heardMs(report?.heardOggOpus, 700)).toBeGreaterThan(300);
    expect(await heardMs(report?.heardOggOpus, 440)).toBeGreaterThan(500);
    expect(await heardMs(second.heard(), 440)).toBeGreaterThan(900);
  });

  test('a scripted caller goes on to who answers after the transferor has left, and out over the trunk again', async () => {
    const agent = await stand.agentNamed('213');
    const other = await stand.agentNamed('214');
    const callers = await stand.callersTo('213', { speech: makeToneOpus(440, 20) });
    const [placed] = callers.place('knownCustomer');
    const first = await agent.nextCall();
    first.answer();
    await hears('the caller is heard', () => first.packetsHeard() > 20);
    const rings = Promise.withResolvers<void>();
    first.session.refer('214', { eventHandlers: { progress: () => rings.resolve() } });
    const second = await other.nextCall();
    await rings.promise;
    first.session.terminate();
    await first.ended;
    second.answer();
    await hears('the caller is heard by the other', () => second.packetsHeard() > 20);

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
    expect(await heardMs(report?.heardOggOpus, 700)).toBeGreaterThan(200);
  });
});
