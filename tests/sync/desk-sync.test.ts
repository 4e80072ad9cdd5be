// Two desktops and a hub, with what goes wrong between them: nothing is lost, nothing counts twice, nobody's word vanishes.
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { CallId } from '#shared/domain/ids.ts';
import { annActs, content, dental, id, report, support } from '../hub/records/records-at-work.ts';
import { copyOf, newFolder, startDesk, startSyncHub } from './desks.ts';

it('what was written without the hub goes to it in order and once, whatever becomes of the answers', async () => {
  const hub = await startSyncHub();
  const desk = await startDesk(hub);
  const made = desk.create('r1', { city: 'Leeds' });
  desk.change(made, { city: 'Leeds' }, { city: 'York' });
  for (let n = 1; n <= 30; n += 1) desk.note(`n${String(n).padStart(2, '0')}`, made);
  expect(desk.service.view()).toMatchObject({ waiting: 32, why: 'signedOut', sameSinceMs: null });
  desk.wire.faults = ['away', 'refused', 'answerLost', 'answerLost', 'away'];
  desk.connect();
  await desk.settled();
  expect(desk.service.view()).toMatchObject({ waiting: 0, why: 'nothing', sameSinceMs: expect.any(Number) });
  const told = desk.wire.pushed.flat();
  expect(told.length).toBeGreaterThan(32);
  expect([...new Set(told)]).toEqual(
    [...told].slice(-32).toSorted((a, b) => told.indexOf(a) - told.indexOf(b)),
  );
  const page = await hub.pulls.pull('ann' as never, null, null, 100);
  expect(page.state === 'changes' && page.changes.map(({ entity }) => entity)).toEqual([
    'record',
    ...Array.from({ length: 30 }, () => 'note'),
  ]);
  expect(await hub.records.get(made)).toMatchObject({ city: 'York', version: 2 });
  expect(desk.records.stateOf(made)).toBe('sent');
  expect(desk.records.base(made)).toEqual(await hub.records.get(made));
});

it('a desktop that dies while it syncs goes on where it was', async () => {
  const hub = await startSyncHub();
  const first = await startDesk(hub);
  for (const name of ['r1', 'r2', 'r3']) await hub.records.create(annActs, id(name), content());
  const made = first.create('mine');
  first.wire.faults = ['answerLost'];
  first.connect();
  await first.service.idle();
  // As the disk is after the hub has applied it, and nobody has heard so.
  const second = await startDesk(hub, { file: copyOf(first.file) });
  await first.stop();
  expect(second.records.stateOf(made)).toBe('here');
  second.connect();
  await second.settled();
  expect(second.records.stateOf(made)).toBe('sent');
  expect((await hub.records.get(made)).version).toBe(1);
  expect(['r1', 'r2', 'r3'].map((name) => second.records.stateOf(id(name)))).toEqual([
    'sent',
    'sent',
    'sent',
  ]);
  // From its cursor, not from the beginning.
  const requests = second.wire.requests;
  await hub.records.create(annActs, id('r4'), content());
  second.service.changedAtHub([null]);
  await second.settled();
  expect(second.wire.requests - requests).toBe(1);
});

it('of two who changed the same field apart, both versions are kept until a person has decided', async () => {
  const hub = await startSyncHub();
  const ann = await startDesk(hub);
  const bob = await startDesk(hub, { deviceId: 'desk-2' });
  const made = ann.create('r1', { city: 'Leeds', tags: ['new'], fields: { seats: 1, plan: 'a' } });
  for (const desk of [ann, bob]) {
    desk.connect();
    await desk.settled();
    desk.disconnect();
  }
  ann.change(
    made,
    { city: 'Leeds', fields: { seats: 1, plan: 'a' } },
    { city: 'York', fields: { seats: 2, plan: 'b' } },
  );
  bob.change(
    made,
    { city: 'Leeds', tags: ['new'], fields: { seats: 1 } },
    { city: 'Hull', tags: ['new', 'vip'], fields: { seats: 3 } },
  );
  expect(bob.records.shown(made)?.city).toBe('Hull');
  ann.connect();
  await ann.settled();
  bob.connect();
  await bob.settled();
  expect(bob.states()).toEqual(['record.change conflict ']);
  expect(bob.records.stateOf(made)).toBe('conflict');
  expect(bob.records.shown(made)).toMatchObject({ city: 'York', tags: ['new'] });
  const [conflict] = bob.people.conflicts();
  expect(conflict).toMatchObject({
    clashes: ['city', 'fields.seats'],
    mine: { city: 'Hull', fields: { seats: 3 } },
    theirs: { city: 'York', fields: { seats: 2, plan: 'b' } },
  });
  if (!conflict) throw new Error('There is no conflict.');
  bob.people.resolve(conflict.mutationId, { city: 'mine', 'fields.seats': 'theirs' });
  await bob.settled();
  const decided = { city: 'Hull', tags: ['new', 'vip'], fields: { seats: 2, plan: 'b' } };
  expect(await hub.records.get(made)).toMatchObject(decided);
  ann.service.changedAtHub([null]);
  await ann.settled();
  expect(ann.records.shown(made)).toMatchObject(decided);
  expect(() => bob.people.resolve(conflict.mutationId, {})).toThrow('resolved already');
});

