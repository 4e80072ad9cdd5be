// The four transaction machines of RFC 3261 17 and RFC 6026, every state with every event.
import { describe, expect, it } from 'vitest';
import type {
  InviteClient,
  InviteClientEvent,
} from '../../src-hub/exchange/transactions/invite-client-machine.ts';
import {
  newInviteClient,
  stepInviteClient,
} from '../../src-hub/exchange/transactions/invite-client-machine.ts';
import type { InviteServerEvent } from '../../src-hub/exchange/transactions/invite-server-machine.ts';
import { stepInviteServer } from '../../src-hub/exchange/transactions/invite-server-machine.ts';
import type { OtherClientEvent } from '../../src-hub/exchange/transactions/other-client-machine.ts';
import { stepOtherClient } from '../../src-hub/exchange/transactions/other-client-machine.ts';
import type { OtherServerEvent } from '../../src-hub/exchange/transactions/other-server-machine.ts';
import { stepOtherServer } from '../../src-hub/exchange/transactions/other-server-machine.ts';

describe('the INVITE client transaction', () => {
  const events: Readonly<Record<string, InviteClientEvent>> = {
    '1xx': { type: 'response', status: 180 },
    '2xx': { type: 'response', status: 200 },
    '4xx': { type: 'response', status: 486 },
    cancelled: { type: 'cancelled' },
    answerTimeOver: { type: 'answerTimeOver' },
    timerC: { type: 'timerC' },
    timerM: { type: 'timerM' },
    flowClosed: { type: 'flowClosed' },
  };
  const states: Readonly<Record<string, InviteClient>> = {
    calling: newInviteClient,
    'calling, cancel wanted': { ...newInviteClient, cancelWanted: true },
    proceeding: { ...newInviteClient, state: 'proceeding' },
    'proceeding, cancelled': { state: 'proceeding', cancelWanted: true, cancelSent: true },
    accepted: { ...newInviteClient, state: 'accepted' },
    terminated: { ...newInviteClient, state: 'terminated' },
  };

  it('does in every state what the table says', () => {
    const table = Object.entries(states).flatMap(([name, client]) =>
      Object.entries(events).map(([event, value]) => {
        const step = stepInviteClient(client, value);
        return `${name} + ${event} = ${step ? `${step.next.state} ${step.effects.join(' ')}`.trim() : 'nothing'}`;
      }),
    );
    expect(table).toEqual([
      'calling + 1xx = proceeding stopAnswerTimer passResponse startTimerC',
      'calling + 2xx = accepted stopTimerC stopAnswerTimer passResponse startTimerM',
      'calling + 4xx = terminated sendAck passResponse',
      'calling + cancelled = calling',
      'calling + answerTimeOver = terminated reportTimeout',
      'calling + timerC = calling',
      'calling + timerM = nothing',
      'calling + flowClosed = terminated reportFlowClosed',
      'calling, cancel wanted + 1xx = proceeding stopAnswerTimer passResponse startTimerC sendCancel startAnswerTimer',
      'calling, cancel wanted + 2xx = accepted stopTimerC stopAnswerTimer passResponse startTimerM',
      'calling, cancel wanted + 4xx = terminated sendAck passResponse',
      'calling, cancel wanted + cancelled = nothing',
      'calling, cancel wanted + answerTimeOver = terminated reportTimeout',
      'calling, cancel wanted + timerC = nothing',
      'calling, cancel wanted + timerM = nothing',
      'calling, cancel wanted + flowClosed = terminated reportFlowClosed',
      'proceeding + 1xx = proceeding stopAnswerTimer passResponse startTimerC',
      'proceeding + 2xx = accepted stopTimerC stopAnswerTimer passResponse startTimerM',
      'proceeding + 4xx = terminated sendAck passResponse',
      'proceeding + cancelled = proceeding sendCancel startAnswerTimer',
      'proceeding + answerTimeOver = terminated reportTimeout',
      'proceeding + timerC = proceeding sendCancel startAnswerTimer',
      'proceeding + timerM = nothing',
      'proceeding + flowClosed = terminated reportFlowClosed',
      'proceeding, cancelled + 1xx = proceeding passResponse startTimerC',
      'proceeding, cancelled + 2xx = accepted stopTimerC stopAnswerTimer passResponse startTimerM',
      'proceeding, cancelled + 4xx = terminated sendAck passResponse',
      'proceeding, cancelled + cancelled = nothing',
      'proceeding, cancelled + answerTimeOver = terminated reportTimeout',
      'proceeding, cancelled + timerC = nothing',
      'proceeding, cancelled + timerM = nothing',
      'proceeding, cancelled + flowClosed = terminated reportFlowClosed',
      'accepted + 1xx = nothing',
      'accepted + 2xx = accepted passResponse',
      'accepted + 4xx = nothing',
      'accepted + cancelled = nothing',
      'accepted + answerTimeOver = nothing',
      'accepted + timerC = nothing',
      'accepted + timerM = terminated',
      'accepted + flowClosed = terminated',
      ...Object.keys(events).map((event) => `terminated + ${event} = nothing`),
    ]);
  });

  it('starts timer C with a 180, not with a 100', () => {
    expect(stepInviteClient(newInviteClient, { type: 'response', status: 100 })?.effects).not.toContain(
      'startTimerC',
    );
  });
});

