// How long other work gives way to calls: while they are being set up, and never for good.
import { expect, test } from 'vitest';
import type { CallPhase } from '#shared/domain/call-view.ts';
import type { CallId } from '#shared/domain/ids.ts';
import { createCallsFirst, restFor } from '../../src-main/calls/calls-first.ts';
import { testClock } from '../support/test-clock.ts';

function begin() {
  const clock = testClock();
  const callsFirst = createCallsFirst(clock);
  const phases = new Map<string, CallPhase>();
  const inThread = restFor(callsFirst.shared, clock.nowMs);
  return {
    clock,
    enters(name: string, after: CallPhase) {
      callsFirst.entered({ callId: name as CallId, before: phases.get(name) ?? null, after });
      phases.set(name, after);
    },
    givesWay() {
      const restMs = callsFirst.restMs();
      expect(inThread()).toBe(restMs);
      return restMs > 0;
    },
  };
}

test('others give way when a call rings, not for as long as it rings, and again from its answer until it is heard', () => {
  const { clock, enters, givesWay } = begin();
  expect(givesWay()).toBe(false);
  enters('a', 'offered');
  expect(givesWay()).toBe(true);
  clock.pass(3_000);
  expect(givesWay()).toBe(false);
  enters('a', 'answering');
  clock.pass(3_000);
  expect(givesWay()).toBe(true);
  enters('a', 'talking');
  expect(givesWay()).toBe(true);
  clock.pass(2_000);
  expect(givesWay()).toBe(false);
  for (const phase of ['holding', 'held', 'resuming', 'talking', 'hangingUp', 'wrapUp', 'closed'] as const) {
    enters('a', phase);
    expect(givesWay()).toBe(false);
  }
});

test('a call that is over holds nobody up, and another that is being set up goes on doing so', () => {
  const { enters, givesWay } = begin();
  enters('a', 'offered');
  enters('b', 'offered');
  enters('a', 'closed');
  expect(givesWay()).toBe(true);
  enters('b', 'answering');
  enters('b', 'closed');
  expect(givesWay()).toBe(false);
  enters('c', 'dialing');
  enters('c', 'remoteRinging');
  expect(givesWay()).toBe(true);
});

test('where calls come without end, two thirds of the time are left to others', () => {
  const { clock, enters, givesWay } = begin();
  let givenMs = 0;
  for (let atMs = 0; atMs < 120_000; atMs += 10) {
    if (atMs % 900 === 0) enters(`call ${atMs}`, 'offered');
    if (givesWay()) givenMs += 10;
    clock.pass(10);
  }
  // Ten seconds to begin with.
  expect(givenMs).toBeGreaterThan(45_000);
  expect(givenMs).toBeLessThan(48_000);
});

test('a clock that is put back by an hour does not make others wait for an hour', () => {
  let nowMs = 10_000_000;
  const callsFirst = createCallsFirst({ nowMs: () => nowMs });
  callsFirst.entered({ callId: 'a' as CallId, before: null, after: 'offered' });
  nowMs -= 3_600_000;
  expect(callsFirst.restMs()).toBe(0);
  callsFirst.entered({ callId: 'b' as CallId, before: null, after: 'offered' });
  expect(callsFirst.restMs()).toBeGreaterThan(0);
});
