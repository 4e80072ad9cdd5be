// The app ends without a word, or the disk takes nothing more: what was marked saved is still there, and said is what
// was not.
import { describe, expect, it } from 'vitest';
import type { CallId } from '#shared/domain/ids.ts';
import { type DeskAtWork, deskAtWork, refusal, sold } from './desk-at-work.ts';

const phases: Record<string, (work: DeskAtWork) => CallId> = {
  offered: (work) => work.ring('call-1'),
  ignored: (work) => {
    const call = work.ring('call-1');
    work.desk.ignore(call);
    return call;
  },
  answering: (work) => {
    const call = work.ring('call-1');
    work.desk.accept(call);
    return call;
  },
  dialing: (work) => work.desk.dial('202'),
  remoteRinging: (work) => {
    const call = work.desk.dial('202');
    work.telephony.tell({ type: 'ringingRemotely', callId: call, earlyMedia: false });
    return call;
  },
  talking: (work) => work.talk(),
  holding: (work) => {
    const call = work.talk();
    work.desk.hold(call);
    return call;
  },
  held: (work) => {
    const call = work.talk();
    work.desk.hold(call);
    work.tell('holdConfirmed', call);
    return call;
  },
  resuming: (work) => {
    const call = work.talk();
    work.desk.hold(call);
    work.tell('holdConfirmed', call);
    work.desk.resume(call);
    return call;
  },
  transferring: (work) => {
    const call = work.talk();
    work.desk.transfer(call, '202');
    return call;
  },
  hangingUp: (work) => {
    const call = work.talk();
    work.desk.hangUp(call);
    return call;
  },
  wrapUp: (work) => {
    const call = work.talk();
    work.tell('remoteHungUp', call);
    return call;
  },
};

describe('a crash', () => {
  it.each([
    ['offered', 'missed', 'noDevice'],
    ['ignored', 'missed', 'noDevice'],
    ['answering', 'missed', 'noDevice'],
    ['dialing', 'failed', null],
    ['remoteRinging', 'failed', null],
    ['talking', 'failed', null],
    ['holding', 'failed', null],
    ['held', 'failed', null],
    ['resuming', 'failed', null],
    ['transferring', 'failed', null],
    ['hangingUp', 'failed', null],
    ['wrapUp', 'accepted', null],
  ])(
    'while %s leaves the call in the history as %s (%s), its note to finish',
    async (phase, outcome, missedReason) => {
      const work = await deskAtWork();
      const call = phases[phase]?.(work) as CallId;
      expect(work.view(call)?.phase).toBe(phase);
      work.clock.pass(1000);
      work.drafts.change(call, { note: 'Written just before' });
      const next = await work.crash();
      expect(next.desk.views()).toEqual([]);
      expect(next.entry(call)).toMatchObject({
        outcome,
        missedReason,
        note: 'Written just before',
        state: 'toFinish',
      });
      expect(next.inbox().toFinish).toHaveLength(1);
      expect(next.inbox().missed).toHaveLength(missedReason === null ? 0 : 1);
      expect(next.drafts.get(call)).toMatchObject({ note: 'Written just before' });
    },
  );

  it('while an answered call had no note yet leaves it to finish where a disposition is asked for', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    expect((await work.crash()).entry(call)).toMatchObject({
      state: 'toFinish',
      note: '',
      outcome: 'failed',
    });
  });

  it('while nothing was asked for and nothing written leaves nothing to do', async () => {
    const work = await deskAtWork();
    const call = work.talk('call-1', { projectId: 'easy' });
    expect((await work.crash()).entry(call).state).toBe('notNeeded');
  });

  it('after Save leaves the call saved, its undo over by the clock', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.tell('remoteHungUp', call);
    work.drafts.change(call, { note: 'x', dispositionId: sold });
    work.desk.finish(call);
    const next = await work.crash();
    expect(next.entry(call)).toMatchObject({ state: 'finished', note: 'x', disposition: { id: sold } });
    expect(refusal(() => next.desk.undoFinish(call)).reason).toBe('tooLate');
  });
});

/** A real limit: SQLite itself says SQLITE_FULL when the file would grow. */
function fillDisk(work: DeskAtWork): () => void {
  const pages = Number(work.database.sqlite.pragma('page_count', { simple: true }));
  work.database.sqlite.pragma(`max_page_count = ${pages}`);
  return () => void work.database.sqlite.pragma('max_page_count = 1073741823');
}

const tooMuch = 'A long note. '.repeat(5000);

describe('a full disk', () => {
  it('refuses a draft with what happened, what is safe and what to do; the draft before it stands', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.drafts.change(call, { note: 'Safe' });
    const empty = fillDisk(work);
    const refused = refusal(() => work.drafts.change(call, { note: tooMuch }));
    expect(refused.reason).toBe('diskFull');
    expect(refused.message).toMatch(
      /disk is full.*saved before is safe.*stays in the field.*Free some space/s,
    );
    expect(work.drafts.get(call).note).toBe('Safe');
    expect(work.view(call)?.draft.note).toBe('Safe');
    empty();
    expect(work.drafts.change(call, { note: tooMuch }).note).toBe(tooMuch);
  });

  it('refuses Save and leaves the wrap-up as it is', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.tell('remoteHungUp', call);
    work.drafts.change(call, { note: tooMuch, dispositionId: sold });
    const empty = fillDisk(work);
    expect(refusal(() => work.desk.finish(call)).reason).toBe('diskFull');
    expect(work.view(call)?.phase).toBe('wrapUp');
    expect(work.hub.at(-1)).toBe('wrapUp');
    empty();
    work.desk.finish(call);
    expect(work.entry(call).state).toBe('undoable');
  });

  it('stops no call: it rings, is talked on and ends, and is written when there is room again', async () => {
    const work = await deskAtWork();
    // Numbers so long that each row needs a page of its own.
    const long = { callerNumber: null, callerName: 'x'.repeat(9000) };
    const empty = fillDisk(work);
    const call = work.talk('call-1', long);
    expect(work.view(call)?.phase).toBe('talking');
    expect(refusal(() => work.drafts.change(call, { note: 'x' })).reason).toBe('diskFull');
    work.tell('remoteHungUp', call);
    work.clock.pass(30_000);
    expect(work.view(call)).toBeUndefined();
    expect(refusal(() => work.history.get(call)).reason).toBe('noSuchCall');
    expect(work.logged.join()).toMatch(/the disk refuses/);
    empty();
    work.clock.pass(5000);
    expect(work.entry(call)).toMatchObject({ outcome: 'accepted', state: 'toFinish' });
  });

  it('still answers searches', async () => {
    const work = await deskAtWork();
    const first = work.ring('call-1');
    work.desk.decline(first);
    expect(work.history.search({ text: 'anna', beforeMs: null, limit: 10 }).entries).toHaveLength(1);
    const second = work.ring('call-2', { callerNumber: null, callerName: 'Anna again '.repeat(600) });
    work.desk.decline(second);
    fillDisk(work);
    expect(work.history.search({ text: 'anna', beforeMs: null, limit: 10 }).entries).toHaveLength(1);
    expect(work.logged.join()).toMatch(/search index cannot be written/);
  });
});

describe('a disk that cannot be written', () => {
  it('is told apart from a full one', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.database.sqlite.pragma('query_only = ON');
    const refused = refusal(() => work.drafts.change(call, { note: 'x' }));
    expect(refused.reason).toBe('diskFailed');
    expect(refused.message).toMatch(/could not be written/);
  });
});