describe('the INVITE server transaction', () => {
  const events: Readonly<Record<string, InviteServerEvent>> = {
    retransmission: { type: 'retransmission' },
    '1xx': { type: 'respond', status: 180 },
    '2xx': { type: 'respond', status: 200 },
    '4xx': { type: 'respond', status: 486 },
    ack: { type: 'ack' },
    timerH: { type: 'timerH' },
    timerL: { type: 'timerL' },
  };

  it('does in every state what the table says', () => {
    const table = (['proceeding', 'completed', 'accepted', 'terminated'] as const).flatMap((state) =>
      Object.entries(events).map(([event, value]) => {
        const step = stepInviteServer(state, value);
        return `${state} + ${event} = ${step ? `${step.next} ${step.effects.join(' ')}`.trim() : 'nothing'}`;
      }),
    );
    expect(table).toEqual([
      'proceeding + retransmission = proceeding sendLastAgain',
      'proceeding + 1xx = proceeding send',
      'proceeding + 2xx = accepted send startTimerL',
      'proceeding + 4xx = completed send startTimerH',
      'proceeding + ack = nothing',
      'proceeding + timerH = nothing',
      'proceeding + timerL = nothing',
      'completed + retransmission = completed sendLastAgain',
      'completed + 1xx = nothing',
      'completed + 2xx = nothing',
      'completed + 4xx = nothing',
      'completed + ack = terminated stopTimer',
      'completed + timerH = terminated',
      'completed + timerL = nothing',
      'accepted + retransmission = nothing',
      'accepted + 1xx = nothing',
      'accepted + 2xx = accepted send',
      'accepted + 4xx = nothing',
      'accepted + ack = nothing',
      'accepted + timerH = nothing',
      'accepted + timerL = terminated',
      ...Object.keys(events).map((event) => `terminated + ${event} = nothing`),
    ]);
  });
});

describe('the other transactions', () => {
  it('of a client end with a final response, with timer F or with the connection', () => {
    const events: readonly OtherClientEvent[] = [
      { type: 'response', status: 100 },
      { type: 'response', status: 200 },
      { type: 'timerF' },
      { type: 'flowClosed' },
    ];
    for (const state of ['trying', 'proceeding'] as const) {
      expect(events.map((event) => stepOtherClient(state, event)?.next)).toEqual([
        'proceeding',
        'terminated',
        'terminated',
        'terminated',
      ]);
    }
    expect(events.map((event) => stepOtherClient('terminated', event))).toEqual([null, null, null, null]);
  });

  it('of a server end with a final response', () => {
    const events: readonly OtherServerEvent[] = [
      { type: 'retransmission' },
      { type: 'respond', status: 100 },
      { type: 'respond', status: 404 },
    ];
    const line = (state: 'trying' | 'proceeding' | 'terminated') =>
      events.map((event) => {
        const step = stepOtherServer(state, event);
        return step ? `${step.next} ${step.effect}` : 'nothing';
      });
    expect(line('trying')).toEqual(['trying none', 'proceeding send', 'terminated send']);
    expect(line('proceeding')).toEqual(['proceeding sendLastAgain', 'proceeding send', 'terminated send']);
    expect(line('terminated')).toEqual(['nothing', 'nothing', 'nothing']);
  });
});
