// The machine of call mode, row by row: from a state, by an event, to a state and what is to be done. Null: it means nothing then.
import { describe, expect, it } from 'vitest';
import { assertNever } from '#shared/domain/assert-never.ts';
import { attemptId, callId, leaseId, mutationId } from '#shared/domain/ids.ts';
import {
  type DialUp,
  type DialUpEffect,
  type DialUpEvent,
  emptyDraft,
  heldForMs,
  off,
  step,
  type Worked,
} from '../../src-main/dial-up/dial-up-machine.ts';
import { leasedOrder } from '../support/sample-orders.ts';

const nowMs = 1_000_000;
const free = { online: true, available: true, occupied: false };
const worked = (over: Partial<Worked> = {}): Worked => ({
  leased: leasedOrder(),
  sinceMs: nowMs,
  number: null,
  dialsAtMs: null,
  callId: null,
  draft: emptyDraft,
  heldUntilMs: nowMs + heldForMs,
  leaseOver: false,
  notDialled: null,
  ...over,
});
const running: DialUp = { ...off, ...free, running: true };
const called = worked({ callId: callId.parse('call-1') });
const noted = worked({ draft: { ...emptyDraft, note: 'Asked for Friday.' } });
const ended = {
  worked: called,
  mutationId: mutationId.parse('m-1'),
  outcome: {
    attemptId: attemptId.parse('a-1'),
    orderId: called.leased.order.id,
    mode: 'newLeads',
    button: 'confirmed',
    callBack: null,
    note: '',
    callId: called.callId,
    startedAtMs: nowMs,
    endedAtMs: nowMs,
  },
  untilMs: nowMs + 10_000,
} as const;
const otherLease = leaseId.parse('lease-2');
const next = worked({ leased: leasedOrder({ leaseId: otherLease }) });

const starts = {
  off: { ...off, ...free },
  offWithoutHub: { ...off, ...free, online: false },
  offAway: { ...off, ...free, available: false },
  asking: { ...running, asked: 1, asking: true },
  toldMeanwhile: { ...running, asked: 1, asking: true, toldMeanwhile: true },
  nothing: { ...running, asked: 1, nothing: { nextAtMs: null } },
  busy: { ...running, occupied: true },
  withoutHub: { ...running, online: false },
  counting: { ...running, order: worked({ dialsAtMs: nowMs }) },
  countingOn: { ...running, order: worked({ dialsAtMs: nowMs + 3_000 }) },
  onDesk: { ...running, order: worked() },
  called: { ...running, order: called },
  calledWithoutHub: { ...running, online: false, order: called },
  noted: { ...running, order: noted },
  lastOne: { ...running, order: called, pauseAfterThis: true },
  undoable: { ...running, asked: 2, asking: true, ended },
  undoableAndNext: { ...running, order: next, ended },
  undoableAndNextCalled: { ...running, order: { ...next, callId: callId.parse('call-2') }, ended },
} satisfies Record<string, DialUp>;

const situation = (over: Partial<typeof free>) => ({ type: 'situation', ...free, ...over }) as const;
const over = { may: false, reason: 'leaseOver', untilMs: null } as const;
const closed = { may: false, reason: 'outsideHours', untilMs: nowMs + 60_000 } as const;
const take = (asked: number, order: NonNullable<Parameters<typeof leasedOrder>[0]> | null) =>
  ({ type: 'taken', asked, order: order === null ? null : leasedOrder(order), nextAtMs: null }) as const;

type Bare = DialUpEvent extends infer E ? (E extends DialUpEvent ? Omit<E, 'atMs'> : never) : never;
type Row = readonly [keyof typeof starts, string, Bare, string | null];

