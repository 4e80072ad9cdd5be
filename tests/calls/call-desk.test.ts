// The call desk over a scripted telephony and a clock turned by hand, on real SQLite.
// Over 400 lines: one short story for each thing that a call may do.
import { describe, expect, it } from 'vitest';
import { deskAtWork, refusal, sold } from './desk-at-work.ts';

describe('an offer', () => {
  it('rings, is shown with who calls and what may be done, and is told once', async () => {
    const work = await deskAtWork();
    const call = work.ring('call-1', { redirectedFrom: '+442079460018', queueName: 'Sales' });
    expect(work.telephony.asked()).toEqual(['startRinging call-1']);
    expect(work.view(call)).toMatchObject({
      phase: 'offered',
      direction: 'inbound',
      remote: { name: 'Anna Müller', recordKind: 'customer' },
      projectName: 'Practice',
      queueName: 'Sales',
      redirectedFrom: '020 7946 0018',
      dispositionRequired: true,
      intents: { accept: true, ignore: true, decline: true, hangUp: false, finish: false },
    });
    expect(work.offeredViews.map((view) => view.callId)).toEqual([call]);
    expect(work.hub).toEqual([]);
  });

  it('is answered when accepted, and talks once established', async () => {
    const work = await deskAtWork();
    const call = work.ring('call-1');
    work.desk.accept(call);
    expect(work.telephony.asked()).toEqual(['startRinging call-1', 'stopRinging call-1', 'answer call-1']);
    expect(work.view(call)?.phase).toBe('answering');
    work.clock.pass(1200);
    work.tell('established', call);
    expect(work.view(call)).toMatchObject({ phase: 'talking', answeredAtMs: work.clock.nowMs() });
    expect(work.hub).toEqual(['onCall']);
  });

  it('falls silent when ignored, tells the hub, and can still be accepted', async () => {
    const work = await deskAtWork();
    const call = work.ring('call-1');
    work.desk.ignore(call);
    expect(work.telephony.asked()).toEqual(['startRinging call-1', 'stopRinging call-1']);
    expect(work.hub).toEqual(['ignore sip-call-1']);
    expect(work.view(call)).toMatchObject({ phase: 'ignored', intents: { accept: true, ignore: false } });
    work.desk.accept(call);
    work.tell('established', call);
    expect(work.view(call)?.phase).toBe('talking');
  });

  it('that was ignored and then answered by a colleague is logged as answered elsewhere, and not as missed', async () => {
    const work = await deskAtWork();
    const call = work.ring('call-1');
    work.desk.ignore(call);
    work.tell('answeredElsewhere', call);
    expect(work.view(call)).toBeUndefined();
    expect(work.entry(call)).toMatchObject({ outcome: 'answeredElsewhere', missedReason: null });
    expect(work.inbox().missed).toEqual([]);
  });

  it('that was ignored and rang out is missed because it was ignored', async () => {
    const work = await deskAtWork();
    const call = work.ring('call-1');
    work.desk.ignore(call);
    work.tell('rangOut', call);
    expect(work.inbox().missed).toMatchObject([{ callId: call, outcome: 'missed', missedReason: 'ignored' }]);
  });

  it('falls silent when another device of the agent ignored it, without telling the hub again', async () => {
    const work = await deskAtWork();
    const call = work.ring('call-1');
    const view = work.view(call);
    work.desk.offerSilenced('sip-call-1' as never);
    expect(work.telephony.asked()).toEqual(['startRinging call-1', 'stopRinging call-1']);
    expect([view?.phase, work.view(call)?.phase]).toEqual(['offered', 'ignored']);
    expect(work.hub).toEqual([]);
  });

  it('ends with 603 when declined', async () => {
    const work = await deskAtWork();
    const call = work.ring('call-1');
    work.desk.decline(call);
    expect(work.telephony.asked().slice(1)).toEqual(['stopRinging call-1', 'decline call-1']);
    expect(work.entry(call)).toMatchObject({ outcome: 'declined', state: 'notNeeded' });
    expect(work.inbox().missed).toEqual([]);
  });

  it('that the caller gives up falls silent and waits in the inbox until it was looked at', async () => {
    const work = await deskAtWork();
    const call = work.ring('call-1');
    work.tell('callerGaveUp', call);
    expect(work.telephony.asked()).toEqual(['startRinging call-1', 'stopRinging call-1']);
    expect(work.inbox().missed).toMatchObject([{ callId: call, outcome: 'abandoned', seen: false }]);
    work.history.markSeen(call);
    expect(work.inbox().missed).toEqual([]);
    expect(work.entry(call).seen).toBe(true);
  });

  it('whose link is lost is missed because of the network', async () => {
    const work = await deskAtWork();
    const call = work.ring('call-1');
    work.telephony.tell({ type: 'failed', callId: call, cause: 'network' });
    expect(work.entry(call)).toMatchObject({ outcome: 'missed', missedReason: 'network' });
  });

  it('goes on ringing when it is accepted with a microphone that is not ready', async () => {
    const work = await deskAtWork();
    const call = work.ring('call-1');
    work.microphoneReady = false;
    const refused = refusal(() => work.desk.accept(call));
    expect(refused.reason).toBe('microphoneNotReady');
    expect(refused.message).toMatch(/still ringing/);
    expect(work.view(call)?.phase).toBe('offered');
    expect(work.telephony.asked()).toEqual(['startRinging call-1']);
    work.microphoneReady = true;
    work.desk.accept(call);
    expect(work.view(call)?.phase).toBe('answering');
  });

  it('ends after the longest time that any offer may ring, where its CANCEL was lost', async () => {
    const work = await deskAtWork();
    const call = work.ring('call-1');
    work.clock.pass(300_000);
    expect(work.telephony.asked()).toEqual(['startRinging call-1', 'stopRinging call-1', 'reject call-1']);
    expect(work.entry(call)).toMatchObject({ outcome: 'missed', missedReason: 'rangOut' });
  });

  it('is rejected where nobody is signed in', async () => {
    const work = await deskAtWork();
    work.signedIn = null;
    work.ring('call-1');
    expect(work.telephony.asked()).toEqual(['reject call-1']);
    expect(work.desk.views()).toEqual([]);
  });
});

