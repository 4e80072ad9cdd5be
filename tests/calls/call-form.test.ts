// The call form in main: when it opens, whom it offers, what Save makes of it, and what becomes of what was typed. Over 400 lines:
// one table of cases over one set-up, which would have to be made again for each part.
import { describe, expect, it } from 'vitest';
import type { CallForm, CustomField } from '#shared/domain/call-form.ts';
import { emptyFormDraft, type FormDraft } from '#shared/domain/form-draft.ts';
import { type CallId, projectId, recordId } from '#shared/domain/ids.ts';
import { emptyRecordContent, type WholeRecord } from '#shared/domain/record.ts';
import { openErasureStore } from '../../src-main/sync/erasure-store.ts';
import { casey, type DeskAtWork, deskAtWork, refusal, sold } from './desk-at-work.ts';

const practice = projectId.parse('practice');
const easy = projectId.parse('easy');
const unknownNumber = '+493055501234';

function known(work: DeskAtWork, id: string, over: Partial<WholeRecord> = {}): WholeRecord {
  const record: WholeRecord = {
    ...emptyRecordContent,
    id: recordId.parse(id),
    version: 1,
    createdAtMs: 1,
    changedAtMs: 1,
    kind: 'customer',
    projectId: practice,
    lastName: id,
    numbers: [{ number: unknownNumber, extension: '', label: 'main' }],
    ...over,
  };
  work.recordStore.write(record, record, 'sent');
  work.recordsChanged();
  return record;
}

async function called(
  form: Partial<CallForm> = {},
  prepare: (work: DeskAtWork) => void = () => undefined,
): Promise<{ work: DeskAtWork; call: CallId; form: (change: Partial<FormDraft>) => void }> {
  const work = await deskAtWork();
  work.setForm('practice', { opens: 'afterAnswer', ...form });
  prepare(work);
  const call = work.talk('call-1', { callerNumber: unknownNumber, calledNumber: '+442079460000' });
  return {
    work,
    call,
    form: (change) => void work.drafts.change(call, { form: { ...work.drafts.get(call).form, ...change } }),
  };
}

function save(work: DeskAtWork, call: CallId): void {
  work.drafts.change(call, { dispositionId: sold });
  if (work.view(call)?.phase === 'talking') work.tell('remoteHungUp', call);
  work.desk.finish(call);
}

const kinds = (work: DeskAtWork) => work.waiting().map(({ mutation }) => mutation.kind);

describe('a person who is erased in the middle of a call', () => {
  const chosen = { choice: 'record', recordId: recordId.parse('Xylophonius') } as const;
  const typed = { Xylophonius: { city: 'Xylo Town' }, Other: { city: 'York' } };

  /** As syncing does it: the files first, in its own thread, then what is held in memory. */
  function erase(work: DeskAtWork, id: string): void {
    const of = recordId.parse(id);
    openErasureStore(work.database).erase(of);
    work.recordStore.remove(of);
    work.recordsChanged();
    work.desk.forgetErased([of]);
  }
  /** What is on disk of calls and drafts, and what windows are shown. */
  const traces = (work: DeskAtWork, call: CallId) =>
    JSON.stringify([
      work.database.sqlite.prepare('SELECT * FROM calls LEFT JOIN drafts USING (call_id)').all(),
      work.view(call),
      work.drafts.get(call),
    ]);

  it.each([
    ['is the caller', {}],
    ['has the number that calls, though no record was found when it rang', { late: true }],
    ['was chosen for the call', { numberless: true, form: { contact: chosen } }],
    ['is the customer that it is about', { numberless: true, form: { customerId: chosen.recordId } }],
  ] as const)('who %s leaves neither name, number, note nor anything typed', async (_who, how) => {
    const {
      form = {},
      late,
      numberless,
    }: { form?: Partial<FormDraft>; late?: true; numberless?: true } = how;
    const write = (at: DeskAtWork) => void known(at, 'Xylophonius', numberless ? { numbers: [] } : {});
    const { work, call, form: change } = await called({}, late ? undefined : write);
    if (late) write(work);
    change({ typed, seen: typed, ...form });
    work.drafts.change(call, { note: 'Xylophonius moves.', dispositionId: sold });
    expect(traces(work, call)).toMatch(/xylo/i);
    erase(work, 'Xylophonius');
    expect(traces(work, call)).not.toMatch(/xylo|55501234/i);
    expect(work.view(call)).toMatchObject({ phase: 'talking', draft: { note: '', dispositionId: sold } });
    // The call goes on: what is written from now on is kept, and nothing comes back with it.
    work.drafts.change(call, { note: 'Thanked.' });
    work.tell('remoteHungUp', call);
    expect(traces(work, call)).not.toMatch(/xylo|55501234/i);
    expect(work.view(call)?.draft.note).toBe('Thanked.');
  });

  it('leaves the note of a call with somebody else, and what was typed about others', async () => {
    const { work, call, form } = await called({}, (at) => known(at, 'Xylophonius', { numbers: [] }));
    form({ typed, seen: typed });
    work.drafts.change(call, { note: 'About the parcel.' });
    erase(work, 'Xylophonius');
    expect(traces(work, call)).not.toMatch(/xylo/i);
    expect(work.view(call)).toMatchObject({ remote: { number: unknownNumber } });
    expect(work.drafts.get(call)).toMatchObject({
      note: 'About the parcel.',
      form: { typed: { Other: { city: 'York' } }, seen: { Other: { city: 'York' } } },
    });
  });
});

