// The hub's side of syncing, on both databases: mutations count once, pulls miss nothing, a restored backup is noticed.
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { mutationId, noteId } from '#shared/domain/ids.ts';
import type { Mutation, Outgoing, SyncScope } from '#shared/hub/sync-contract.ts';
import type { HubDatabase } from '../../src-hub/database/open-database.ts';
import { EraStore } from '../../src-hub/sync/era-store.ts';
import { PullService } from '../../src-hub/sync/pull-service.ts';
import { PullStore } from '../../src-hub/sync/pull-store.ts';
import { stampChange } from '../../src-hub/sync/sync-stamp-store.ts';
import {
  ann,
  annActs,
  content,
  dental,
  id,
  recordsAtWork,
  report,
  support,
} from '../hub/records/records-at-work.ts';
import { onBothDatabases } from '../hub/users/on-both-databases.ts';
import { eventually } from '../support/eventually.ts';
import { pushesAt } from '../support/pushes-at.ts';

const annSignedIn = {
  userId: ann,
  username: 'ann',
  displayName: 'Ann Archer',
  accountType: 'clerk',
  extension: '301',
} as const;

async function hubAtWork(db: HubDatabase) {
  const at = await recordsAtWork(db);
  const eras = new EraStore(db);
  await eras.begin('era-1');
  const store = new PullStore(db);
  const pulls = new PullService(store, eras, () => false);
  const pushes = pushesAt(db, at.records, pulls);
  let sequence = 0;
  const outgoing = (mutation: Mutation, name = `m${sequence + 1}`): Outgoing => {
    sequence += 1;
    return { mutationId: mutationId.parse(name), sequence, madeAtMs: 1, mutation };
  };
  const pull = async (scope: SyncScope, cursor: string | null = null, limit = 100) => {
    const reply = await pulls.pull(ann, scope, cursor, limit);
    if (reply.state === 'restored') return { ...reply, told: [], cursor: '', left: 0 };
    const told = reply.changes.map((change) => {
      switch (change.entity) {
        case 'record':
          return `record ${change.record.id} v${change.record.version}`;
        case 'note':
          return `note ${change.note.id}`;
        case 'call':
          return `call ${change.call.callId}`;
        default:
          return `${change.of} ${change.id} ${change.erased ? 'erased' : 'gone'}`;
      }
    });
    return { state: reply.state, told, cursor: reply.cursor, left: reply.left };
  };
  const push = (...mutations: Outgoing[]) => pushes.push(annSignedIn, 'desk-1', mutations);
  return { ...at, eras, store, pushes, push, pull, outgoing };
}

const create = (name: string, part = {}): Mutation => ({
  kind: 'record.create',
  recordId: id(name),
  content: content(part),
});
const note = (name: string, recordId: string): Mutation => ({
  kind: 'note.add',
  note: { id: noteId.parse(name), recordId: id(recordId), callId: null, text: 'Hello', writtenAtMs: 5.5 },
});