describe('more than one call', () => {
  it('rejects the other offers when one is accepted, and logs them as missed on another call', async () => {
    const work = await deskAtWork();
    const first = work.ring('call-1');
    const second = work.ring('call-2');
    const third = work.ring('call-3');
    work.desk.ignore(third);
    work.telephony.asked();
    work.desk.accept(second);
    expect(work.telephony.asked()).toEqual([
      'stopRinging call-2',
      'answer call-2',
      'stopRinging call-1',
      'reject call-1',
      'reject call-3',
    ]);
    expect(work.desk.views().map((view) => view.callId)).toEqual([second]);
    expect(work.entry(first)).toMatchObject({ outcome: 'missed', missedReason: 'onAnotherCall' });
    expect(work.entry(third)).toMatchObject({ outcome: 'missed', missedReason: 'onAnotherCall' });
  });

  it('rejects an offer that comes while the agent talks, without a sound and without a pop', async () => {
    const work = await deskAtWork();
    work.talk();
    const told = work.offeredViews.length;
    const second = work.ring('call-2');
    expect(work.telephony.asked()).toEqual(['reject call-2']);
    expect(work.offeredViews).toHaveLength(told);
    expect(work.inbox().missed).toMatchObject([{ callId: second, missedReason: 'onAnotherCall' }]);
  });

  it('rejects an offer that comes in wrap-up', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.tell('remoteHungUp', call);
    expect(work.view(call)?.phase).toBe('wrapUp');
    const second = work.ring('call-2');
    expect(work.telephony.asked()).toEqual(['reject call-2']);
    expect(work.entry(second)).toMatchObject({ outcome: 'missed', missedReason: 'onAnotherCall' });
  });

  it('rejects what rings when the agent dials instead', async () => {
    const work = await deskAtWork();
    const ringing = work.ring('call-1');
    work.desk.dial('202');
    expect(work.entry(ringing)).toMatchObject({ outcome: 'missed', missedReason: 'onAnotherCall' });
  });
});