it('lays what is unsent over what it pulls, and keeps what was refused until it is put away', async () => {
  const hub = await startSyncHub();
  const desk = await startDesk(hub);
  await hub.records.create(annActs, id('r1'), content({ city: 'Leeds' }));
  desk.connect();
  await desk.settled();
  desk.disconnect();
  desk.change(id('r1'), { description: '' }, { description: 'Mine' });
  desk.note('n1', id('r1'));
  await hub.records.change(annActs, id('r1'), { before: { city: 'Leeds' }, changes: { city: 'York' } });
  desk.wire.faults = ['refused'];
  desk.connect();
  await desk.service.idle();
  expect(desk.service.view()).toMatchObject({ waiting: 2, why: 'hubRefuses' });
  await desk.settled();
  expect(desk.records.shown(id('r1'))).toMatchObject({ city: 'York', description: 'Mine' });
  desk.disconnect();
  desk.create('r2', { projectId: 'no-such-project' as typeof support });
  desk.note('n2', id('nobody'));
  desk.connect();
  await desk.settled();
  expect(desk.states()).toEqual(['record.create refused notAllowed', 'note.add refused noSuchRecord']);
  expect(desk.noteIds(id('nobody'))).toEqual(['n2 refused']);
  expect(desk.records.stateOf(id('r2'))).toBe('refused');
  for (const item of desk.people.items()) desk.people.putAway(item.mutationId);
  expect(desk.people.items()).toEqual([]);
  expect([desk.records.shown(id('r2')), ...desk.noteIds(id('nobody'))]).toEqual([null]);
});

it('a change at which the hub fails each time is set aside, what follows goes on, and it is sent when the hub can', async () => {
  const hub = await startSyncHub();
  const desk = await startDesk(hub);
  const failsAt = (table: string, when: string) =>
    sql`create trigger fails before insert on ${sql.table(table)} when ${sql.raw(when)}
      begin select raise(abort, 'the hub fails at this'); end`.execute(hub.db);
  const mend = () => sql`drop trigger fails`.execute(hub.db);
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      desk.clock.pass(1_000);
      await desk.service.idle();
    }
  };
  const kept = async () =>
    (await hub.db.selectFrom('note').select('text').execute()).map(({ text }) => text).sort();
  await failsAt('note', "new.text = 'text 7'");
  desk.create('r1');
  for (let n = 1; n <= 30; n += 1) desk.note(`n${n}`, id('r1'), `text ${n}`);
  desk.connect();
  await desk.settled();
  expect(desk.states()).toEqual(['note.add refused hubFails']);
  expect(desk.warned).toContainEqual(expect.stringContaining('sync: the hub fails at a change each time'));
  expect(await kept()).toHaveLength(29);
  await mend();
  desk.disconnect();
  desk.connect();
  await desk.settled();
  expect(desk.states()).toEqual([]);
  expect(new Set(desk.noteIds(id('r1')))).toEqual(
    new Set(Array.from({ length: 30 }, (_, n) => `n${n + 1} sent`)),
  );
  expect(await kept()).toEqual(Array.from({ length: 30 }, (_, n) => `text ${n + 1}`).sort());

  // What is about a record that the hub could not make waits for it, and is not refused for good.
  await failsAt('record', "new.city = 'Ely'");
  desk.create('r2', { city: 'Ely' });
  desk.note('about r2', id('r2'), 'Of Ely');
  desk.note('about r1', id('r1'), 'Of Leeds');
  await pass(120);
  expect(desk.states()).toEqual(['record.create refused hubFails', 'note.add waiting ']);
  expect(desk.service.view()).toMatchObject({ waiting: 1, refused: 1, why: 'hubRefuses' });
  await mend();
  desk.service.now();
  await desk.settled();
  expect(desk.states()).toEqual([]);
  expect(await kept()).toHaveLength(32);

  // A hub that fails at everything is waited for: only the first is set aside.
  await failsAt('applied_mutation', 'true');
  for (let n = 31; n <= 40; n += 1) desk.note(`n${n}`, id('r1'), `text ${n}`);
  await pass(300);
  expect(desk.service.view()).toMatchObject({ waiting: 9, refused: 1, why: 'hubRefuses' });
  await mend();
  desk.service.now();
  await desk.settled();
  expect(desk.states()).toEqual([]);
  expect(await kept()).toHaveLength(42);
});

