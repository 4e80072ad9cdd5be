// The calls' and the history's share of the desktop contract, served over a wire: every reply and event fits its schema.
import { describe, expect, it } from 'vitest';
import { callsCommands, callsEvents } from '#shared/desktop/calls-contract.ts';
import { historyCommands, historyEvents } from '#shared/desktop/history-contract.ts';
import { emptyFormDraft } from '#shared/domain/form-draft.ts';
import { connect } from '#shared/wire/connect.ts';
import { defineContract } from '#shared/wire/contract.ts';
import { memoryWire } from '#shared/wire/memory-wire.ts';
import { serve } from '#shared/wire/serve.ts';
import { announceCalls, callHandlers } from '../../src-main/calls/call-handlers.ts';
import { announceHistory, historyHandlers } from '../../src-main/history/history-handlers.ts';
import { recordingLog } from '../support/recording-log.ts';
import { type DeskAtWork, deskAtWork, sold } from './desk-at-work.ts';

const contract = defineContract({
  name: 'calls-and-history',
  version: 1,
  commands: { ...callsCommands, ...historyCommands },
  events: { ...callsEvents, ...historyEvents },
});

function window(work: DeskAtWork) {
  const wire = memoryWire();
  const log = recordingLog();
  const undone: unknown[] = [];
  const handlers = {
    ...callHandlers(work, (callId, from) => undone.push([callId, from])),
    ...historyHandlers({
      history: work.history,
      dispositions: work.dispositionList,
      voicemails: work.voicemailPort,
    }),
  };
  const served = serve(contract, handlers, wire.left, { context: { window: 'agent' as const }, log });
  announceCalls(work, (name, payload) => served.emit(name, payload as never));
  announceHistory(
    { history: work.history, dispositions: work.dispositionList, voicemails: work.voicemailPort },
    (name, payload) => served.emit(name, payload as never),
  );
  return { client: connect(contract, wire.right, log), log, undone };
}

describe('a window over the wire', () => {
  it('FORM-1 FORM-2 FORM-6 FORM-7: sees the form open, is refused what is required, and saves a lead', async () => {
    const work = await deskAtWork();
    const { client, log } = window(work);
    const told: number[] = [];
    client.on('callForms.changed', (forms) => told.push(forms.length));
    work.setForm('practice', { opens: 'afterAnswer', opensInternal: 'beforeAnswer' });
    expect(await client.call('callForms.get', null)).toMatchObject([{ projectId: 'practice' }]);
    expect(told).toEqual([1]);
    const formOf = async () => (await client.call('calls.get', null))[0]?.form;
    const colleague = work.ring('call-0', { callerNumber: '202' });
    expect(await formOf()).toMatchObject({ open: true, internal: true, does: 'nothing' });
    await client.call('calls.decline', { callId: colleague });
    const callId = work.ring('call-1', { callerNumber: '+493055501234', calledNumber: '+442079460000' });
    expect(await formOf()).toMatchObject({ open: false, creates: 'lead', calledNumber: '020 7946 0000' });
    await client.call('calls.accept', { callId });
    work.tell('established', callId);
    expect(await formOf()).toMatchObject({ open: true });
    const form = { ...emptyFormDraft, typed: { new: { firstName: 'Ada', email: 'no address' } } };
    await client.call('drafts.change', { callId, form, dispositionId: sold });
    work.tell('remoteHungUp', callId);
    await expect(client.call('calls.finish', { callId })).rejects.toMatchObject({ reason: 'fieldsInvalid' });
    const typed = { new: { firstName: 'Ada', lastName: 'Moe', email: 'ada@example.org' } };
    await client.call('drafts.change', { callId, form: { ...form, typed } });
    await client.call('calls.finish', { callId });
    expect(await client.call('history.get', { callId })).toMatchObject({
      contact: { name: 'Ada Moe', kind: 'lead', projectName: 'Practice' },
    });
    expect(await client.call('calls.form', { callId })).toMatchObject({ open: false, does: 'keeps' });
    expect(log.lines).toEqual([]);
  });

  it('takes a call from ringing to the history', async () => {
    const work = await deskAtWork();
    const { client, log, undone } = window(work);
    const phases: (string | undefined)[] = [];
    const changed: unknown[] = [];
    const inboxes: number[] = [];
    client.on('calls.changed', (views) => phases.push(views[0]?.phase));
    client.on('history.changed', ({ callId }) => changed.push(callId));
    client.on('inbox.changed', (inbox) => inboxes.push(inbox.toFinish.length));
    const callId = work.ring('call-1');
    expect(await client.call('calls.get', null)).toMatchObject([{ callId, phase: 'offered' }]);
    expect(await client.call('calls.accept', { callId })).toBeNull();
    work.tell('established', callId);
    await client.call('calls.sendDtmf', { callId, tones: '12#' });
    await client.call('calls.setMuted', { callId, muted: true });
    await client.call('drafts.change', { callId, note: 'Ordered two' });
    await client.call('calls.hangUp', { callId });
    work.tell('byeConfirmed', callId);
    await client.call('calls.extendWrapUp', { callId, byMs: 1000 });
    await expect(client.call('calls.finish', { callId })).rejects.toMatchObject({
      reason: 'dispositionRequired',
    });
    await client.call('drafts.change', { callId, dispositionId: sold });
    const { undoUntilMs } = await client.call('calls.finish', { callId });
    expect(undoUntilMs).toBe(work.clock.nowMs() + 10_000);
    await client.call('calls.undoFinish', { callId });
    expect(undone).toEqual([[callId, 'agent']]);
    expect((await client.call('inbox.get', null)).toFinish).toMatchObject([{ callId, note: 'Ordered two' }]);
    await client.call('calls.finish', { callId });
    const page = await client.call('history.search', { text: 'anna ordered', beforeMs: null, limit: 10 });
    expect(page).toMatchObject({
      more: false,
      entries: [{ callId, state: 'undoable', disposition: { id: sold } }],
    });
    expect([...new Set(phases)]).toEqual([
      'offered',
      'answering',
      'talking',
      'hangingUp',
      'wrapUp',
      undefined,
    ]);
    expect(changed.length).toBeGreaterThanOrEqual(3);
    expect(inboxes).toEqual([0, 1, 0]);
    expect(log.lines).toEqual([]);
  });

  it('reads lists, corrects, marks, and is refused in words', async () => {
    const work = await deskAtWork();
    const { client } = window(work);
    const callId = work.ring('call-1');
    work.tell('callerGaveUp', callId);
    await client.call('history.markSeen', { callId });
    expect(await client.call('history.get', { callId })).toMatchObject({ outcome: 'abandoned', seen: true });
    expect(await client.call('dispositions.get', null)).toHaveLength(3);
    expect(await client.call('voicemail.list', null)).toEqual([]);
    await expect(
      client.call('history.correct', { callId, note: 'x', dispositionId: null }),
    ).rejects.toMatchObject({ reason: 'notFinished' });
    await expect(client.call('voicemail.audio', { voicemailId: 'v' as never })).rejects.toMatchObject({
      reason: 'hubAway',
    });
    await expect(client.call('calls.dial', { target: 'nobody' })).rejects.toMatchObject({
      reason: 'notANumber',
    });
    const dialled = await client.call('calls.dial', { target: '202' });
    expect(await client.call('calls.get', null)).toMatchObject([
      { callId: dialled.callId, phase: 'dialing' },
    ]);
  });
});