describe('a call whose link to the exchange is away', () => {
  it('is not held, resumed or transferred, in words; it is muted and ended as ever', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.registered = false;
    work.telephony.asked();
    expect(refusal(() => work.desk.hold(call)).reason).toBe('exchangeAway');
    expect(refusal(() => work.desk.transfer(call, '202')).reason).toBe('exchangeAway');
    expect(work.telephony.asked()).toEqual([]);
    work.registered = true;
    work.desk.hold(call);
    work.tell('holdConfirmed', call);
    work.registered = false;
    expect(refusal(() => work.desk.resume(call)).reason).toBe('exchangeAway');
    work.desk.setMuted(call, true);
    work.desk.hangUp(call);
    expect(work.telephony.asked()).toEqual([`hold ${call}`, `setMuted ${call} true`, `hangUp ${call}`]);
  });
});

describe('a call out', () => {
  it.each([
    ['notANumber', 'hello', {}],
    ['notANumber', '', {}],
    ['phoneOff', '202', { phoneOn: false }],
    ['phoneOff', '202', { signedIn: null }],
    ['notRegistered', '202', { registered: false }],
    ['microphoneNotReady', '202', { microphoneReady: false }],
  ])('is refused with %s for "%s" when %o', async (reason, target, how) => {
    const work = await deskAtWork();
    Object.assign(work, how);
    expect(refusal(() => work.desk.dial(target)).reason).toBe(reason);
    expect(work.telephony.asked()).toEqual([]);
    expect(work.desk.views()).toEqual([]);
  });

  it('is refused during another, and allowed again in wrap-up', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    expect(refusal(() => work.desk.dial('202')).reason).toBe('onAnotherCall');
    work.tell('remoteHungUp', call);
    work.desk.dial('202');
    expect(work.desk.views().map((view) => view.phase)).toEqual(['wrapUp', 'dialing']);
  });

  it('plays ringback only where the far network sends no tone of its own', async () => {
    const work = await deskAtWork();
    const call = work.desk.dial('020 7946 0018');
    expect(work.telephony.asked()).toEqual([`dial ${call} 02079460018`]);
    work.telephony.tell({ type: 'ringingRemotely', callId: call, earlyMedia: false });
    work.telephony.tell({ type: 'ringingRemotely', callId: call, earlyMedia: true });
    work.tell('established', call);
    expect(work.telephony.asked()).toEqual([`startRingback ${call}`, `stopRingback ${call}`]);
    expect(work.view(call)).toMatchObject({
      phase: 'talking',
      direction: 'outbound',
      projectName: 'Practice',
    });
  });

  it.each([
    ['busy', 'busy'],
    ['noAnswer', 'noAnswer'],
    ['notFound', 'failed'],
  ] as const)('that fails with %s is logged as %s, with nothing to finish', async (cause, outcome) => {
    const work = await deskAtWork();
    const call = work.desk.dial('202');
    work.telephony.tell({ type: 'failed', callId: call, cause });
    expect(work.entry(call)).toMatchObject({ outcome, state: 'notNeeded', answeredAtMs: null });
    expect(work.hub).toEqual(['onCall', 'free']);
  });

  it('sends BYE when the 200 crossed our CANCEL, and is logged as cancelled', async () => {
    const work = await deskAtWork();
    const call = work.desk.dial('202');
    work.desk.hangUp(call);
    work.telephony.asked();
    work.tell('established', call);
    expect(work.telephony.asked()).toEqual([`hangUp ${call}`]);
    expect(work.view(call)?.phase).toBe('hangingUp');
    work.tell('byeConfirmed', call);
    expect(work.entry(call)).toMatchObject({ outcome: 'cancelled', answeredAtMs: null });
  });

  it('is ended at once where the stack cannot even dial', async () => {
    const work = await deskAtWork();
    work.telephony.breakNext('dial');
    const call = work.desk.dial('202');
    expect(work.desk.views()).toEqual([]);
    expect(work.entry(call).outcome).toBe('failed');
    expect(work.logged.join()).toMatch(/an effect failed/);
  });
});