describe('the form opens', () => {
  it('before or after the answer, as the project sets it, or never', async () => {
    for (const [opens, expected] of [
      ['beforeAnswer', [true, true]],
      ['afterAnswer', [false, true]],
      ['never', [false, false]],
    ] as const) {
      const work = await deskAtWork();
      work.setForm('practice', { opens });
      const call = work.ring('call-1');
      const ringing = work.view(call)?.form.open;
      work.desk.accept(call);
      work.tell('established', call);
      expect([ringing, work.view(call)?.form.open], opens).toEqual(expected);
      work.close();
    }
  });

  it('for a colleague by a setting of its own, and creates no record of one', async () => {
    const work = await deskAtWork();
    work.setForm('practice', { opens: 'beforeAnswer', opensInternal: 'never' });
    const call = work.ring('call-1', { callerNumber: '202' });
    expect(work.view(call)?.form).toMatchObject({ internal: true, open: false, does: 'nothing' });
    work.setForm('practice', { opens: 'never', opensInternal: 'beforeAnswer' });
    expect(work.view(call)?.form).toMatchObject({ open: true, does: 'nothing' });
  });

  it('naming the kind to be created for an unknown number, and none for a known one', async () => {
    const { work, call } = await called({ creates: 'individual' });
    expect(work.view(call)?.form).toMatchObject({ does: 'creates', creates: 'individual', contact: null });
    known(work, 'Lindqvist');
    expect(work.view(call)?.form).toMatchObject({
      does: 'keeps',
      creates: null,
      contact: { name: 'Lindqvist', projectName: 'Practice' },
    });
  });

  it('with the number that was called, as people write it', async () => {
    const { work, call } = await called();
    expect(work.view(call)?.form.calledNumber).toBe('020 7946 0000');
  });
});

