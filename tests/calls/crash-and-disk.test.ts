// The app ends without a word, or the disk takes nothing more: what was marked saved is still there, and said is what
// was not.
import { describe, expect, it } from 'vitest';
import { type CallId, userId } from '#shared/domain/ids.ts';
import type { SipDialog } from '../../src-main/calls/sip-dialog.ts';
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
    ['offered', 'missed', 'appEnded'],
    ['ignored', 'missed', 'appEnded'],
    ['answering', 'missed', 'appEnded'],
    ['dialing', 'failed', null],
    ['remoteRinging', 'failed', null],
  ])(
    'while %s leaves the call in the history as %s (%s), lost with the app, its note to finish',
    async (phase, outcome, missedReason) => {
      const work = await deskAtWork();
      const call = phases[phase]?.(work) as CallId;
      expect(work.view(call)?.phase).toBe(phase);
      work.clock.pass(1000);
      work.drafts.change(call, { note: 'Written just before' });
      const next = await work.crash();
      next.desk.agentChanged();
      expect(next.desk.views()).toEqual([]);
      expect(next.entry(call)).toMatchObject({
        outcome,
        missedReason,
        endCause: 'lost',
        note: 'Written just before',
        state: 'toFinish',
      });
      expect(next.inbox().toFinish).toHaveLength(1);
      expect(next.inbox().missed).toHaveLength(missedReason === null ? 0 : 1);
      expect(next.drafts.get(call)).toMatchObject({ note: 'Written just before' });
    },
  );

  it.each([
    ['talking', 'failed', 'lost'],
    ['holding', 'failed', 'lost'],
    ['held', 'failed', 'lost'],
    ['resuming', 'failed', 'lost'],
    ['transferring', 'failed', 'lost'],
    ['hangingUp', 'failed', 'lost'],
    ['wrapUp', 'accepted', null],
  ])(
    'while %s reopens the wrap-up at sign-in with the note and its whole time; the call is %s (%s)',
    async (phase, outcome, endCause) => {
      const work = await deskAtWork();
      const call = phases[phase]?.(work) as CallId;
      expect(work.view(call)?.phase).toBe(phase);
      work.clock.pass(1000);
      work.drafts.change(call, { note: 'Written just before' });
      const next = await work.crash();
      expect(next.desk.views()).toEqual([]);
      next.desk.agentChanged();
      expect(next.view(call)).toMatchObject({
        phase: 'wrapUp',
        outcome,
        endCause,
        wrapUpEndsAtMs: next.clock.nowMs() + 30_000,
        draft: { note: 'Written just before' },
        remote: { name: 'Anna Müller' },
        projectName: 'Practice',
        intents: { finish: true },
      });
      expect(next.hub.at(-1)).toBe('wrapUp');
      next.drafts.change(call, { dispositionId: sold });
      next.desk.finish(call);
      expect(next.entry(call)).toMatchObject({
        state: 'undoable',
        outcome,
        endCause,
        note: 'Written just before',
        disposition: { id: sold },
      });
      expect(next.hub.at(-1)).toBe('free');
    },
  );

  it('reopens no wrap-up twice, nor that of another agent until they sign in', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    const next = await work.crash();
    const agent = next.signedIn;
    next.signedIn = { userId: userId.parse('agent-2'), displayName: 'Another' };
    next.desk.agentChanged();
    expect(next.desk.views()).toEqual([]);
    next.signedIn = agent;
    next.desk.agentChanged();
    next.desk.agentChanged();
    expect(next.desk.views().map(({ callId }) => callId)).toEqual([call]);
  });

  it('while a reopened wrap-up is written reopens it again, with all that was written since', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.drafts.change(call, { note: 'First' });
    const second = await work.crash();
    second.desk.agentChanged();
    second.drafts.change(call, { note: 'First, second' });
    const third = await second.crash();
    third.desk.agentChanged();
    expect(third.view(call)).toMatchObject({ phase: 'wrapUp', draft: { note: 'First, second' } });
  });

  it('whose wrap-up then runs out leaves the call to finish, as any wrap-up does', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.drafts.change(call, { note: 'Half a wo' });
    const next = await work.crash();
    next.desk.agentChanged();
    next.clock.pass(30_000);
    expect(next.desk.views()).toEqual([]);
    expect(next.entry(call)).toMatchObject({ state: 'toFinish', note: 'Half a wo' });
  });

  it('in a call whose project has no wrap-up leaves it to finish where something was written', async () => {
    const work = await deskAtWork();
    const written = work.talk('call-1', { projectId: 'easy' });
    work.drafts.change(written, { note: 'x' });
    const next = await work.crash();
    next.desk.agentChanged();
    expect(next.desk.views()).toEqual([]);
    expect(next.entry(written)).toMatchObject({ state: 'toFinish', endCause: 'lost' });
  });

  it('while nothing was asked for and nothing written leaves nothing to do', async () => {
    const work = await deskAtWork();
    const call = work.talk('call-1', { projectId: 'easy' });
    const next = await work.crash();
    next.desk.agentChanged();
    expect(next.entry(call)).toMatchObject({ state: 'notNeeded', outcome: 'failed', endCause: 'lost' });
  });

  it('keeps the length of the call to 15 seconds', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    const answeredAtMs = work.clock.nowMs();
    work.clock.pass(100_000);
    const next = await work.crash();
    next.desk.agentChanged();
    expect(next.view(call)?.endedAtMs).toBe(answeredAtMs + 90_000);
  });

  it('after Save leaves the call saved, its undo over by the clock', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.tell('remoteHungUp', call);
    work.drafts.change(call, { note: 'x', dispositionId: sold });
    work.desk.finish(call);
    const next = await work.crash();
    next.desk.agentChanged();
    expect(next.desk.views()).toEqual([]);
    expect(next.entry(call)).toMatchObject({ state: 'finished', note: 'x', disposition: { id: sold } });
    expect(refusal(() => next.desk.undoFinish(call)).reason).toBe('tooLate');
  });

  it('within the undo of a Save leaves it to be undone for what is left of the ten seconds, then says so', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.tell('remoteHungUp', call);
    work.drafts.change(call, { note: 'x', dispositionId: sold });
    const { undoUntilMs } = work.desk.finish(call);
    const next = await work.crash(4_000);
    expect(next.entry(call)).toMatchObject({ state: 'undoable', undoUntilMs });
    const changed: CallId[] = [];
    next.finishing.changed.on((callId) => changed.push(callId));
    next.clock.pass(6_001);
    expect(changed).toEqual([call]);
    expect(next.entry(call).state).toBe('finished');
  });
});

