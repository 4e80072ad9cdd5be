// The order of handing out, as a table: each line stands before the next, whatever order they come in.
import { expect, it } from 'vitest';
import { type OrderId, orderId, userId } from '#shared/domain/ids.ts';
import {
  comesBefore,
  type ModeRule,
  type Place,
  turnChangesAtMs,
  turnOf,
} from '../../../src-hub/dial-up/precedence.ts';

const nowMs = 1_800_000_000_000;
const minute = 60_000;
const ann = userId.parse('ann');
const bob = userId.parse('bob');

const leads: ModeRule = { mode: 'newLeads', highPriority: false, standardTimeMs: 0 };
const high: ModeRule = { mode: 'newLeads', highPriority: true, standardTimeMs: 15 * minute };
const timed: ModeRule = { mode: 'reconfirmation', highPriority: true, standardTimeMs: 60 * minute };
const free: ModeRule = { mode: 'random1', highPriority: false, standardTimeMs: 1 };

type Row = readonly [name: string, rule: ModeRule, place: Partial<Place> & { minutes: number }];

/** `minutes`: due that long ago. */
const rows: readonly Row[] = [
  ['an own call back, due longest', leads, { bucket: 'callBack', forUserId: ann, minutes: 9 }],
  ['an own call back, just due', leads, { bucket: 'callBack', forUserId: ann, minutes: 0 }],
  ['a call back of a drawn mode', free, { bucket: 'callBack', draw: 5, minutes: 500 }],
  ["anybody's call back, due longest", leads, { bucket: 'callBack', minutes: 60 }],
  ["anybody's call back", high, { bucket: 'callBack', minutes: 1 }],
  ['an old lead of high priority, over its time', high, { bucket: 'unprocessed', minutes: 30 }],
  ['a new lead of high priority', high, { bucket: 'unprocessed', minutes: 1 }],
  ['longest over the standard time', timed, { bucket: 'unprocessed', minutes: 600 }],
  [
    'not reached, due for longer than the standard time',
    timed,
    { bucket: 'noAnswer', minutes: 90, attempts: 4 },
  ],
  ['exactly over the standard time', timed, { bucket: 'unprocessed', minutes: 60 }],
  ['the oldest of the others', leads, { bucket: 'unprocessed', minutes: 5_000 }],
  [
    'of another mode, not over its time: high priority is for leads',
    timed,
    { bucket: 'unprocessed', minutes: 59 },
  ],
  ['the newest of the others', leads, { bucket: 'unprocessed', minutes: 0 }],
  ['not reached once', leads, { bucket: 'noAnswer', minutes: 1, attempts: 1 }],
  ['not reached twice, due longest', leads, { bucket: 'noAnswer', minutes: 300, attempts: 2 }],
  ['not reached twice', timed, { bucket: 'noAnswer', minutes: 2, attempts: 2 }],
  ['drawn first', free, { bucket: 'noAnswer', draw: 1, minutes: 1, attempts: 9 }],
  ['drawn second', free, { bucket: 'unprocessed', draw: 2, minutes: 9_000 }],
];

function placeOf([name, , { minutes, ...rest }]: Row): Place {
  return {
    orderId: orderId.parse(name),
    bucket: 'unprocessed',
    dueAtMs: nowMs - minutes * minute,
    attempts: 0,
    forUserId: null,
    draw: null,
    ...rest,
  };
}

it('DIAL-1: hands out by the order of precedence, class by class and within each', () => {
  const turns = rows.flatMap((row) => turnOf(placeOf(row), row[1], ann, nowMs) ?? []);
  expect(turns).toHaveLength(rows.length);
  const backwards = [...turns].reverse().sort(comesBefore);
  expect(backwards.map(({ orderId }) => orderId)).toEqual(rows.map(([name]) => name));
});

it.each([
  ['a call back before its time', { bucket: 'callBack', minutes: -1 }],
  ["somebody else's own call back", { bucket: 'callBack', forUserId: bob, minutes: 5 }],
  ['one not reached whose delay has not passed', { bucket: 'noAnswer', minutes: -1, attempts: 1 }],
] as const)('%s has no turn', (name, place) => {
  expect(turnOf(placeOf([name, leads, place]), leads, ann, nowMs)).toBeNull();
});

it('shows the whole line with every call back in it', () => {
  const own = placeOf(['own', leads, { bucket: 'callBack', forUserId: bob, minutes: 5 }]);
  expect(turnOf(own, leads, null, nowMs)?.why).toBe('ownCallBackDue');
});

it('puts two that are alike in the same order wherever the line is made', () => {
  const alike = (id: string) => turnOf(placeOf([id, leads, { minutes: 5 }]), leads, null, nowMs);
  const [a, b] = [alike('a'), alike('b')];
  if (!a || !b) throw new Error('Both have a turn');
  expect([b, a].sort(comesBefore).map((turn): OrderId => turn.orderId)).toEqual(['a', 'b']);
});

it('says when time alone gives an order another turn: never sooner, and not a moment later', () => {
  for (const early of [0, 20, 200]) {
    for (const row of rows) {
      const [name, rule] = row;
      const place = placeOf(row);
      const fromMs = place.dueAtMs - early * minute;
      const why = (atMs: number) => turnOf(place, rule, null, atMs)?.why ?? null;
      for (let atMs = fromMs, steps = 0; steps < 3; steps += 1) {
        const changesAtMs = turnChangesAtMs(place, rule, atMs);
        if (changesAtMs === Infinity) {
          expect(why(atMs + 1e12), name).toBe(why(atMs));
          break;
        }
        expect(why(changesAtMs - 1), name).toBe(why(atMs));
        expect(why(changesAtMs), name).not.toBe(why(atMs));
        atMs = changesAtMs;
      }
    }
  }
});