describe('Save', () => {
  it('is refused while a required field is empty, built-in or the project’s own, and names it', async () => {
    const own: CustomField = {
      key: 'contract',
      label: 'Contract',
      type: 'number',
      choices: [],
      required: true,
    };
    const { work, call, form } = await called({ customFields: [own] });
    expect(work.view(call)?.form.problems).toEqual([
      { field: 'lastName', problem: 'required' },
      { field: 'fields.contract', problem: 'required' },
    ]);
    work.drafts.change(call, { dispositionId: sold });
    work.tell('remoteHungUp', call);
    expect(refusal(() => work.desk.finish(call))).toMatchObject({
      reason: 'fieldsMissing',
      message: expect.stringContaining('lastName, fields.contract'),
    });
    form({ typed: { new: { lastName: 'Moe', 'fields.contract': 'a dozen' } } });
    expect(refusal(() => work.desk.finish(call)).reason).toBe('fieldsInvalid');
    expect(work.drafts.get(call).form.typed.new).toEqual({ lastName: 'Moe', 'fields.contract': 'a dozen' });
    form({ typed: { new: { lastName: 'Moe', 'fields.contract': '12,5' } } });
    work.desk.finish(call);
    const [created] = work.recordStore.byNumber(unknownNumber);
    expect(created && work.recordStore.shown(created.id)).toMatchObject({
      kind: 'lead',
      projectId: 'practice',
      lastName: 'Moe',
      fields: { contract: 12.5 },
      version: 0,
    });
  });

  it('registers the call and creates the record in one, to be sent when undo is over; undo takes all back', async () => {
    const { work, call, form } = await called();
    const typed = { typed: { new: { firstName: 'Ada', lastName: 'Moe', email: 'ada@example.org' } } };
    form({ ...typed, subject: 'Two lamps' });
    const draft = work.drafts.get(call).form;
    save(work, call);
    expect(kinds(work)).toEqual(['record.create', 'call.report']);
    const [create, report] = work.waiting();
    expect(create?.undoUntilMs).toBe(work.clock.nowMs() + 10_000);
    expect(report?.mutation).toMatchObject({
      call: { recordId: create?.recordId, subject: 'Two lamps', finished: true, dispositionLabel: 'sold' },
    });
    expect(work.entry(call)).toMatchObject({
      subject: 'Two lamps',
      contact: { name: 'Ada Moe', kind: 'lead' },
      remote: { name: 'Ada Moe', recordKind: 'lead' },
    });
    work.desk.undoFinish(call);
    expect(work.recordStore.byNumber(unknownNumber)).toEqual([]);
    expect(work.drafts.get(call).form).toEqual(draft);
    expect(work.entry(call)).toMatchObject({ state: 'toFinish', contact: null, remote: { name: null } });
    expect(work.waiting().map(({ mutation }) => mutation)).toMatchObject([
      { kind: 'call.report', call: { finished: false, recordId: null } },
    ]);
    work.desk.finish(call);
    expect(work.recordStore.byNumber(unknownNumber)).toHaveLength(1);
  });

  it('keeps the call with the record of the called project, and changes only what was typed over', async () => {
    const { work, call, form } = await called({}, (desk) => {
      known(desk, 'elsewhere', { projectId: easy, changedAtMs: 9 });
      known(desk, 'here', { city: 'Leeds' });
    });
    expect(work.view(call)?.form.contact?.name).toBe('here');
    form({ typed: { here: { city: 'York' } }, seen: { here: { city: 'Leeds' } } });
    save(work, call);
    expect(work.waiting().map(({ mutation }) => mutation)).toMatchObject([
      { kind: 'record.change', recordId: 'here', before: { city: 'Leeds' }, changes: { city: 'York' } },
      { kind: 'call.report', call: { recordId: 'here' } },
    ]);
    expect(work.recordStore.shown(recordId.parse('here'))).toMatchObject({ city: 'York', lastName: 'here' });
  });

  it('tells what the person saw as before, where a colleague has changed the same field meanwhile', async () => {
    const { work, call, form } = await called({}, (desk) => known(desk, 'here', { city: 'Leeds' }));
    form({ typed: { here: { city: 'York' } }, seen: { here: { city: 'Leeds' } } });
    known(work, 'here', { city: 'Hull', version: 2 });
    save(work, call);
    expect(work.waiting()[0]?.mutation).toMatchObject({
      before: { city: 'Leeds' },
      changes: { city: 'York' },
    });
  });

  it('makes a contact without project where the project sets no kind, and elsewhere where the agent says so', async () => {
    const { work, call, form } = await called({ creates: null });
    form({ typed: { new: { lastName: 'Moe' } } });
    expect(work.view(call)?.form).toMatchObject({ creates: 'contact', projectId: null });
    work.setForm('easy', { creates: 'company' });
    form({ project: { projectId: easy }, typed: { new: { companyName: 'Moe & Sons' } } });
    expect(work.view(call)?.form).toMatchObject({ creates: 'company', projectId: 'easy', problems: [] });
    save(work, call);
    const [made] = work.recordStore.byNumber(unknownNumber);
    expect(made).toMatchObject({ kind: 'company', name: 'Moe & Sons', project_id: 'easy' });
  });

  it('offers all who have the number, the last called first, and saves with the chosen one', async () => {
    const { work, call, form } = await called({}, (desk) => {
      known(desk, 'older');
      known(desk, 'newer');
      desk.recordStore.noteCall(recordId.parse('older'), 500);
      desk.recordStore.noteCall(recordId.parse('newer'), 900);
    });
    expect(work.view(call)?.form.candidates.map(({ name }) => name)).toEqual(['newer', 'older']);
    form({ contact: { choice: 'record', recordId: recordId.parse('older') } });
    save(work, call);
    expect(work.entry(call).contact?.name).toBe('older');
  });

  it('adds the number to the customer who was chosen, and creates nobody beside them', async () => {
    const { work, call, form } = await called({}, (desk) =>
      known(desk, 'firm', { kind: 'company', numbers: [] }),
    );
    form({ customerId: recordId.parse('firm') });
    expect(work.view(call)?.form).toMatchObject({ does: 'nothing', numberGoesTo: 'firm' });
    form({ saveNumber: true });
    save(work, call);
    expect(work.recordStore.byNumber(unknownNumber)).toMatchObject([{ id: 'firm' }]);
    expect(work.waiting().map(({ mutation }) => mutation)).toMatchObject([
      { kind: 'record.change', changes: { numbers: [{ number: unknownNumber }] } },
      { kind: 'call.report', call: { recordId: 'firm', customerId: null } },
    ]);
    expect(work.entry(call)).toMatchObject({
      contact: null,
      customer: { name: 'firm' },
      remote: { name: 'firm' },
    });
    work.desk.undoFinish(call);
    expect(work.recordStore.byNumber(unknownNumber)).toEqual([]);
    expect(work.entry(call)).toMatchObject({ customer: null, remote: { name: null } });
  });

  it('registers a call alone where the agent wants no record', async () => {
    const { work, call, form } = await called();
    form({ contact: { choice: 'none' } });
    save(work, call);
    expect(kinds(work)).toEqual(['call.report']);
  });
});