const dialog: SipDialog = {
  callId: 'sip-call-1',
  localTag: 'here',
  remoteTag: 'there',
  localUri: 'sip:201@practice.offhook.invalid',
  remoteUri: 'sip:+442079460018@practice.offhook.invalid',
  remoteTarget: 'sip:there@there.invalid',
  routes: ['<sip:practice.offhook.invalid;lr>'],
  cseq: 4,
};

describe('a crash in a call', () => {
  const talk = (work: DeskAtWork) => {
    const call = work.ring('call-1');
    work.desk.accept(call);
    work.telephony.tell({ type: 'established', callId: call, dialog });
    return call;
  };

  it('leaves telephony to end it at the other side, once', async () => {
    const work = await deskAtWork();
    talk(work);
    const next = await work.crash();
    expect(next.telephony.asked()).toEqual(['endLeftOver sip-call-1']);
    const again = await next.crash();
    expect(again.telephony.asked()).toEqual(['endLeftOver sip-call-1']);
    again.telephony.answerLeftOver();
    const third = await again.crash();
    expect(third.telephony.asked()).toEqual([]);
  });

  it.each(['remoteHungUp', 'byeConfirmed'] as const)(
    'that was over by %s leaves nothing to end',
    async (end) => {
      const work = await deskAtWork();
      const call = talk(work);
      if (end === 'byeConfirmed') work.desk.hangUp(call);
      work.tell(end, call);
      expect((await work.crash()).telephony.asked()).toEqual([]);
    },
  );

  it('that telephony said nothing of is logged as lost all the same', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    const next = await work.crash();
    expect(next.telephony.asked()).toEqual([]);
    next.desk.agentChanged();
    expect(next.view(call)).toMatchObject({ phase: 'wrapUp', endCause: 'lost' });
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
