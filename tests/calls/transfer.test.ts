// CALL-9 at the desk: a call given to somebody else, taken back, and given to this agent's own side by another.
import { describe, expect, it } from 'vitest';
import { callId } from '#shared/domain/ids.ts';
import { deskAtWork } from './desk-at-work.ts';

describe('a call that is transferred', () => {
  it('is put on hold, asked to call the target, and over when that is answered; the history says to whom', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.telephony.asked();
    work.desk.transfer(call, '202');
    expect(work.telephony.asked()).toEqual([`hold ${call}`]);
    work.tell('holdConfirmed', call);
    expect(work.telephony.asked()).toEqual([`transfer ${call} 202`]);
    work.telephony.tell({ type: 'transferRinging', callId: call, queued: false });
    expect(work.view(call)).toMatchObject({
      phase: 'transferring',
      transfer: { to: 'Sam Okafor', kind: 'person', progress: 'ringing', failure: null },
      intents: { takeBack: true, transfer: false, hold: false, letGo: false },
    });
    work.tell('transferConfirmed', call);
    expect(work.telephony.asked()).toEqual([`hangUp ${call}`]);
    work.tell('byeConfirmed', call);
    work.clock.pass(3_600_000);
    expect(work.entry(call)).toMatchObject({ outcome: 'accepted', transferredTo: 'Sam Okafor' });
  });

  it('is here again where nobody takes it, with the reason until that is dismissed', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.desk.transfer(call, '202');
    work.tell('holdConfirmed', call);
    work.telephony.asked();
    work.telephony.tell({ type: 'transferFailed', callId: call, failure: 'busy' });
    expect(work.telephony.asked()).toEqual([`resume ${call}`]);
    work.tell('resumeConfirmed', call);
    expect(work.view(call)).toMatchObject({
      phase: 'talking',
      transfer: { progress: 'failed', failure: 'busy' },
    });
    work.desk.dismissTransfer(call);
    expect(work.view(call)?.transfer).toBeNull();
    work.tell('remoteHungUp', call);
    work.clock.pass(3_600_000);
    expect(work.entry(call)).toMatchObject({ transferredTo: null });
  });

  it('is taken back within two seconds even where the other side says nothing to that', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.desk.transfer(call, '202');
    work.tell('holdConfirmed', call);
    work.telephony.asked();
    work.desk.takeBack(call);
    expect(work.telephony.asked()).toEqual([`takeBack ${call}`]);
    work.clock.pass(1_999);
    expect(work.telephony.asked()).toEqual([`resume ${call}`]);
    work.tell('resumeConfirmed', call);
    expect(work.view(call)).toMatchObject({ phase: 'talking', transfer: null });
  });

  it('goes on as another call where the other side gives it to somebody else', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    const newCallId = callId.parse('given-on');
    work.telephony.tell({ type: 'referred', callId: call, newCallId, target: '202' });
    expect(work.view(newCallId)).toMatchObject({
      phase: 'dialing',
      direction: 'outbound',
      remote: { number: '202', name: 'Sam Okafor' },
    });
    work.tell('established', newCallId);
    work.tell('remoteHungUp', call);
    expect(work.view(newCallId)).toMatchObject({ phase: 'talking' });
  });
});
