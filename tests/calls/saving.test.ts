// Drafts, wrap-up, Save, undo and corrections: what is marked saved is on disk, and stays.
import BetterSqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { emptyFormDraft } from '#shared/domain/form-draft.ts';
import { complaint, type DeskAtWork, deskAtWork, refusal, sold } from './desk-at-work.ts';

async function inWrapUp(): Promise<{ work: DeskAtWork; call: ReturnType<DeskAtWork['talk']> }> {
  const work = await deskAtWork();
  const call = work.talk();
  work.tell('remoteHungUp', call);
  return { work, call };
}

describe('a draft', () => {
  it('is on disk before the reply: another connection reads it at once', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    const reply = work.drafts.change(call, { note: 'Wants two of them', dispositionId: sold });
    const reader = new BetterSqlite(work.file, { readonly: true });
    const row = reader
      .prepare('SELECT note, disposition_id, saved_at_ms FROM drafts WHERE call_id = ?')
      .get(call);
    reader.close();
    expect(row).toEqual({
      note: 'Wants two of them',
      disposition_id: 'sold',
      saved_at_ms: reply.savedAtMs,
    });
    expect(reply.savedAtMs).toBe(work.clock.nowMs());
  });

  it('can be written while it still rings, and each field by itself', async () => {
    const work = await deskAtWork();
    const call = work.ring('call-1');
    expect(work.drafts.get(call)).toEqual({
      callId: call,
      note: '',
      dispositionId: null,
      form: emptyFormDraft,
      savedAtMs: null,
    });
    work.drafts.change(call, { note: 'Anna again' });
    work.drafts.change(call, { dispositionId: sold });
    expect(work.drafts.get(call)).toMatchObject({ note: 'Anna again', dispositionId: sold });
    work.drafts.change(call, { dispositionId: null });
    expect(work.drafts.get(call)).toMatchObject({ note: 'Anna again', dispositionId: null });
  });

  it('is told to every window that shows it', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    const told: string[] = [];
    work.drafts.changed.on((draft) => told.push(draft.note));
    work.drafts.change(call, { note: 'a' });
    work.drafts.change(call, { note: 'ab' });
    expect(told).toEqual(['a', 'ab']);
  });

  it("refuses another project's disposition, an unknown call, and a call of another user", async () => {
    const work = await deskAtWork();
    const call = work.talk();
    expect(refusal(() => work.drafts.change(call, { dispositionId: 'other' as never })).reason).toBe(
      'noSuchDisposition',
    );
    expect(refusal(() => work.drafts.get('nothing' as never)).reason).toBe('noSuchCall');
    work.tell('remoteHungUp', call);
    work.clock.pass(30_000);
    work.signedIn = { userId: 'agent-2' as never, displayName: 'Robin' };
    expect(refusal(() => work.drafts.get(call)).reason).toBe('noSuchCall');
    expect(refusal(() => work.drafts.change(call, { note: 'x' })).reason).toBe('noSuchCall');
    expect(refusal(() => work.history.get(call)).reason).toBe('noSuchCall');
    expect(work.inbox().toFinish).toEqual([]);
  });
});

describe('the wrap-up', () => {
  it('runs out into the inbox as to finish where the disposition is missing, draft kept, and frees the agent', async () => {
    const { work, call } = await inWrapUp();
    work.drafts.change(call, { note: 'Half a sen' });
    work.clock.pass(29_999);
    expect(work.view(call)).toMatchObject({ phase: 'wrapUp', intents: { finish: true } });
    work.clock.pass(1);
    expect(work.view(call)).toBeUndefined();
    expect(work.hub).toEqual(['onCall', 'wrapUp', 'free']);
    expect(work.inbox().toFinish).toMatchObject([{ callId: call, note: 'Half a sen', state: 'toFinish' }]);
  });

  it('can be extended', async () => {
    const { work, call } = await inWrapUp();
    const before = work.view(call)?.wrapUpEndsAtMs ?? 0;
    work.desk.extendWrapUp(call, 60_000);
    expect(work.view(call)?.wrapUpEndsAtMs).toBe(before + 60_000);
    work.clock.pass(89_999);
    expect(work.view(call)?.phase).toBe('wrapUp');
    work.clock.pass(1);
    expect(work.view(call)).toBeUndefined();
  });

  it('that runs out with nothing missing saves what is there, which may be undone', async () => {
    const { work, call } = await inWrapUp();
    work.drafts.change(call, { note: 'Done', dispositionId: sold });
    work.clock.pass(30_000);
    expect(work.entry(call)).toMatchObject({ state: 'undoable', note: 'Done', disposition: { id: sold } });
    expect(work.inbox().toFinish).toEqual([]);
  });

  it('that runs out in the middle of a word loses none of it', async () => {
    const { work, call } = await inWrapUp();
    work.drafts.change(call, { note: 'She will call ba', dispositionId: sold });
    work.clock.pass(30_000);
    work.drafts.change(call, { note: 'She will call back' });
    expect(work.inbox().toFinish).toMatchObject([{ callId: call, note: 'She will call back' }]);
  });

  it('does not come where the project asks for none; a call without a note is then done', async () => {
    const work = await deskAtWork();
    const call = work.talk('call-1', { projectId: 'easy' });
    work.tell('remoteHungUp', call);
    expect(work.entry(call)).toMatchObject({ outcome: 'accepted', state: 'notNeeded', note: '' });
    expect(work.hub).toEqual(['onCall', 'free']);
  });
});

