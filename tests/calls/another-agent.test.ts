// One computer, several agents: what is left of one agent's calls is not the next one's business.
import { describe, expect, it } from 'vitest';
import { userId } from '#shared/domain/ids.ts';
import { deskAtWork, refusal, sold } from './desk-at-work.ts';

const colleague = { userId: userId.parse('agent-2'), displayName: 'Robin Relief' };

describe('an agent who signs out in wrap-up', () => {
  it('leaves nothing of the call to see, to finish or to be busy with for whoever signs in next', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.tell('remoteHungUp', call);
    work.drafts.change(call, { note: 'Wants a call back at home' });
    expect(work.view(call)?.phase).toBe('wrapUp');

    work.signedIn = null;
    work.desk.agentChanged();
    expect(work.desk.views()).toEqual([]);

    work.signedIn = colleague;
    work.desk.agentChanged();
    expect(work.desk.views()).toEqual([]);
    expect(work.changes.at(-1)).toEqual([]);
    expect(work.hub.at(-1)).toBe('free');
    expect(refusal(() => work.desk.finish(call)).reason).toBe('noSuchCall');
    expect(refusal(() => work.desk.extendWrapUp(call, 1000)).reason).toBe('noSuchCall');

    const theirs = work.ring('call-2');
    expect(work.view(theirs)?.phase).toBe('offered');
    work.desk.accept(theirs);
    work.tell('established', theirs);
    expect(work.view(theirs)?.phase).toBe('talking');
  });

  it('finds the wrap-up as it was when back in time', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    const agent = work.signedIn;
    work.tell('remoteHungUp', call);
    work.drafts.change(call, { note: 'Ordered two' });
    const endsAtMs = work.view(call)?.wrapUpEndsAtMs;

    for (const next of [null, colleague, null, agent]) {
      work.signedIn = next;
      work.desk.agentChanged();
    }
    expect(work.changes.at(-1)).toMatchObject([{ callId: call, phase: 'wrapUp', wrapUpEndsAtMs: endsAtMs }]);
    expect(work.view(call)?.draft.note).toBe('Ordered two');
    work.drafts.change(call, { dispositionId: sold });
    work.desk.finish(call);
    expect(work.entry(call)).toMatchObject({ note: 'Ordered two', state: 'undoable' });
  });

  it('finds the call to finish when back too late', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    const agent = work.signedIn;
    work.tell('remoteHungUp', call);
    work.signedIn = colleague;
    work.desk.agentChanged();
    work.clock.pass(31_000);
    expect(work.inbox().toFinish).toEqual([]);
    work.signedIn = agent;
    work.desk.agentChanged();
    expect(work.inbox().toFinish).toMatchObject([{ callId: call }]);
  });
});