it('sends what can be undone only when its undo is over, and takes it back with its rows', async () => {
  const desk = await startDesk(await startSyncHub());
  const undoUntilMs = desk.clock.nowMs() + 10_000;
  const save = (name: string) => {
    const call = `call of ${name}` as CallId;
    desk.records.transaction(() => {
      desk.outbox.add(
        { kind: 'record.create', recordId: id(name), content: content() },
        { undoUntilMs, callId: call },
      );
      desk.outbox.overlay.relay(id(name));
    });
    return call;
  };
  desk.connect();
  await desk.service.idle();
  const undone = save('r1');
  save('r2');
  await desk.service.idle();
  expect(desk.service.view()).toMatchObject({ waiting: 2, why: 'undoOpen' });
  expect(desk.records.stateOf(id('r1'))).toBe('here');
  expect(desk.outbox.takeBack(undone)).toEqual([id('r1')]);
  expect(desk.records.shown(id('r1'))).toBe(null);
  desk.clock.pass(9_999);
  await desk.service.idle();
  expect(desk.wire.pushed).toEqual([]);
  await desk.settled();
  expect(desk.records.stateOf(id('r2'))).toBe('sent');
});

it('takes nothing back that was sent since, where the clock is put back and says that the undo is still open', async () => {
  const hub = await startSyncHub();
  const desk = await startDesk(hub);
  desk.connect();
  await desk.settled();
  const call = report({ id: 'c1', note: 'Saved', projectId: null });
  const undoUntilMs = desk.clock.nowMs() + 3_610_000;
  // As of a save before the clock was put back by an hour: it is not waited for so long.
  desk.outbox.add({ kind: 'call.report', call }, { undoUntilMs, callId: call.callId });
  desk.wire.faults = ['answerLost'];
  const sent = async () => {
    await desk.settled();
    return desk.wire.pushed.length;
  };
  expect(await sent()).toBeGreaterThan(1);
  expect(() => desk.outbox.takeBack(call.callId)).toThrow('can no longer be undone');
  expect(await hub.calls.find([call.callId])).toMatchObject([{ note: 'Saved' }]);
});

