// Where each outcome leads, as a table (DIAL-3, DIAL-9).
import { expect, it } from 'vitest';
import type { ModeSettings, OutcomeButton } from '#shared/domain/dial-up.ts';
import { usualDialUpSettings, usualOrderStatuses } from '#shared/domain/dial-up-usual.ts';
import { orderStatusId, userId } from '#shared/domain/ids.ts';
import { afterOutcome } from '../../../src-hub/dial-up/outcome-machine.ts';

const nowMs = 1_800_000_000_000;
const ann = userId.parse('ann');
const status = (text: string) => orderStatusId.parse(text);
const [usual] = usualDialUpSettings(usualOrderStatuses).modes;
if (!usual) throw new Error('New leads have settings');
const settings: ModeSettings = {
  ...usual,
  attempts: 3,
  delayMinutes: { noAnswer: 60, busy: 0, hangUp: 525_600 },
  extraButtons: [
    { label: 'Wants a brochure', statusId: status('to-reconfirm') },
    { label: 'Moved', statusId: status('gone') },
  ],
};
const find = (id: string) => usualOrderStatuses.find((each) => each.id === id) ?? null;
const after = (
  button: OutcomeButton,
  attempts = 0,
  callBack: { atMs: number; own: boolean } | null = null,
  change: Partial<ModeSettings> = {},
) =>
  afterOutcome(
    { statusId: status('new'), attempts },
    { button, callBack },
    { ...settings, ...change },
    find,
    ann,
    nowMs,
  );

it.each([
  [
    'no answer waits for its delay',
    after('noAnswer'),
    'new',
    1,
    { bucket: 'noAnswer', dueAtMs: nowMs + 3_600_000 },
  ],
  ['busy with a delay of 0 is due at once', after('busy'), 'new', 1, { bucket: 'noAnswer', dueAtMs: nowMs }],
  [
    'a hang-up may wait a year',
    after('hangUp'),
    'new',
    1,
    { bucket: 'noAnswer', dueAtMs: nowMs + 525_600 * 60_000 },
  ],
  [
    'a time that the agent sets counts instead of the delay',
    after('noAnswer', 1, { atMs: nowMs + 5, own: true }),
    'new',
    2,
    { bucket: 'noAnswer', dueAtMs: nowMs + 5, forUserId: null },
  ],
  ['the last attempt that reaches nobody moves the order on', after('busy', 2), 'not-reached', 0, null],
  [
    'a call back planned with the last attempt stands',
    after('callBack', 2, { atMs: nowMs + 9, own: true }),
    'new',
    3,
    { bucket: 'callBack', dueAtMs: nowMs + 9, forUserId: ann },
  ],
  [
    "a call back may be anybody's",
    after('callBack', 0, { atMs: nowMs + 9, own: false }),
    'new',
    1,
    { bucket: 'callBack', dueAtMs: nowMs + 9, forUserId: null },
  ],
  ['who is not reached after that is moved on', after('noAnswer', 3), 'not-reached', 0, null],
  ['confirmed leads to its status, out of line', after('confirmed'), 'confirmed', 0, null],
  [
    'an extra button leads into another mode, to wait there unprocessed',
    after('extra1', 2),
    'to-reconfirm',
    0,
    { bucket: 'unprocessed', dueAtMs: nowMs },
  ],
  ['one that leads to a status that is gone ends the dialling', after('extra2'), 'gone', 0, null],
  ['one that leads nowhere leaves the order where it is, out of line', after('willCollect'), 'new', 1, null],
  [
    'used up with no status to go to: out of line where it is',
    after('noAnswer', 2, null, { usedUpStatusId: null }),
    'new',
    3,
    null,
  ],
] as const)('DIAL-9: %s', (_, result, statusId, attempts, place) => {
  expect(result).toMatchObject({ statusId, attempts, place });
});
