// Records at the hub, on both databases: made, changed by two at once, noted on, reported, and read back whole.
import { expect, it } from 'vitest';
import { noteId } from '#shared/domain/ids.ts';
import { onBothDatabases } from '../users/on-both-databases.ts';
import {
  ann,
  annActs,
  content,
  dental,
  id,
  noProject,
  number,
  recordsAtWork,
  report,
  support,
} from './records-at-work.ts';

await onBothDatabases((open) => {
  it('a record comes back as it was written, numbers in E.164 and in their order', async () => {
    const { records, stamped } = await recordsAtWork(await open());
    const wanted = content({
      kind: 'lead',
      projectId: support,
      ownerId: ann,
      externalId: 'crm-7',
      firstName: 'سلمى 🦊',
      lastName: 'x'.repeat(10_000),
      numbers: [number('020 7946 0123'), number('tel:+1-201-555-0123;ext=7'), number('*43')],
      emails: ['a@example.org', 'b@example.org'],
      tags: ['vip'],
      fields: { contract: 'gold', seats: 4, renewed: true },
    });
    const made = await records.create(annActs, null, wanted);
    expect(await records.get(made.id)).toEqual(made);
    expect(made).toMatchObject({
      ...wanted,
      numbers: [number('+442079460123'), number('+12015550123', '7'), number('*43')],
      version: 1,
    });
    expect(await stamped()).toEqual([`record ${made.id} in ${support}`]);
  });

  it('of two changes at once those of different fields are both applied, and the same field is a conflict', async () => {
    const { records } = await recordsAtWork(await open());
    const { id: made } = await records.create(annActs, null, content({ city: 'Leeds', tags: ['new'] }));
    const change = (before: object, changes: object) => records.change(annActs, made, { before, changes });
    await change({ city: 'Leeds' }, { city: 'York' });
    expect(await change({ tags: ['new'] }, { tags: ['new', 'vip'] })).toMatchObject({
      applied: { city: 'York', tags: ['new', 'vip'], version: 3 },
    });
    expect(await change({ city: 'Leeds' }, { city: 'Hull' })).toMatchObject({
      conflict: ['city'],
      theirs: { city: 'York', version: 3 },
    });
    expect(await change({ city: 'York' }, { city: 'York' })).toMatchObject({ applied: { version: 3 } });
  });

  it('is refused where the project is none or not the asker’s, the external id taken, the record gone', async () => {
    const { records } = await recordsAtWork(await open());
    const { id: made } = await records.create(annActs, id('r1'), content({ externalId: 'crm-1' }));
    const create = (part: object, options = {}) => records.create(annActs, null, content(part), options);
    await expect(create({ externalId: 'crm-1' })).rejects.toMatchObject({ reason: 'externalIdTaken' });
    await expect(create({ projectId: noProject })).rejects.toMatchObject({ reason: 'noSuchProject' });
    await expect(create({ projectId: dental }, { sees: () => false })).rejects.toMatchObject({
      reason: 'notAllowed',
    });
    await expect(records.create(annActs, made, content())).rejects.toMatchObject({ reason: 'idTaken' });
    await records.erase(annActs, made);
    const gone = { reason: 'noSuchRecord' };
    await expect(records.get(made)).rejects.toMatchObject(gone);
    await expect(records.change(annActs, made, { before: {}, changes: {} })).rejects.toMatchObject(gone);
    await expect(records.erase(annActs, made)).rejects.toMatchObject(gone);
  });

  it('a note is added once, and a call is its reporter’s', async () => {
    const { records, notes, calls, stamped } = await recordsAtWork(await open());
    const { id: made } = await records.create(annActs, null, content({ projectId: support }));
    const note = {
      id: noteId.parse('n1'),
      recordId: made,
      callId: null,
      text: 'Called back',
      writtenAtMs: 5,
    };
    await records.addNote(annActs, note);
    await records.addNote(annActs, { ...note, text: 'Again' });
    expect(await notes.ofRecord(made)).toEqual([{ ...note, authorId: ann, authorName: 'Ann Archer' }]);
    const call = report({ id: 'c1', recordId: made, customerId: id('gone') });
    await records.reportCall(annActs, call);
    await records.reportCall(annActs, { ...call, note: 'Later', projectId: dental });
    await expect(records.reportCall({ ...annActs, id: 'bob' }, call)).rejects.toMatchObject({
      reason: 'notAllowed',
    });
    const [kept] = await calls.find([call.callId]);
    expect(kept).toMatchObject({ userName: 'Ann Archer', recordId: made, customerId: null, note: 'Later' });
    expect(await stamped()).toEqual([
      `record ${made} in ${support}`,
      `note n1 in ${support}`,
      `call c1 in ${support}: moved`,
      `call c1 in ${dental}`,
    ]);
  });

  it('within a transaction that fails nothing is left', async () => {
    const { records, db } = await recordsAtWork(await open());
    const failing = db.transaction().execute(async (within) => {
      await records.create(annActs, id('r1'), content(), { within });
      throw new Error('something else failed');
    });
    await expect(failing).rejects.toThrow('something else');
    await expect(records.get(id('r1'))).rejects.toMatchObject({ reason: 'noSuchRecord' });
  });
});