it('takes out what is closed, moved away or no longer allowed, but not what is unsent', async () => {
  const hub = await startSyncHub();
  const desk = await startDesk(hub);
  const make = (name: string, projectId: typeof support) =>
    hub.records.create(annActs, id(name), content({ projectId }));
  await make('s1', support);
  await make('s2', support);
  await make('d1', dental);
  await hub.records.addNote(annActs, {
    id: 'n1' as never,
    recordId: id('s1'),
    callId: null,
    text: 'Hello',
    writtenAtMs: 1,
  });
  desk.connect([null, support, dental]);
  await desk.settled();
  const there = () => ['s1', 's2', 'd1'].filter((name) => desk.records.shown(id(name)));
  expect(there()).toEqual(['s1', 's2', 'd1']);
  await hub.records.change(annActs, id('s1'), {
    before: { projectId: support },
    changes: { projectId: dental },
  });
  desk.service.changedAtHub([dental, support]);
  await desk.settled();
  expect([there(), desk.noteIds(id('s1'))]).toEqual([['s1', 's2', 'd1'], ['n1 sent']]);
  await hub.records.change(annActs, id('d1'), {
    before: { projectId: dental },
    changes: { projectId: support },
  });
  desk.disconnect();
  desk.change(id('s2'), { city: '' }, { city: 'York' });
  await hub.db.deleteFrom('project_member').where('project_id', '=', support).execute();
  desk.wire.faults = [];
  desk.connect([null, support, dental]);
  desk.clock.pass(60_000);
  await desk.settled();
  // The record goes with its project; what was refused is still told.
  expect(there()).toEqual(['s1']);
  expect(desk.states()).toEqual(['record.change refused noSuchRecord']);
  for (const item of desk.people.items()) desk.people.putAway(item.mutationId);
  expect(there()).toEqual(['s1']);
  desk.connect([null]);
  await desk.service.idle();
  // Closed by mistake, perhaps.
  expect(there()).toEqual(['s1']);
  for (let n = 0; n < 12; n += 1) await desk.settled();
  expect([there(), desk.noteIds(id('s1'))]).toEqual([[], []]);
});

it('tells a hub that was restored from a backup what it lost, and drops nothing', async () => {
  const hub = await startSyncHub();
  const desk = await startDesk(hub);
  desk.connect();
  desk.create('before');
  await desk.settled();
  const backup = copyOf(hub.file);
  desk.create('after');
  desk.note('n1', id('after'));
  await desk.settled();
  const restored = await startSyncHub(backup, 'era-2');
  await restored.records.create(annActs, id('since'), content());
  await restored.records.create(annActs, id('since-2'), content());
  desk.disconnect();
  desk.wire.hub = restored;
  desk.connect();
  await desk.settled();
  expect(desk.warned).toEqual([expect.stringContaining('restored from a backup')]);
  expect(await restored.records.get(id('after'))).toMatchObject({ version: 1 });
  expect((await restored.notes.ofRecord(id('after'))).map((note) => note.id)).toEqual(['n1']);
  expect(['before', 'after', 'since'].map((name) => desk.records.stateOf(id(name)))).toEqual([
    'sent',
    'sent',
    'sent',
  ]);
  expect(desk.service.view().waiting).toBe(0);
});

it('waits where the disk is full, and goes on when there is room again', async () => {
  const hub = await startSyncHub();
  const long = 'x'.repeat(50_000);
  for (let n = 0; n < 8; n += 1)
    await hub.records.create(annActs, id(`r${n}`), content({ description: long }));
  const desk = await startDesk(hub);
  const made = desk.create('mine');
  const limit = (pages: number) => desk.database.sqlite.pragma(`max_page_count = ${pages}`);
  limit(Number(desk.database.sqlite.pragma('page_count', { simple: true })) + 40);
  const whys = new Set<string>();
  desk.service.onChanged(({ why }) => whys.add(why));
  desk.connect();
  await desk.service.idle();
  // Said though nothing waits to be sent, and said of the disk: the hub refused nothing.
  expect(desk.service.view()).toMatchObject({ waiting: 0, why: 'diskFull' });
  expect([...whys]).not.toContain('hubRefuses');
  expect(desk.warned).toContainEqual(expect.stringContaining('a step failed'));
  expect(() => desk.note('n1', made, long.repeat(20))).toThrow(/full/);
  expect(desk.noteIds(made)).toEqual([]);
  expect(desk.records.sentInScope(null, 20).length).toBeLessThan(9);
  limit(1_000_000);
  await desk.settled();
  expect(desk.records.sentInScope(null, 20)).toHaveLength(9);
  expect(desk.service.view()).toMatchObject({ waiting: 0, why: 'nothing' });
  expect((await hub.records.get(made)).version).toBe(1);
});

it('pulls beside main, in a thread of its own', async () => {
  const hub = await startSyncHub();
  for (let n = 0; n < 405; n += 1) await hub.records.create(annActs, id(`r${n}`), content());
  const desk = await startDesk(hub, { file: `${newFolder()}/offhook.sqlite`, threaded: true });
  desk.connect();
  await desk.settled();
  expect(desk.records.sentInScope(null, 1_000)).toHaveLength(405);
  expect(desk.service.view()).toMatchObject({ pulling: null, sameSinceMs: expect.any(Number) });
});