describe('what was typed', () => {
  it('stays with a call whose wrap-up ran out: it is to finish, and a restart finds it', async () => {
    const { work, call, form } = await called();
    form({ typed: { new: { firstName: 'Ada' } } });
    work.drafts.change(call, { dispositionId: sold });
    work.tell('remoteHungUp', call);
    work.clock.pass(30_000);
    expect(work.inbox().toFinish).toMatchObject([{ callId: call }]);
    const later = await work.crash();
    later.setForm('practice', { opens: 'afterAnswer' });
    expect(later.drafts.get(call).form.typed.new).toEqual({ firstName: 'Ada' });
    expect(later.desk.formOf(call)).toMatchObject({
      open: false,
      creates: 'lead',
      problems: [{ field: 'lastName' }],
    });
    later.drafts.change(call, {
      form: { ...emptyFormDraft, typed: { new: { firstName: 'Ada', lastName: 'Moe' } } },
    });
    later.desk.finish(call);
    expect(later.entry(call)).toMatchObject({ state: 'undoable', contact: { name: 'Ada Moe' } });
  });

  it('is kept as text where the project has taken the field away meanwhile', async () => {
    const size: CustomField = {
      key: 'size',
      label: 'Size',
      type: 'choice',
      choices: ['S', 'L'],
      required: true,
    };
    const { work, call, form } = await called({ customFields: [size] });
    form({ typed: { new: { lastName: 'Moe', 'fields.size': 'L' } } });
    work.setForm('practice', { customFields: [] });
    save(work, call);
    const [made] = work.recordStore.byNumber(unknownNumber);
    expect(made && work.recordStore.shown(made.id)?.fields).toEqual({ size: 'L' });
  });

  it('is kept, and Save refused, where the chosen record was erased meanwhile', async () => {
    const { work, call, form } = await called({}, (desk) => known(desk, 'gone'));
    form({
      contact: { choice: 'record', recordId: recordId.parse('gone') },
      typed: { gone: { city: 'York' } },
    });
    work.recordStore.remove(recordId.parse('gone'));
    work.recordsChanged();
    expect(work.view(call)?.form.chosenGone).toBe(true);
    work.drafts.change(call, { dispositionId: sold });
    work.tell('remoteHungUp', call);
    expect(refusal(() => work.desk.finish(call)).reason).toBe('recordGone');
    form({ contact: { choice: 'new' }, typed: { new: { lastName: 'Moe' } } });
    work.desk.finish(call);
    expect(work.entry(call).contact?.name).toBe('Moe');
  });

  it('may be a name of 10,000 characters, from right to left or of emoji; longer ones are refused and kept', async () => {
    for (const name of ['x'.repeat(10_000), 'محمد عبد الرحمن', '👩‍🚒'.repeat(50)]) {
      const { work, call, form } = await called();
      form({ typed: { new: { lastName: name } } });
      save(work, call);
      expect(work.entry(call).remote.name).toBe(name);
      expect(work.entry(call).contact?.name).toBe(name.slice(0, 500));
      work.close();
    }
    const { work, call, form } = await called();
    form({ typed: { new: { lastName: 'x'.repeat(10_001) } } });
    expect(work.view(call)?.form.problems).toEqual([{ field: 'lastName', problem: 'tooLong' }]);
  });

  it.each([
    ['+49 (0)30 / 1234-56', '+4930123456'],
    ['*43', '*43'],
    ['112', '112'],
    ['+1-201-555-0123', '+12015550123'],
    ['1'.repeat(40), '1'.repeat(40)],
  ])('makes a record with the number %s, and the next call from there finds it', async (number, kept) => {
    const work = await deskAtWork();
    work.setForm('practice', { opens: 'afterAnswer' });
    const call = work.talk('call-1', { callerNumber: number });
    work.drafts.change(call, { form: { ...emptyFormDraft, typed: { new: { lastName: 'Moe' } } } });
    save(work, call);
    expect(work.waiting()[0]?.mutation).toMatchObject({ content: { numbers: [{ number: kept }] } });
    work.recordsChanged();
    const next = work.talk('call-2', { callerNumber: number });
    expect(work.view(next)).toMatchObject({
      remote: { name: 'Moe' },
      form: { does: 'keeps', creates: null },
    });
  });

  it('makes a record without a number of a caller who withheld it', async () => {
    const work = await deskAtWork();
    work.setForm('practice', { opens: 'afterAnswer' });
    const call = work.talk('call-1', { callerNumber: null });
    expect(work.view(call)?.form).toMatchObject({ creates: 'lead', candidates: [], numberGoesTo: null });
    work.drafts.change(call, { form: { ...emptyFormDraft, typed: { new: { lastName: 'Moe' } } } });
    save(work, call);
    expect(work.waiting()[0]?.mutation).toMatchObject({ content: { lastName: 'Moe', numbers: [] } });
  });
});

