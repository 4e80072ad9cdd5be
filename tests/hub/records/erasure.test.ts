// A record erased for good is gone from every table of the hub, on both databases, and from SQLite's files byte by byte;
// its calls stay, without number and name.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { noteId, sipCallId, voicemailId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../../../src-hub/database/open-database.ts';
import { openHubDatabase } from '../../../src-hub/database/open-database.ts';
import { temporaryFolder } from '../support.ts';
import { onBothDatabases } from '../users/on-both-databases.ts';
import { annActs, content, id, number, recordsAtWork, report, support } from './records-at-work.ts';

/** Nowhere else in the database. */
const secrets = [
  'Xanthippa',
  'quizzical',
  'z9.vault@example.org',
  '+442079469876',
  'Wisteria Mews',
  'hush-hush',
];

async function erasing(db: HubDatabase) {
  const atWork = await recordsAtWork(db);
  const { records } = atWork;
  const { id: erased } = await records.create(
    annActs,
    id('to-erase'),
    content({
      ...{ projectId: support, firstName: 'Xanthippa', street: 'Wisteria Mews', description: 'quizzical' },
      ...{ numbers: [number('+442079469876'), number('+442079460200')], emails: ['z9.vault@example.org'] },
    }),
  );
  const { id: other } = await records.create(annActs, null, content({ numbers: [number('+442079460200')] }));
  for (const [index, text] of ['quizzical, she said', 'hush-hush'].entries()) {
    const note = { id: noteId.parse(`n${index}`), recordId: erased, callId: null, text, writtenAtMs: 5 };
    await records.addNote(annActs, note);
  }
  const change = { before: { city: '' }, changes: { city: 'Wisteria Mews', tags: ['hush-hush'] } };
  await records.change(annActs, erased, change);
  const correction = {
    id: 'x',
    atMs: 1,
    author: 'Ann',
    note: 'quizzical',
    dispositionId: null,
    dispositionLabel: null,
  };
  const named = {
    number: '+442079469876',
    subject: 'hush-hush',
    note: 'quizzical',
    corrections: [correction],
  };
  await records.reportCall(
    annActs,
    report({ id: 'own', recordId: erased, sipCallId: sipCallId.parse('sip-1'), ...named }),
  );
  await records.reportCall(annActs, report({ id: 'same-number', number: '+442079469876' }));
  await records.reportCall(
    annActs,
    report({ id: 'firm', customerId: erased, recordId: other, number: '+442079460200' }),
  );
  await records.reportCall(
    annActs,
    report({ id: 'others', recordId: other, number: '+442079460200', note: 'kept' }),
  );
  for (const [sip_call_id, caller_number, redirected_from] of [
    ['sip-1', '+12015550100', null],
    ['sip-2', '+442079469876', null],
    ['sip-3', '+442079460200', '+442079469876'],
  ] as const) {
    await db
      .insertInto('routed_call')
      .values({
        ...{ sip_call_id: sipCallId.parse(sip_call_id), at_ms: 1, destination: 'project', caller_number },
        ...{
          caller_name: sip_call_id === 'sip-3' ? 'Someone' : 'Xanthippa',
          redirected_from,
          project_id: support,
        },
        ...{
          outcome: 'answered',
          queued_at_ms: null,
          answered_by: null,
          answered_at_ms: null,
          ended_at_ms: 2,
        },
      })
      .execute();
  }
  await db
    .insertInto('voicemail')
    .values({
      ...{ id: voicemailId.parse('v1'), project_id: support, user_id: null, caller_number: '+442079469876' },
      ...{ caller_name: 'Xanthippa', left_at_ms: 1, duration_ms: 2, heard: 0 },
    })
    .execute();
  return { ...atWork, erased, other };
}

/** Every row of every table, as text. */
async function everything(db: HubDatabase): Promise<string> {
  const tables = await db.introspection.getTables();
  const rows = await Promise.all(
    tables.map(({ name }) => sql`select * from ${sql.table(name)}`.execute(db).then((result) => result.rows)),
  );
  return JSON.stringify(rows);
}

await onBothDatabases((open) => {
  it('an erased record is in no table any more, and its calls stay without number and name', async () => {
    const db = await open();
    const { records, calls, erased, other, stamped } = await erasing(db);
    const before = await everything(db);
    for (const secret of secrets) expect(before, secret).toContain(secret);
    await records.erase(annActs, erased);
    const after = await everything(db);
    for (const secret of secrets) expect(after, secret).not.toContain(secret);
    const ids = ['own', 'same-number', 'firm', 'others'].map((each) => report({ id: each }).callId);
    const kept = new Map((await calls.find(ids)).map((call) => [call.callId as string, call]));
    expect(kept.get('own')).toMatchObject({ recordId: null, number: null, note: '', outcome: 'accepted' });
    expect(kept.get('same-number')?.number).toBeNull();
    expect(kept.get('firm')).toMatchObject({ customerId: null, recordId: other, number: null });
    expect(kept.get('others')).toMatchObject({ recordId: other, number: '+442079460200', note: 'kept' });
    const routed = await db.selectFrom('routed_call').selectAll().orderBy('sip_call_id').execute();
    expect(
      routed.map(({ caller_number, caller_name, redirected_from }) => [
        caller_number,
        caller_name,
        redirected_from,
      ]),
    ).toEqual([
      [null, null, null],
      [null, null, null],
      ['+442079460200', 'Someone', null],
    ]);
    expect(await stamped()).toEqual(
      expect.arrayContaining([`record ${erased} in ${support}: erased`, `note n1 in ${support}: erased`]),
    );
    // That it was erased, by whom and when, stays.
    const history = await db
      .selectFrom('record_change')
      .select(['what', 'actor_name'])
      .where('record_id', '=', erased)
      .execute();
    expect(history.map(({ what }) => what)).toEqual(['create', 'change', 'erase']);
  });
});

it('the bytes of an erased record are in no file of SQLite, neither in free pages nor in the write-ahead log', async () => {
  const path = join(await temporaryFolder(), 'hub.sqlite');
  const db = await openHubDatabase({ sqlite: path });
  const { records, erased } = await erasing(db);
  const bytes = async () => {
    const files = await Promise.all([path, `${path}-wal`].map((file) => readFile(file, 'latin1')));
    return files.join('');
  };
  const before = await bytes();
  for (const secret of secrets) expect(before, secret).toContain(secret);
  await records.erase(annActs, erased);
  const after = await bytes();
  for (const secret of secrets) expect(after, secret).not.toContain(secret);
  await db.destroy();
});
