// Callers who wait, on the real hub: what they hear, and who gets them when.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { callersReports } from '../../support/callers-reports.ts';
import { eventually } from '../../support/eventually.ts';
import { toneMs } from '../../support/tone.ts';
import { startTestHub } from '../support.ts';
import { agentAtWork, databaseOf, practiceCall, wholeCallMs } from './agents.ts';

it(
  'TEAM-10: a call that nobody is free for waits, hears a comfort tone, and is offered the moment that someone is free',
  async () => {
    const recordings = await mkdtemp(join(tmpdir(), 'offhook-waiting-'));
    onTestFinished(() => rm(recordings, { recursive: true, force: true }));
    const hub = await startTestHub({ environment: { OFFHOOK_PRACTICE_RECORDINGS: recordings } });
    const { phone, reports } = await agentAtWork(hub);
    const first = await practiceCall(hub, 'unknownNumber');
    const talking = await phone.nextCall();
    talking.answer();
    await first.answered();
    await reports('onCall');
    const second = await practiceCall(hub, 'knownCustomer');
    await eventually('the second caller hears that they wait', () =>
      second.told.find(({ happened }) => happened.step === 'ringing'),
    );
    const waitedFromMs = Date.now();
    await eventually('four seconds of waiting', () => Date.now() - waitedFromMs > 4_000, 10_000);
    talking.session.terminate();
    await first.ended();
    await reports('wrapUp');
    const next = phone.nextCall();
    await reports('free');
    const offer = await next;
    offer.answer();
    await second.answered();
    await eventually('the agent hears the caller', () => offer.packetsHeard() > 100, 10_000);
    offer.session.terminate();
    await second.ended();

    const told = await callersReports(recordings, 2);
    const sound = told.find(({ callerNumber }) => callerNumber === '+442079460123')?.heard;
    if (!sound) throw new Error('The caller heard nothing');
    // Two notes every 2.4 s, then the agent's own 440 Hz.
    expect(toneMs(sound, 392, -35)).toBeGreaterThanOrEqual(400);
    expect(toneMs(sound, 494, -35)).toBeGreaterThanOrEqual(400);
    expect(toneMs(sound, 440)).toBeGreaterThan(1_000);
    const database = await databaseOf(hub);
    // Calls are written behind what happens.
    const kept = await eventually('the call is kept with its end', () =>
      database
        .selectFrom('routed_call')
        .selectAll()
        .where('caller_number', '=', '+442079460123')
        .where('ended_at_ms', 'is not', null)
        .executeTakeFirst(),
    );
    expect(kept).toMatchObject({ outcome: 'answered', answered_by: 'sample-clerk' });
    expect((kept.answered_at_ms ?? 0) - (kept.queued_at_ms ?? 0)).toBeGreaterThan(4_000);
    expect(kept.ended_at_ms).toBeGreaterThanOrEqual(kept.answered_at_ms ?? Number.POSITIVE_INFINITY);
    expect(hub.log.errors()).toEqual([]);
  },
  wholeCallMs,
);