describe('the hub is told of every call', () => {
  it('when it is over, again after a save, and again after a correction', async () => {
    const work = await deskAtWork();
    const missed = work.ring('missed');
    work.tell('rangOut', missed);
    const call = work.talk('call-2');
    work.tell('remoteHungUp', call);
    work.clock.pass(30_000);
    save(work, call);
    work.clock.pass(10_001);
    work.history.correct(call, 'It was three', null);
    expect(work.waiting().map(({ mutation }) => mutation)).toMatchObject([
      { call: { callId: missed, outcome: 'missed', missedReason: 'rangOut', finished: false } },
      { call: { callId: call, finished: false, note: '' } },
      { call: { callId: call, finished: true } },
      {
        call: {
          callId: call,
          finished: true,
          corrections: [{ note: 'It was three', author: 'Casey Clerk' }],
        },
      },
    ]);
  });

  it('also of one that the app ended under, once its agent is signed in again', async () => {
    const work = await deskAtWork();
    work.ring('call-1');
    const later = await work.crash(60_000, { signedOut: true });
    expect(later.waiting()).toEqual([]);
    later.signedIn = casey;
    later.desk.agentChanged();
    expect(later.waiting().map(({ mutation }) => mutation)).toMatchObject([
      { call: { callId: 'call-1', outcome: 'missed', missedReason: 'appEnded' } },
    ]);
    later.desk.agentChanged();
    expect(later.waiting()).toHaveLength(1);
  });
});