const rows: readonly Row[] = [
  ['off', 'begun', { type: 'start' }, 'asking: take 1'],
  ['offWithoutHub', 'begun', { type: 'start' }, null],
  ['offAway', 'begun', { type: 'start' }, null],
  ['asking', 'an order comes that counts down', take(1, {}), 'order, dials in 5 s: keep lease-1'],
  [
    'asking',
    'an order comes that dials at once',
    take(1, { dials: 'atOnce' }),
    'order, dials in 0 s: keep lease-1',
  ],
  ['asking', 'an order comes that waits for a key', take(1, { dials: 'onKey' }), 'order: keep lease-1'],
  ['asking', 'an order comes that may not be dialled', take(1, { mayDial: closed }), 'order: keep lease-1'],
  ['asking', 'an order comes of an erased person', take(1, { record: null }), 'order: keep lease-1'],
  ['asking', 'nothing is there', take(1, null), 'nothing:'],
  ['asking', 'the hub refuses', { type: 'notTaken', asked: 1 }, 'nothing:'],
  ['asking', 'there may be something, told before the answer', { type: 'lookAgain' }, 'asking:'],
  ['toldMeanwhile', 'there was nothing when it was asked', take(1, null), 'asking: take 2'],
  ['toldMeanwhile', 'the hub refuses', { type: 'notTaken', asked: 1 }, 'asking: take 2'],
  ['asking', 'the answer to an older question comes', take(0, {}), 'asking: giveBack lease-1'],
  ['asking', 'the agent stops', { type: 'stop' }, 'off:'],
  ['off', 'an order comes too late', take(1, {}), 'off: giveBack lease-1'],
  ['asking', 'the hub goes away', situation({ online: false }), 'hubAway:'],
  ['withoutHub', 'the hub is back', situation({}), 'asking: take 1'],
  ['nothing', 'there may be something', { type: 'lookAgain' }, 'asking: take 2'],
  ['nothing', 'another call begins', situation({ occupied: true }), 'busy:'],
  ['busy', 'the other call is over', situation({}), 'asking: take 1'],
  ['busy', 'the status is Away', situation({ occupied: true, available: false }), 'busy:'],
  ['busy', 'there may be something', { type: 'lookAgain' }, null],
  ['counting', 'its time has come', { type: 'dialNow' }, 'order: dial'],
  ['countingOn', 'its time has not come', { type: 'dialNow' }, null],
  ['countingOn', 'the agent stops the countdown', { type: 'stopCountdown' }, 'order:'],
  ['onDesk', 'the agent stops a countdown that is none', { type: 'stopCountdown' }, null],
  ['countingOn', 'another call begins', situation({ occupied: true }), 'order:'],
  [
    'countingOn',
    'its hours end',
    { type: 'permissionChanged', leaseId: leasedOrder().leaseId, mayDial: closed },
    'order, not dialled (outsideHours):',
  ],
  [
    'countingOn',
    'it was called',
    { type: 'dialled', callId: callId.parse('call-1'), number: null },
    'order: keep lease-1',
  ],
  [
    'onDesk',
    'its lease is over',
    { type: 'permissionChanged', leaseId: leasedOrder().leaseId, mayDial: over },
    'asking: forget lease-1, take 1',
  ],
  [
    'onDesk',
    'the lease of another one is over',
    { type: 'permissionChanged', leaseId: otherLease, mayDial: over },
    null,
  ],
  [
    'called',
    'its lease is over',
    { type: 'prolonged', leaseId: leasedOrder().leaseId, held: false, heldUntilMs: 0 },
    'order, lease over:',
  ],
  [
    'noted',
    'its lease is over',
    { type: 'prolonged', leaseId: leasedOrder().leaseId, held: false, heldUntilMs: 0 },
    'order, lease over:',
  ],
  ['called', 'the hub goes away', situation({ online: false }), 'order:'],
  ['called', 'the agent stops', { type: 'stop' }, null],
  ['noted', 'the agent stops', { type: 'stop' }, null],
  ['onDesk', 'the agent stops', { type: 'stop' }, 'off: forget lease-1, giveBack lease-1'],
  ['called', 'it is ended', { type: 'ended', ended, occupied: false }, 'asking, undo: take 1'],
  ['called', 'it is ended while its call hangs up', { type: 'ended', ended, occupied: true }, 'busy, undo:'],
  ['calledWithoutHub', 'it is ended', { type: 'ended', ended, occupied: false }, 'hubAway, undo:'],
  ['lastOne', 'it is ended', { type: 'ended', ended, occupied: false }, 'off, undo:'],
  ['undoable', 'it is taken back', { type: 'undone' }, 'order: keep lease-1'],
  [
    'undoableAndNext',
    'it is taken back',
    { type: 'undone' },
    'order: forget lease-2, giveBack lease-2, keep lease-1',
  ],
  ['undoableAndNextCalled', 'it is taken back', { type: 'undone' }, null],
  ['undoable', 'the time to undo is not over', { type: 'undoOver' }, null],
  ['onDesk', 'its person is erased', { type: 'erased' }, 'asking: forget lease-1, giveBack lease-1, take 1'],
  ['off', 'the app finds an order of before', { type: 'found', worked: noted }, 'order:'],
  ['called', 'somebody else signs in', { type: 'left' }, 'off:'],
];

describe('the machine of call mode', () => {
  it.each(rows)('%s, and %s', (start, _words, event, expected) => {
    const made = step(starts[start], { ...event, atMs: nowMs } as DialUpEvent);
    expect(made && `${shown(made.dialUp)}: ${made.effects.map(shownEffect).join(', ')}`.trim()).toBe(
      expected,
    );
  });

  it('gives an order back that comes while the agent is busy, and asks anew when they are free', () => {
    const busy = step(starts.asking, { ...situation({ occupied: true }), atMs: nowMs });
    const answered = busy && step(busy.dialUp, { ...take(1, {}), atMs: nowMs });
    expect(answered?.effects).toEqual([{ type: 'giveBack', leaseId: 'lease-1' }]);
    const again = answered && step(answered.dialUp, { ...situation({}), atMs: nowMs });
    expect(again?.effects).toEqual([{ type: 'take', asked: 2 }]);
  });

  it('gives what comes after an undo back, since one order is on the desk already', () => {
    const undone = step(starts.undoable, { type: 'undone', atMs: nowMs });
    const late = undone && step(undone.dialUp, { ...take(2, { leaseId: otherLease }), atMs: nowMs });
    expect(late?.effects).toEqual([{ type: 'giveBack', leaseId: otherLease }]);
    expect(late?.dialUp.order?.leased.leaseId).toBe('lease-1');
  });
});

function shown(dialUp: DialUp): string {
  const { order } = dialUp;
  const parts = [stateOf(dialUp)];
  if (order?.leaseOver) parts.push('lease over');
  if (order?.dialsAtMs != null) parts.push(`dials in ${(order.dialsAtMs - nowMs) / 1_000} s`);
  if (order?.notDialled != null) parts.push(`not dialled (${order.notDialled})`);
  if (dialUp.ended) parts.push('undo');
  return parts.join(', ');
}

function stateOf({ order, running: runs, online, available, occupied, nothing }: DialUp): string {
  if (order) return 'order';
  if (!runs) return 'off';
  if (!online) return 'hubAway';
  if (!available || occupied) return 'busy';
  return nothing ? 'nothing' : 'asking';
}

function shownEffect(effect: DialUpEffect): string {
  switch (effect.type) {
    case 'take':
      return `take ${effect.asked}`;
    case 'giveBack':
    case 'forget':
      return `${effect.type} ${effect.leaseId}`;
    case 'keep':
      return `keep ${effect.worked.leased.leaseId}`;
    case 'dial':
      return 'dial';
    default:
      return assertNever(effect);
  }
}
