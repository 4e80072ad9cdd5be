// What syncing does next, as a table of situations.
import { describe, expect, it } from 'vitest';
import { projectId } from '#shared/domain/ids.ts';
import {
  isToBeSetAside,
  nextStep,
  retryDelayMs,
  type SyncFacts,
  sentAtMs,
} from '../../src-main/sync/sync-machine.ts';

const nowMs = 1_000_000;
const support = projectId.parse('support');
const quiet: SyncFacts = {
  nowMs,
  ready: true,
  retryAtMs: null,
  wipeAtMs: null,
  checked: true,
  tidied: true,
  waiting: null,
  open: [null, support],
  kept: [],
  stale: [],
  callsRestMs: 0,
};
const closed = (closedSinceMs: number | null, foreign = false) => ({
  kept: [{ scope: support, foreign, closedSinceMs }],
});
const waiting = (undoUntilMs: number | null) => ({ waiting: { undoUntilMs } });

describe('the next step', () => {
  it.each<[string, Partial<SyncFacts>, ReturnType<typeof nextStep>]>([
    ['waits for news where there is nothing to do', {}, { step: 'wait', untilMs: null }],
    ['does nothing without the hub', { ready: false, ...waiting(null) }, { step: 'wait', untilMs: null }],
    ['wipes what was erased before all else', { wipeAtMs: nowMs, ...waiting(null) }, { step: 'wipe' }],
    ['also without the hub', { ready: false, wipeAtMs: nowMs - 1 }, { step: 'wipe' }],
    [
      'and comes back to it by itself',
      { ready: false, wipeAtMs: nowMs + 2_000 },
      { step: 'wait', untilMs: nowMs + 2_000 },
    ],
    ['though the hub is there', { wipeAtMs: nowMs + 2_000 }, { step: 'wait', untilMs: nowMs + 2_000 }],
    [
      'and though something else has failed',
      { wipeAtMs: nowMs + 300, retryAtMs: nowMs + 500 },
      { step: 'wait', untilMs: nowMs + 300 },
    ],
    ['sends meanwhile', { wipeAtMs: nowMs + 2_000, ...waiting(null) }, { step: 'push' }],
    ['wipes at once where the clock was put back', { wipeAtMs: nowMs + 3_600_000 }, { step: 'wipe' }],
    [
      'wipes nothing while a call is being set up',
      { wipeAtMs: nowMs, callsRestMs: 200 },
      { step: 'wait', untilMs: nowMs + 200 },
    ],
    ['asks first whether the hub still has all', { checked: false, ...waiting(null) }, { step: 'check' }],
    ['sends before it pulls', { ...waiting(null), stale: [support] }, { step: 'push' }],
    ['pulls in the order in which it is wanted', { stale: [support, null] }, { step: 'pull', scope: null }],
    ['pulls nothing that is not open', { open: [null], stale: [support] }, { step: 'wait', untilMs: null }],
    [
      'pulls nothing while a call is being set up',
      { stale: [null], callsRestMs: 200 },
      { step: 'giveWay', untilMs: nowMs + 200 },
    ],
    [
      'looks soon whether it is set up',
      { stale: [null], callsRestMs: 5_000 },
      { step: 'giveWay', untilMs: nowMs + 500 },
    ],
    [
      'sends beside a call that is being set up',
      { ...waiting(null), stale: [null], callsRestMs: 200 },
      { step: 'push' },
    ],
    ['puts away last what was sent long ago', { tidied: false, stale: [] }, { step: 'tidy' }],
    ['waits for the end of an undo', waiting(nowMs + 9_000), { step: 'wait', untilMs: nowMs + 9_000 }],
    ['pulls meanwhile', { ...waiting(nowMs + 9_000), stale: [null] }, { step: 'pull', scope: null }],
    [
      'waits after a failure',
      { retryAtMs: nowMs + 500, ...waiting(null) },
      { step: 'wait', untilMs: nowMs + 500 },
    ],
    [
      'but not an hour, after the clock was put back',
      { retryAtMs: nowMs + 3_600_000, ...waiting(null) },
      { step: 'push' },
    ],
    ['nor that long for an undo', waiting(nowMs + 3_600_000), { step: 'push' }],
    ['keeps what was closed a moment ago', closed(nowMs - 4_000), { step: 'wait', untilMs: nowMs + 6_000 }],
    ['then takes it out', closed(nowMs - 10_000), { step: 'remove', scope: support }],
    ['also after the clock was put back', closed(nowMs + 3_600_000), { step: 'remove', scope: support }],
    ['takes out at once what is not allowed', closed(nowMs, true), { step: 'remove', scope: support }],
  ])('%s', (_, facts, step) => {
    expect(nextStep({ ...quiet, ...facts })).toEqual(step);
  });

  it('tries again later and later, and never all desktops at once', () => {
    expect([1, 2, 3, 20].map((failures) => retryDelayMs(failures, 1))).toEqual([500, 1_000, 2_000, 30_000]);
    expect(retryDelayMs(3, 0)).toBe(1_000);
    expect(sentAtMs({ undoUntilMs: null }, nowMs)).toBe(nowMs);
  });

  it.each<[string, number, number | null, boolean]>([
    ['tries a change again at which the hub fails', 7, null, false],
    ['sets it aside in the end', 8, null, true],
    ['but not one after the other of a hub that fails at everything', 100, nowMs - 599_999, false],
    ['or only now and then', 8, nowMs - 600_000, true],
    ['also where the clock was put back', 8, nowMs + 3_600_000, true],
  ])('%s', (_, failures, asideAtMs, expected) => {
    expect(isToBeSetAside(failures, asideAtMs, nowMs)).toBe(expected);
  });
});