await onBothDatabases((open, database) => {
  it('applies each mutation once and in its order, and says the same again', async () => {
    const { push, pushes, outgoing, pull, records } = await hubAtWork(await open());
    const made = [outgoing(create('r1')), outgoing(note('n1', 'r1')), outgoing(note('n2', 'nobody'))];
    const first = await push(...made.toReversed());
    expect(first.map(({ mutationId: name, outcome }) => `${name} ${outcome}`)).toEqual([
      'm1 applied',
      'm2 applied',
      'm3 refused',
    ]);
    expect(await push(...made)).toEqual(first);
    // Two connections of one desktop, the older of which nobody listens to any more.
    const more = [outgoing(note('n3', 'r1')), outgoing(note('n4', 'r1'))];
    const [one, other] = await Promise.all([push(...more), push(...more)]);
    expect(one).toEqual(other);
    expect((await pull(null)).told).toEqual(['record r1 v1', 'note n1', 'note n3', 'note n4']);
    expect((await records.get(id('r1'))).version).toBe(1);
    const stranger = { ...annSignedIn, userId: 'bob' as typeof ann };
    expect(await pushes.push(stranger, 'desk-2', made.slice(0, 1))).toMatchObject([
      { outcome: 'refused', reason: 'notAllowed' },
    ]);
  });

  it('applies many notes in a row as one by one: once each, in their order, those that cannot be kept refused alone', async () => {
    const { db, push, outgoing, pull, records, notes } = await hubAtWork(await open());
    await records.create(annActs, id('r1'), content());
    await records.create(annActs, id('theirs'), content({ projectId: dental }));
    await db.deleteFrom('project_member').where('project_id', '=', dental).execute();
    const before = outgoing(note('n1', 'r1'));
    await push(before);
    const some = [before, ...['n2', 'n3', 'n4', 'n5', 'n6'].map((name) => outgoing(note(name, 'r1')))];
    const refused = [outgoing(note('n7', 'nobody')), outgoing(note('n8', 'theirs'))];
    const twice = outgoing(note('n9', 'r1'));
    const all = [...some, ...refused, twice, twice, outgoing(note('n2', 'r1'))];
    const told = (await push(...all)).map((each) => ('reason' in each ? each.reason : each.outcome));
    const applied = some.map(() => 'applied');
    expect(told).toEqual([...applied, 'noSuchRecord', 'noSuchRecord', 'applied', 'applied', 'applied']);
    expect(await push(...all)).toMatchObject(
      told.map((each) => (each === 'applied' ? { outcome: each } : { reason: each })),
    );
    const pulled = (await pull(null)).told;
    expect(pulled.slice(1)).toEqual([
      'note n1',
      'note n2',
      'note n3',
      'note n4',
      'note n5',
      'note n6',
      'note n9',
    ]);
    // One of a time that no column holds.
    const late = note('n10', 'r1');
    if (late.kind === 'note.add') late.note.writtenAtMs = 1e300;
    const mixed = [outgoing(late), ...Array.from({ length: 9 }, (_, at) => outgoing(note(`m${at}`, 'r1')))];
    expect(await push(...mixed)).toMatchObject([
      { reason: 'malformed' },
      ...Array.from({ length: 9 }, () => ({ outcome: 'applied' })),
    ]);
    expect(await notes.ofRecord(id('r1'))).toHaveLength(16);
  });

  it('tells a conflict with the record as it is now, and refuses what is not the user’s or cannot be kept', async () => {
    const { db, push, outgoing, records } = await hubAtWork(await open());
    await records.create(annActs, id('r1'), content({ city: 'Leeds', projectId: support }));
    const clash = outgoing({
      kind: 'record.change',
      recordId: id('r1'),
      before: { city: 'York' },
      changes: { city: 'Hull' },
    });
    expect(await push(clash)).toMatchObject([
      { outcome: 'conflict', clashes: ['city'], theirs: { city: 'Leeds' } },
    ]);
    await records.change(annActs, id('r1'), { before: { city: 'Leeds' }, changes: { city: 'Bath' } });
    expect(await push(clash)).toMatchObject([{ outcome: 'conflict', theirs: { city: 'Bath' } }]);
    await records.erase(annActs, id('r1'));
    expect(await push(clash)).toMatchObject([{ outcome: 'refused', reason: 'noSuchRecord' }]);
    const told = await db.selectFrom('applied_mutation').select('outcome').execute();
    expect(JSON.stringify(told)).not.toMatch(/Leeds|Bath|Hull/);
    await db.deleteFrom('project_member').where('project_id', '=', dental).execute();
    const calls = [
      outgoing({ kind: 'call.report', call: report({ id: 'c1', projectId: dental }) }),
      outgoing({ kind: 'call.report', call: report({ id: 'c2', startedAtMs: 1e300 }) }),
      outgoing({ kind: 'call.report', call: report({ id: 'c3' }) }),
    ];
    expect((await push(...calls)).map((each) => ('reason' in each ? each.reason : each.outcome))).toEqual([
      'notAllowed',
      'malformed',
      'applied',
    ]);
  });

  it('hands out each entity once from any cursor, and says what has moved out or was erased', async () => {
    const { push, outgoing, pull, records } = await hubAtWork(await open());
    for (const name of ['r1', 'r2', 'r3'])
      await records.create(annActs, id(name), content({ projectId: support }));
    await push(outgoing(note('n1', 'r2')));
    await records.change(annActs, id('r1'), { before: { city: '' }, changes: { city: 'Leeds' } });
    const first = await pull(support, null, 2);
    expect(first).toMatchObject({ told: ['record r2 v1', 'record r3 v1'], left: 2 });
    const second = await pull(support, first.cursor, 2);
    expect(second).toMatchObject({ told: ['note n1', 'record r1 v2'], left: 0 });
    await records.change(annActs, id('r2'), {
      before: { projectId: support },
      changes: { projectId: dental },
    });
    await records.erase(annActs, id('r3'));
    expect((await pull(support, second.cursor)).told).toEqual([
      'record r2 gone',
      'note n1 gone',
      'record r3 erased',
    ]);
    expect((await pull(dental)).told).toEqual(['record r2 v2', 'note n1']);
    await records.erase(annActs, id('r2'));
    // Whoever had it in the scope of before and was away must lose its bytes, too.
    expect((await pull(support, second.cursor)).told).toContain('record r2 erased');
  });

  it('notices that it was restored from a backup, from what it once told', async () => {
    const { db, eras, pull, records } = await hubAtWork(await open());
    await records.create(annActs, id('r1'), content());
    const { cursor: atBackup } = await pull(null);
    await records.create(annActs, id('r2'), content());
    await eras.begin('era-2');
    const { cursor: later } = await pull(null, atBackup);
    expect([atBackup, later]).toEqual(['era-1:1', 'era-2:2']);
    // The backup of before r2, and a hub that starts on it and goes on.
    await sql`delete from sync_era where place = 2`.execute(db);
    await db.updateTable('sync_head').set({ seq: 1 }).execute();
    await db.deleteFrom('sync_entry').where('entity_id', '=', 'r2').execute();
    await db.deleteFrom('record').where('id', '=', id('r2')).execute();
    await eras.begin('era-3');
    await records.create(annActs, id('r3'), content());
    await records.create(annActs, id('r4'), content());
    expect(await pull(null, later)).toMatchObject({ state: 'restored', knownUntil: '' });
    expect(await pull(null, 'era-1:2')).toMatchObject({ state: 'restored', knownUntil: 'era-1:1' });
    expect(await pull(null, atBackup)).toMatchObject({
      told: ['record r3 v1', 'record r4 v1'],
      cursor: 'era-3:3',
    });
  });

  it('passes no change that is committed later than one numbered after it', async () => {
    const { db, pull, records } = await hubAtWork(await open());
    let commit = () => {};
    const held = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let stamped = false;
    const slow = db.transaction().execute(async (within) => {
      await records.create(annActs, id('slow'), content(), { within });
      stamped = true;
      await held;
    });
    await eventually('the first is numbered', () => stamped);
    const quick = records.create(annActs, id('quick'), content());
    const seen = pull(null);
    // SQLite has one connection, and reads after the transaction; PostgreSQL reads what is committed: nothing.
    if (database === 'PostgreSQL') expect(await seen).toMatchObject({ told: [], cursor: 'era-1:0' });
    commit();
    await Promise.all([slow, quick, seen]);
    expect((await pull(null)).told).toEqual(['record slow v1', 'record quick v1']);
    await expect(
      db.transaction().execute(async (trx) => {
        await stampChange(trx, { entity: 'record', id: 'never', scope: null });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect((await pull(null, 'era-1:2')).told).toEqual([]);
  });
});