describe('Save', () => {
  it('ends the wrap-up at once and finishes the call, after ten seconds for good', async () => {
    const { work, call } = await inWrapUp();
    work.drafts.change(call, { note: 'Ordered two', dispositionId: sold });
    const savedAtMs = work.clock.nowMs();
    expect(work.desk.finish(call)).toEqual({ undoUntilMs: savedAtMs + 10_000 });
    expect(work.view(call)).toBeUndefined();
    expect(work.hub.at(-1)).toBe('free');
    expect(work.entry(call)).toMatchObject({
      outcome: 'accepted',
      state: 'undoable',
      undoUntilMs: savedAtMs + 10_000,
      note: 'Ordered two',
      disposition: { id: sold, label: 'sold' },
    });
    const told: unknown[] = [];
    work.history.changed.on((callId) => told.push(callId));
    work.clock.pass(10_001);
    expect(told).toEqual([call]);
    expect(work.entry(call)).toMatchObject({ state: 'finished', undoUntilMs: null });
  });

  it('is refused without the disposition or the note that is asked for, and the wrap-up goes on', async () => {
    const { work, call } = await inWrapUp();
    work.drafts.change(call, { note: 'Something' });
    expect(refusal(() => work.desk.finish(call)).reason).toBe('dispositionRequired');
    work.drafts.change(call, { note: '   ', dispositionId: complaint });
    expect(refusal(() => work.desk.finish(call)).reason).toBe('noteRequired');
    expect(work.view(call)?.phase).toBe('wrapUp');
    work.drafts.change(call, { note: 'Angry' });
    work.desk.finish(call);
    expect(work.entry(call).state).toBe('undoable');
  });

  it('asks to choose anew where the disposition was removed meanwhile, in the wrap-up and in the inbox; the note stays', async () => {
    const { work, call } = await inWrapUp();
    work.drafts.change(call, { note: 'Ordered two', dispositionId: sold });
    work.removeDisposition(sold);
    expect(refusal(() => work.desk.finish(call)).reason).toBe('dispositionGone');
    expect(work.drafts.get(call)).toMatchObject({ note: 'Ordered two', dispositionId: sold });
    work.clock.pass(30_000);
    expect(work.inbox().toFinish).toMatchObject([
      { callId: call, note: 'Ordered two', disposition: null, dispositionRequired: true },
    ]);
    expect(refusal(() => work.desk.finish(call)).reason).toBe('dispositionGone');
    work.drafts.change(call, { dispositionId: complaint });
    work.desk.finish(call);
    expect(work.entry(call)).toMatchObject({ note: 'Ordered two', disposition: { id: complaint } });
  });

  it('asks for no disposition where the project has none', async () => {
    const { work, call } = await inWrapUp();
    work.drafts.change(call, { note: 'Ordered two', dispositionId: sold });
    work.removeDisposition(sold);
    work.removeDisposition(complaint);
    work.desk.finish(call);
    expect(work.entry(call)).toMatchObject({ state: 'undoable', note: 'Ordered two', disposition: null });
  });

  it('is refused a second time, and so is changing the note', async () => {
    const { work, call } = await inWrapUp();
    work.drafts.change(call, { note: 'x', dispositionId: sold });
    work.desk.finish(call);
    expect(refusal(() => work.desk.finish(call)).reason).toBe('finished');
    expect(refusal(() => work.drafts.change(call, { note: 'y' })).reason).toBe('finished');
    expect(work.entry(call).note).toBe('x');
  });

  it('can be undone for ten seconds: the call is to finish again, its draft as it was', async () => {
    const { work, call } = await inWrapUp();
    work.drafts.change(call, { note: 'Ordered two', dispositionId: sold });
    work.desk.finish(call);
    work.clock.pass(10_000);
    work.desk.undoFinish(call);
    expect(work.inbox().toFinish).toMatchObject([
      { callId: call, state: 'toFinish', note: 'Ordered two', disposition: { id: sold }, undoUntilMs: null },
    ]);
    expect(work.drafts.get(call)).toMatchObject({ note: 'Ordered two', dispositionId: sold });
    work.drafts.change(call, { note: 'Ordered three' });
    work.desk.finish(call);
    expect(work.entry(call)).toMatchObject({ state: 'undoable', note: 'Ordered three' });
  });

  it('can no longer be undone after ten seconds', async () => {
    const { work, call } = await inWrapUp();
    work.drafts.change(call, { dispositionId: sold });
    work.desk.finish(call);
    work.clock.pass(10_001);
    const refused = refusal(() => work.desk.undoFinish(call));
    expect(refused.reason).toBe('tooLate');
    expect(refused.message).toMatch(/add a correction/);
    expect(work.entry(call).state).toBe('finished');
  });

  it('of a call in the inbox asks for the same, and takes it out of the inbox', async () => {
    const { work, call } = await inWrapUp();
    work.clock.pass(30_000);
    expect(refusal(() => work.desk.finish(call)).reason).toBe('dispositionRequired');
    work.drafts.change(call, { dispositionId: sold });
    work.desk.finish(call);
    expect(work.inbox().toFinish).toEqual([]);
    expect(refusal(() => work.desk.undoFinish('nothing' as never)).reason).toBe('noSuchCall');
  });

  it('keeps the disposition as it was when chosen', async () => {
    const { work, call } = await inWrapUp();
    work.drafts.change(call, { dispositionId: sold });
    work.desk.finish(call);
    work.database.sqlite.exec('DELETE FROM dispositions');
    expect(work.entry(call).disposition).toMatchObject({ id: sold, label: 'sold', color: 'green' });
  });
});

