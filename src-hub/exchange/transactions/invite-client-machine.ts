// INVITE client transaction over a reliable transport (RFC 3261 17.1.1 with RFC 6026 7.2). Pure.
// Timer A does not run and timer D is 0 there, so "completed" is left as soon as the ACK is sent.

export type InviteClientState = 'calling' | 'proceeding' | 'accepted' | 'terminated';

export type InviteClientEvent =
  | { readonly type: 'response'; readonly status: number }
  | { readonly type: 'cancelled' }
  /** Timer B, and after a CANCEL the 64 T1 of RFC 3261 9.1. */
  | { readonly type: 'answerTimeOver' }
  /** Timer C (16.6 step 11). */
  | { readonly type: 'timerC' }
  | { readonly type: 'timerM' }
  | { readonly type: 'flowClosed' };

export type InviteClientEffect =
  | 'passResponse'
  | 'sendAck'
  | 'sendCancel'
  | 'startTimerC'
  | 'stopTimerC'
  | 'startAnswerTimer'
  | 'stopAnswerTimer'
  | 'startTimerM'
  | 'reportTimeout'
  | 'reportFlowClosed';

export interface InviteClient {
  readonly state: InviteClientState;
  /** A CANCEL is wanted, but may not be sent before the first provisional response (9.1). */
  readonly cancelWanted: boolean;
  readonly cancelSent: boolean;
}

export interface InviteClientStep {
  readonly next: InviteClient;
  readonly effects: readonly InviteClientEffect[];
}

export const newInviteClient: InviteClient = { state: 'calling', cancelWanted: false, cancelSent: false };

/** @returns null where the event means nothing in this state; a late response is then dropped */
export function stepInviteClient(client: InviteClient, event: InviteClientEvent): InviteClientStep | null {
  switch (client.state) {
    case 'calling':
    case 'proceeding':
      return stepOpen(client, event);
    case 'accepted':
      if (event.type === 'response' && isSuccess(event.status))
        return { next: client, effects: ['passResponse'] };
      if (event.type === 'timerM' || event.type === 'flowClosed') return ended(client, []);
      return null;
    case 'terminated':
      return null;
  }
}

function stepOpen(client: InviteClient, event: InviteClientEvent): InviteClientStep | null {
  switch (event.type) {
    case 'response':
      if (event.status < 200) return provisional(client, event.status);
      if (isSuccess(event.status)) {
        return {
          next: { ...client, state: 'accepted' },
          effects: ['stopTimerC', 'stopAnswerTimer', 'passResponse', 'startTimerM'],
        };
      }
      return ended(client, ['sendAck', 'passResponse']);
    case 'cancelled':
      if (client.cancelWanted) return null;
      if (client.state === 'calling') return { next: { ...client, cancelWanted: true }, effects: [] };
      return {
        next: { ...client, cancelWanted: true, cancelSent: true },
        effects: ['sendCancel', 'startAnswerTimer'],
      };
    case 'answerTimeOver':
      return ended(client, ['reportTimeout']);
    case 'timerC':
      return stepOpen(client, { type: 'cancelled' });
    case 'flowClosed':
      return ended(client, ['reportFlowClosed']);
    case 'timerM':
      return null;
  }
}

function provisional(client: InviteClient, status: number): InviteClientStep {
  const effects: InviteClientEffect[] = ['passResponse'];
  // Timer B ends with the first provisional response; the one after a CANCEL goes on.
  if (!client.cancelSent) effects.unshift('stopAnswerTimer');
  if (status > 100) effects.push('startTimerC');
  if (client.cancelWanted && !client.cancelSent) effects.push('sendCancel', 'startAnswerTimer');
  const next = { ...client, state: 'proceeding' as const, cancelSent: client.cancelWanted };
  return { next, effects };
}

function ended(client: InviteClient, effects: readonly InviteClientEffect[]): InviteClientStep {
  return { next: { ...client, state: 'terminated' }, effects };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
