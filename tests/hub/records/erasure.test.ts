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
    orderOutcome: null,
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
  for (const [name, caller_number] of [
    ['v1', '+442079469876'],
    ['v2', '+442079460200'],
  ] as const) {
    const caller_name = name === 'v1' ? 'Xanthippa' : 'Someone';
    await db
      .insertInto('voicemail')
      .values({
        ...{ id: voicemailId.parse(name), project_id: support, user_id: null, caller_number, caller_name },
        ...{ left_at_ms: 1, duration_ms: 2, heard: 0 },
      })
      .execute();
  }
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
    // A message of somebody else's number stays; whose sound is to go is known until it is gone.
    expect(await db.selectFrom('voicemail').select('id').execute()).toEqual([{ id: 'v2' }]);
    expect(await db.selectFrom('erased_voicemail').select('voicemail_id').execute()).toEqual([
      { voicemail_id: 'v1' },
    ]);
    // That it was erased, by whom and when, stays.
    const history = await db
      .selectFrom('record_change')
      .select(['what', 'actor_name'])
      .where('record_id', '=', erased)
      .execute();
    expect(history.map(({ what }) => what)).toEqual(['create', 'change', 'erase']);
  });

  it('a call reported after the erasure counts, and brings back neither number nor name nor note', async () => {
    const db = await open();
    const { records, calls, clock, erased, other } = await erasing(db);
    const said = { number: '+442079469876', note: 'quizzical', subject: 'hush-hush' };
    const [own, firm, byNumber, redirected, national] = [
      report({ id: 'late', ...said, number: '+12015550100', recordId: erased }),
      report({ id: 'late-firm', ...said, number: '+12015550101', recordId: other, customerId: erased }),
      report({ id: 'late-number', ...said }),
      report({ id: 'late-redirected', ...said, number: '+12015550102', redirectedFrom: '+442079469876' }),
      report({ id: 'late-national', ...said, number: '020 7946 9876' }),
    ] as const;
    await records.erase(annActs, erased);
    for (const call of [own, firm, byNumber, redirected, national]) await records.reportCall(annActs, call);
    // The later word of one that was emptied names nobody either.
    await records.reportCall(annActs, { ...own, recordId: null, note: 'quizzical again' });
    await records.reportCall(annActs, report({ id: 'same-number', ...said, number: null }));
    const after = await everything(db);
    for (const secret of [...secrets, '+12015550100', '020 7946']) expect(after).not.toContain(secret);
    const late = await calls.find([own, firm, byNumber, redirected, national].map(({ callId }) => callId));
    expect(late).toHaveLength(5);
    for (const call of late) expect(call).toMatchObject({ number: null, note: '', outcome: 'accepted' });
    expect(late.find(({ callId }) => callId === firm.callId)).toMatchObject({ recordId: other });

    // Whoever calls anew is a new caller; a number is its new owner's; a shared one says nothing.
    const dayLaterMs = clock.nowMs + 25 * 3_600_000;
    const anew = report({ id: 'anew', number: '+442079469876', note: 'New', startedAtMs: dayLaterMs });
    const shared = report({ id: 'shared', number: '+442079460200', note: 'Kept' });
    for (const call of [anew, shared]) await records.reportCall(annActs, call);
    await records.create(annActs, null, content({ numbers: [number('+442079469876')] }));
    const owners = report({ id: 'owners', number: '+442079469876', note: 'Theirs' });
    await records.reportCall(annActs, owners);
    const notes = (await calls.find([anew, shared, owners].map(({ callId }) => callId))).map(
      ({ note }) => note,
    );
    expect(notes.sort()).toEqual(['Kept', 'New', 'Theirs']);
  });

  it('by the hub’s own clock a call began before the erasure or after it, whatever the desktop’s says', async () => {
    const db = await open();
    const { records, calls, clock, erased } = await erasing(db);
    await records.erase(annActs, erased);
    for (const [name, at_ms] of [
      ['before', clock.nowMs - 1],
      ['after', clock.nowMs + 1],
    ] as const) {
      const sip_call_id = sipCallId.parse(`sip-${name}`);
      const routed = { sip_call_id, at_ms, destination: 'project', caller_number: '+442079469876' };
      await db.insertInto('routed_call').values(routed).execute();
      const said = {
        number: '+442079469876',
        startedAtMs: at_ms + 40 * 24 * 3_600_000 * (name === 'before' ? 1 : -1),
      };
      await records.reportCall(annActs, report({ id: name, sipCallId: sip_call_id, ...said }));
    }
    const ids = ['before', 'after'].map((name) => report({ id: name }).callId);
    const found = new Map((await calls.find(ids)).map((call) => [call.callId as string, call.number]));
    expect(Object.fromEntries(found)).toEqual({ before: null, after: '+442079469876' });
    const rows = await db
      .selectFrom('routed_call')
      .selectAll()
      .where('destination', '=', 'project')
      .execute();
    const numbers = new Map(rows.map((row) => [row.sip_call_id as string, row.caller_number]));
    expect([numbers.get('sip-before'), numbers.get('sip-after')]).toEqual([null, '+442079469876']);
  });

  it('a call reported while its person is being erased names nobody afterwards, whichever comes first', async () => {
    const db = await open();
    const { records, calls, erased } = await erasing(db);
    const reports = Array.from({ length: 6 }, (_, at) =>
      report({
        id: `beside-${at}`,
        note: 'quizzical',
        ...(at % 2 ? { recordId: erased } : {}),
        number: '+442079469876',
      }),
    );
    await Promise.all([
      ...reports.slice(0, 3).map((call) => records.reportCall(annActs, call)),
      records.erase(annActs, erased),
      ...reports.slice(3).map((call) => records.reportCall(annActs, call)),
    ]);
    const after = await calls.find(reports.map(({ callId }) => callId));
    expect(after.map(({ number: told, note }) => [told, note])).toEqual(reports.map(() => [null, '']));
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
