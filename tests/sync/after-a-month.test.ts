// A desktop that had no hub for a month, and one whose database had to be built anew: both come to what the hub has, and
// the hub to what they had, once.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { RecordId } from '#shared/domain/ids.ts';
import { openOrRescue } from '../../src-main/database/open.ts';
import { showUnsent } from '../../src-main/sync/sync.ts';
import {
  ann,
  annActs,
  content,
  dental,
  id,
  number,
  report,
  support,
} from '../hub/records/records-at-work.ts';
import { testClock } from '../support/test-clock.ts';
import { type Desk, type SyncHubAtWork, startDesk, startSyncHub } from './desks.ts';

const dayMs = 24 * 3_600_000;
const secret = 'Xylophonius';
const numbers = [number('+442079460123')];

/** Every record that the hub has in these scopes, as it is here. */
async function expectSame(desk: Desk, hub: SyncHubAtWork, ids: readonly RecordId[]): Promise<void> {
  for (const each of ids) {
    expect(desk.records.base(each)).toEqual(await hub.records.get(each));
    expect([each, desk.records.stateOf(each)]).toEqual([each, 'sent']);
    const notes = (await hub.notes.ofRecord(each)).map((note) => `${note.id} sent`).sort();
    expect(desk.noteIds(each)).toEqual(notes);
  }
}

/** The hub has it, the desktop does not know, and there is no hub any more. */
async function createUnanswered(desk: Desk): Promise<RecordId> {
  desk.wire.faults = ['answerLost'];
  const made = desk.create('made', { projectId: support });
  // It is told of in the next turn.
  await Promise.resolve();
  await desk.service.idle();
  desk.disconnect();
  return made;
}

it('a desktop that was offline for a month catches up: all is there once, who was erased and what was lost is gone', async () => {
  const hub = await startSyncHub();
  const desk = await startDesk(hub, { clock: testClock(hub.clock.nowMs) });
  const atHub = (name: string, part = {}) => hub.records.create(annActs, id(name), content(part));
  await atHub('changed', { projectId: support, city: 'Leeds' });
  await atHub('moved', { projectId: support });
  await atHub('lost', { projectId: dental });
  await atHub('erased', { projectId: support, lastName: secret, numbers });
  desk.connect([null, support, dental]);
  await desk.settled();
  expect(desk.records.stateOf(id('lost'))).toBe('sent');
  const made = await createUnanswered(desk);
  expect((await hub.records.get(made)).version).toBe(1);
  expect(desk.service.view().waiting).toBe(1);

  const theirs: RecordId[] = [];
  for (let day = 1; day <= 31; day += 1) {
    desk.clock.pass(dayMs);
    hub.clock.nowMs += dayMs;
    desk.note(`n${day}`, made, `Day ${day}`);
    const name = `day-${day}`;
    await atHub(name, { projectId: support });
    theirs.push(id(name));
    const noted = {
      id: `hub-${day}` as never,
      recordId: id('changed'),
      callId: null,
      text: name,
      writtenAtMs: day,
    };
    await hub.records.addNote(annActs, noted);
    if (day === 3) {
      const nowMs = desk.clock.nowMs();
      const times = { startedAtMs: nowMs - 60_000, answeredAtMs: nowMs - 50_000, endedAtMs: nowMs };
      desk.outbox.add({ kind: 'call.report', call: report({ id: 'c3', note: `${secret} rang`, ...times }) });
      desk.note('about', id('erased'), `${secret} called`);
    }
    if (day === 5) await hub.records.erase(annActs, id('erased'));
    if (day === 6) desk.change(id('changed'), { description: '' }, { description: 'Mine' });
    if (day === 9) await change(hub, 'changed', { city: 'Leeds' }, { city: 'York' });
    if (day === 12) await change(hub, 'moved', { projectId: support }, { projectId: dental });
    if (day === 30) await hub.db.deleteFrom('project_member').where('project_id', '=', dental).execute();
  }
  // As the session says once it is at the hub again: the other project is not this user's any more.
  desk.connect([null, support]);
  await desk.settled();
  desk.clock.pass(11_000);
  await desk.settled();

  await expectSame(desk, hub, [made, id('changed'), ...theirs]);
  expect(await hub.records.get(made)).toMatchObject({ version: 1 });
  expect(await hub.notes.ofRecord(made)).toHaveLength(31);
  expect(await hub.records.get(id('changed'))).toMatchObject({ city: 'York', description: 'Mine' });
  // The change about the erased person was dropped, and says so; the call counts, and names nobody.
  expect(desk.states()).toEqual(['note.add refused erased']);
  expect(await hub.calls.find(['c3' as never])).toMatchObject([
    { number: null, note: '', outcome: 'accepted' },
  ]);
  for (const gone of ['erased', 'moved', 'lost']) expect(desk.records.shown(id(gone))).toBeNull();
  const bytes = ['', '-wal'].map((part) => readFileSync(`${desk.file}${part}`).toString('latin1')).join('');
  expect(bytes).not.toContain(secret);
  expect(desk.service.view()).toMatchObject({ waiting: 0, why: 'nothing' });

  // It stays so, with what it knows: only what is new comes.
  desk.disconnect();
  desk.connect();
  const requests = desk.wire.requests;
  await desk.settled();
  expect(desk.wire.requests - requests).toBe(3);
});

