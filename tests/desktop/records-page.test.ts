// A record's page and its calls: this agent's own, its firm's, and a colleague's, each once and the newest first.
import { expect, test } from 'vitest';
import { callId, recordId, userId } from '#shared/domain/ids.ts';
import { emptyRecordContent } from '#shared/domain/record.ts';
import type { SyncedCall } from '#shared/hub/sync-contract.ts';
import { openNoteStore } from '../../src-main/records/note-store.ts';
import { pageLists } from '../../src-main/records/record-page.ts';
import { openRecordPageStore } from '../../src-main/records/record-page-store.ts';
import { openSyncedCallStore } from '../../src-main/records/synced-call-store.ts';
import { deskAtWork } from '../calls/desk-at-work.ts';

const colleaguesCall: SyncedCall = {
  callId: callId.parse('theirs'),
  sipCallId: null,
  direction: 'inbound',
  number: '+442079460999',
  redirectedFrom: null,
  projectId: null,
  recordId: recordId.parse('dora'),
  customerId: recordId.parse('firm'),
  subject: '',
  startedAtMs: 5,
  answeredAtMs: 6,
  endedAtMs: 9,
  outcome: 'accepted',
  missedReason: null,
  note: 'Spoke of the gate',
  dispositionId: null,
  dispositionLabel: 'Sold',
  orderOutcome: null,
  finished: true,
  corrections: [],
  userId: userId.parse('u-2'),
  userName: 'Sam Okafor',
};

test('own calls stand before a colleague’s older one, and what is to be done is told', async () => {
  const desk = await deskAtWork();
  const dora = {
    ...emptyRecordContent,
    id: recordId.parse('dora'),
    lastName: 'Dora',
    numbers: [{ number: '+442079460999', extension: '', label: 'main' as const }],
    version: 1,
    createdAtMs: 1,
    changedAtMs: 1,
  };
  desk.recordStore.write(dora, dora, 'sent');
  const own = desk.ring('call-1', { callerNumber: '+442079460999' });
  desk.tell('callerGaveUp', own);
  const syncedCalls = openSyncedCallStore(desk.database, desk.recordStore);
  syncedCalls.write(colleaguesCall);
  syncedCalls.write({ ...colleaguesCall, callId: own, startedAtMs: 7 });
  const parts = {
    notes: openNoteStore(desk.database),
    syncedCalls,
    ownCalls: openRecordPageStore(desk.database),
    agent: { current: () => desk.signedIn },
    callState: () => 'here' as const,
  };
  const page = pageLists(parts, dora);
  expect(page.calls.map(({ callId: id, own: isOwn, state }) => [id, isOwn, state])).toEqual([
    [own, true, 'here'],
    ['theirs', false, 'sent'],
  ]);
  expect(page.calls[1]).toMatchObject({
    agentName: 'Sam Okafor',
    note: 'Spoke of the gate',
    disposition: 'Sold',
  });
  expect(page.openTasks).toMatchObject([{ callId: own, kind: 'missed' }]);
  expect(pageLists(parts, { id: recordId.parse('firm') }).calls.map(({ callId: id }) => id)).toEqual([
    own,
    'theirs',
  ]);
  const plan = desk.database.sqlite
    .prepare(`EXPLAIN QUERY PLAN ${parts.ownCalls.statements.ownCalls}`)
    .all('dora', 'dora', 'dora', 'u', 1);
  expect(JSON.stringify(plan)).toMatch(/calls_by_record.*calls_by_contact.*calls_by_customer/);
});