describe('a correction', () => {
  it('is added beside a finished call with who and when; the save itself stays', async () => {
    const { work, call } = await inWrapUp();
    work.drafts.change(call, { note: 'Ordered two', dispositionId: sold });
    work.desk.finish(call);
    work.clock.pass(60_000);
    const entry = work.history.correct(call, 'It was three', complaint);
    expect(entry).toMatchObject({
      note: 'Ordered two',
      disposition: { id: sold },
      corrections: [
        {
          atMs: work.clock.nowMs(),
          author: 'Casey Clerk',
          note: 'It was three',
          disposition: { id: complaint },
        },
      ],
    });
    work.clock.pass(1000);
    expect(work.history.correct(call, 'No, four', null).corrections.map((one) => one.note)).toEqual([
      'It was three',
      'No, four',
    ]);
  });

  it('is refused while the call can still be changed itself', async () => {
    const { work, call } = await inWrapUp();
    work.drafts.change(call, { dispositionId: sold });
    work.desk.finish(call);
    expect(refusal(() => work.history.correct(call, 'x', null)).reason).toBe('notFinished');
    work.desk.undoFinish(call);
    expect(refusal(() => work.history.correct(call, 'x', null)).reason).toBe('notFinished');
    expect(refusal(() => work.history.correct('nothing' as never, 'x', null)).reason).toBe('noSuchCall');
  });

  it("is refused with another project's disposition", async () => {
    const { work, call } = await inWrapUp();
    work.drafts.change(call, { dispositionId: sold });
    work.desk.finish(call);
    work.clock.pass(60_000);
    expect(refusal(() => work.history.correct(call, 'x', 'other')).reason).toBe('noSuchDisposition');
    expect(refusal(() => work.history.correct(call, 'x', '')).reason).toBe('noSuchDisposition');
    expect(work.entry(call).corrections).toEqual([]);
  });
});