async function change(hub: SyncHubAtWork, name: string, before: object, changes: object): Promise<void> {
  await hub.records.change(annActs, id(name), { before, changes });
}

it('a damaged database is built anew from the hub, and what was not sent reaches the hub once', async () => {
  const hub = await startSyncHub();
  const first = await startDesk(hub);
  const all = Array.from({ length: 450 }, (_, index) => id(`r${index}`));
  for (const each of all)
    await hub.records.create(annActs, each, content({ lastName: `Marlow of ${each}`, projectId: support }));
  first.connect([null, support]);
  await first.settled();
  first.note('sent', id('r1'));
  await first.settled();
  // Of the last that it sent it never heard.
  const made = await createUnanswered(first);
  expect((await hub.records.get(made)).version).toBe(1);
  first.note('unsent', made);
  first.change(id('r2'), { city: '' }, { city: 'York' });
  await first.stop();
  const bytes = readFileSync(first.file);
  const start = Math.floor(bytes.indexOf('"lastName":"Marlow of r300"') / 4096) * 4096;
  expect(start).toBeGreaterThan(0);
  bytes.fill(0xff, start, start + 4096);
  writeFileSync(first.file, bytes);

  const damaged = await startDesk(hub, { file: first.file });
  expect(() => damaged.records.shown(id('r300'))).toThrow('malformed');
  await damaged.stop();
  const { database, rescued } = await openOrRescue(first.file, 0);
  database.close();
  expect(rescued).toMatchObject({ asideFile: expect.stringContaining('damaged') });
  const anew = await startDesk(hub, { file: first.file });
  showUnsent(anew.outbox, anew);
  // What was written here is there before the hub is, as far as it can be without what it changes.
  expect(anew.records.stateOf(made)).toBe('here');
  expect(anew.noteIds(made)).toEqual(['unsent here']);
  expect(anew.records.shown(id('r1'))).toBeNull();
  expect(anew.service.view()).toMatchObject({ waiting: 3, sameSinceMs: null });

  anew.connect([null, support]);
  await anew.settled();
  await expectSame(anew, hub, [made, ...all]);
  expect(await hub.records.get(made)).toMatchObject({ version: 1 });
  expect(await hub.records.get(id('r2'))).toMatchObject({ version: 2, city: 'York' });
  expect((await hub.notes.ofRecord(made)).map((note) => [note.id, note.authorId])).toEqual([['unsent', ann]]);
  expect(anew.states()).toEqual([]);
}, 60_000);