describe('a call that is talked on', () => {
  it('is held and resumed when the other side has agreed', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.desk.hold(call);
    expect(work.view(call)?.phase).toBe('holding');
    work.tell('holdConfirmed', call);
    expect(work.view(call)).toMatchObject({ phase: 'held', intents: { resume: true, hold: false } });
    work.desk.resume(call);
    work.tell('resumeConfirmed', call);
    expect(work.view(call)?.phase).toBe('talking');
    expect(work.telephony.asked()).toEqual(['hold call-1', 'resume call-1']);
  });

  it('goes on talking where hold was refused, or could not even be asked for', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.desk.hold(call);
    work.tell('changeRefused', call);
    expect(work.view(call)?.phase).toBe('talking');
    work.telephony.breakNext('hold');
    work.desk.hold(call);
    expect(work.view(call)?.phase).toBe('talking');
  });

  it('shows mute as the microphone has it', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.desk.setMuted(call, true);
    expect(work.view(call)?.muted).toBe(false);
    work.telephony.tell({ type: 'mutedChanged', callId: call, muted: true });
    expect(work.view(call)?.muted).toBe(true);
  });

  it('keeps the tones that were typed', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.desk.sendDtmf(call, '1');
    work.desk.sendDtmf(call, '2#');
    expect(work.view(call)?.dtmfSent).toBe('12#');
    expect(work.telephony.asked()).toEqual(['sendDtmf call-1 1', 'sendDtmf call-1 2#']);
  });

  it('ends by our BYE, or without its answer after five seconds', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.desk.hangUp(call);
    expect(work.telephony.asked()).toEqual(['hangUp call-1']);
    work.clock.pass(4999);
    expect(work.view(call)?.phase).toBe('hangingUp');
    work.clock.pass(1);
    expect(work.view(call)?.phase).toBe('wrapUp');
    expect(work.hub).toEqual(['onCall', 'wrapUp']);
  });

  it('ends once when both hang up at the same moment', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.desk.hangUp(call);
    work.tell('remoteHungUp', call);
    const ended = work.view(call)?.endedAtMs;
    work.tell('byeConfirmed', call);
    expect(work.view(call)).toMatchObject({ phase: 'wrapUp', endedAtMs: ended });
    expect(work.logged).toEqual(['calls: a fact came too late']);
  });

  it('takes a fact that is told while the request is being made', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.telephony.tellDuring('hangUp', { type: 'byeConfirmed', callId: call });
    work.desk.hangUp(call);
    expect(work.view(call)?.phase).toBe('wrapUp');
    // The time limit of hanging up must not be left over from before: the wrap-up has its own 30 seconds.
    work.clock.pass(29_999);
    expect(work.view(call)?.phase).toBe('wrapUp');
  });

  it('that was lost to one who answered at the same moment shows as answered elsewhere, without wrap-up', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.tell('answeredElsewhere', call);
    expect(work.entry(call)).toMatchObject({ outcome: 'answeredElsewhere', answeredAtMs: null });
    expect(work.hub).toEqual(['onCall', 'free']);
  });

  it('ends a call that is established after it was over here, so that no ghost is left', async () => {
    const work = await deskAtWork();
    const call = work.ring('call-1');
    work.desk.decline(call);
    work.telephony.asked();
    work.tell('established', call);
    expect(work.telephony.asked()).toEqual(['hangUp call-1']);
  });

  it('refuses what its phase does not allow, and what is no call', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    expect(refusal(() => work.desk.accept(call)).reason).toBe('notNow');
    expect(refusal(() => work.desk.resume(call)).reason).toBe('notNow');
    expect(refusal(() => work.desk.finish(call)).reason).toBe('notNow');
    expect(refusal(() => work.desk.hangUp('nothing' as never)).reason).toBe('noSuchCall');
    expect(refusal(() => work.desk.finish('nothing' as never)).reason).toBe('noSuchCall');
  });
});

describe('listeners', () => {
  it('are told of every change; one that fails does not keep it from the others', async () => {
    const work = await deskAtWork();
    const seen: (string | undefined)[] = [];
    work.desk.changed.on(() => {
      throw new Error('a window is gone');
    });
    work.desk.changed.on((views) => seen.push(views[0]?.phase));
    const call = work.ring('call-1');
    work.desk.decline(call);
    expect(seen).toEqual(['offered', undefined]);
    expect(work.closedViews).toMatchObject([{ callId: call, phase: 'closed', outcome: 'declined' }]);
  });

  it('see the quality that was last measured', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    const quality = { bars: 2, cause: 'loss', mos: 3.1 } as const;
    work.telephony.tell({ type: 'qualitySampled', callId: call, quality });
    expect(work.changes.at(-1)).toMatchObject([{ callId: call, quality }]);
  });

  it('see the draft beside its call', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.drafts.change(call, { note: 'Wants two', dispositionId: sold });
    expect(work.changes.at(-1)).toMatchObject([{ draft: { note: 'Wants two', dispositionId: sold } }]);
  });
});
