// An erased person on a desktop: nothing of them stays in its files, whatever it keeps, whoever reads at the moment.
import { readFileSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { annActs, content, id, number, report, support } from '../hub/records/records-at-work.ts';
import { startDesk, startSyncHub } from './desks.ts';

it('leaves no byte of an erased person in the files, and says what was dropped', async () => {
  const hub = await startSyncHub();
  const desk = await startDesk(hub);
  const secret = 'Xylophonius';
  const person = content({
    lastName: secret,
    numbers: [number('+442079460123')],
    description: `${secret} was here`,
  });
  await hub.records.create(annActs, id('r1'), person);
  await hub.records.create(annActs, id('r2'), content());
  desk.connect();
  await desk.settled();
  desk.note('n1', id('r1'), `${secret} called`);
  await desk.settled();
  desk.disconnect();
  const remote = JSON.stringify({ number: '+442079460123', display: '', name: secret, recordId: 'r1' });
  desk.database.sqlite
    .prepare(
      `INSERT INTO calls (place, call_id, user_id, direction, remote, disposition_required, started_at_ms, state, final_note)
       VALUES (1, 'c1', 'ann', 'inbound', ?, 0, 1, 'finished', ?)`,
    )
    .run(remote, `About ${secret}`);
  desk.database.sqlite
    .prepare("INSERT INTO call_search (rowid, text, digits, starts) VALUES (1, ?, '', '')")
    .run(secret.toLowerCase());
  desk.change(id('r1'), { city: '' }, { city: `${secret} Town` });
  const bytes = () =>
    ['', '-wal']
      .map((part) => readFileSync(`${desk.file}${part}`).toString('latin1'))
      .join('')
      .toLowerCase();
  expect(bytes()).toContain('xylophonius');
  await hub.records.erase(annActs, id('r1'));
  desk.connect();
  await desk.settled();
  expect(desk.states()).toEqual(['record.change refused erased']);
  expect(desk.erased).toEqual([id('r1')]);
  expect(desk.database.sqlite.prepare('SELECT final_note FROM calls').get()).toEqual({ final_note: null });
  for (const part of ['xylo', 'phon', '442079460123']) expect(bytes()).not.toContain(part);
});

it('comes back by itself to wiping what somebody read at the moment, though the hub is away and nobody is signed in', async () => {
  const hub = await startSyncHub();
  const desk = await startDesk(hub);
  await hub.records.create(annActs, id('r1'), content({ lastName: 'Xylophonius' }));
  desk.connect();
  await desk.settled();
  const reader = new BetterSqlite(desk.file, { readonly: true });
  onTestFinished(() => void reader.close());
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM records').get();
  await hub.records.erase(annActs, id('r1'));
  desk.service.changedAtHub([null]);
  await desk.settled();
  const bytes = () =>
    ['', '-wal'].map((part) => readFileSync(`${desk.file}${part}`).toString('latin1')).join('');
  expect(desk.records.shown(id('r1'))).toBeNull();
  expect(bytes()).toContain('Xylophonius');
  desk.service.situation(null, false);
  await desk.service.idle();
  reader.exec('COMMIT');
  expect(bytes()).toContain('Xylophonius');
  desk.clock.pass(2_000);
  await desk.service.idle();
  expect(bytes()).not.toContain('Xylophonius');
  // Nothing more is to be done.
  expect(desk.clock.pending()).toBe(0);
});

it('forgets an erased person also where it has closed the project, or never had the record', async () => {
  const hub = await startSyncHub();
  const desk = await startDesk(hub);
  const [secret, call] = [
    'Xylophonius',
    report({ id: 'c1', number: '+442079460123', note: 'Xylophonius rang' }),
  ];
  desk.connect([null, support]);
  await desk.settled();
  // Rang before anybody had a record of the number; told, and kept here as every call of this desktop.
  desk.database.sqlite
    .prepare(
      `INSERT INTO calls (place, call_id, user_id, direction, remote, disposition_required, started_at_ms, state, final_note)
       VALUES (1, 'c1', 'ann', 'inbound', ?, 0, 1, 'finished', ?)`,
    )
    .run(JSON.stringify({ number: call.number, display: '', name: null, recordId: null }), call.note);
  desk.outbox.add({ kind: 'call.report', call });
  desk.create('r1', { projectId: support, lastName: secret });
  desk.note('n1', id('r1'), `${secret} called`);
  await desk.settled();
  desk.connect([null]);
  await desk.settled();
  // What was closed goes after a while.
  desk.clock.pass(11_000);
  await desk.settled();
  expect(desk.records.shown(id('r1'))).toBeNull();
  const numbers = { before: { numbers: [] }, changes: { numbers: [number('+442079460123')] } };
  await hub.records.change(annActs, id('r1'), numbers);
  const bytes = () =>
    ['', '-wal'].map((part) => readFileSync(`${desk.file}${part}`).toString('latin1').toLowerCase()).join('');
  expect(bytes()).toContain('xylophonius');
  await hub.records.erase(annActs, id('r1'));
  desk.service.changedAtHub([null]);
  await desk.settled();
  for (const part of ['xylo', 'phon', '442079460123']) expect(bytes()).not.toContain(part);
  expect(desk.database.sqlite.prepare('SELECT state, final_note FROM calls').get()).toEqual({
    ...{ state: 'finished', final_note: null },
  });
});
