// Client transaction of every method but INVITE and ACK, over a reliable transport (RFC 3261 17.1.2). Pure.
// Timer E does not run and timer K is 0 there.

export type OtherClientState = 'trying' | 'proceeding' | 'terminated';

export type OtherClientEvent =
  | { readonly type: 'response'; readonly status: number }
  | { readonly type: 'timerF' }
  | { readonly type: 'flowClosed' };

export type OtherClientEffect = 'passResponse' | 'reportTimeout' | 'reportFlowClosed';

export interface OtherClientStep {
  readonly next: OtherClientState;
  readonly effects: readonly OtherClientEffect[];
}

/** @returns null where the event means nothing in this state */
export function stepOtherClient(state: OtherClientState, event: OtherClientEvent): OtherClientStep | null {
  if (state === 'terminated') return null;
  switch (event.type) {
    case 'response':
      return { next: event.status < 200 ? 'proceeding' : 'terminated', effects: ['passResponse'] };
    case 'timerF':
      return { next: 'terminated', effects: ['reportTimeout'] };
    case 'flowClosed':
      return { next: 'terminated', effects: ['reportFlowClosed'] };
  }
}
