// Server transaction of every method but INVITE and ACK, over a reliable transport (RFC 3261 17.2.2). Pure.
// Timer J is 0 there: a final response ends it.

export type OtherServerState = 'trying' | 'proceeding' | 'terminated';

export type OtherServerEvent =
  | { readonly type: 'retransmission' }
  | { readonly type: 'respond'; readonly status: number };

export interface OtherServerStep {
  readonly next: OtherServerState;
  readonly effect: 'send' | 'sendLastAgain' | 'none';
}

/** @returns null where the event means nothing in this state */
export function stepOtherServer(state: OtherServerState, event: OtherServerEvent): OtherServerStep | null {
  if (state === 'terminated') return null;
  if (event.type === 'retransmission') {
    return { next: state, effect: state === 'proceeding' ? 'sendLastAgain' : 'none' };
  }
  return { next: event.status < 200 ? 'proceeding' : 'terminated', effect: 'send' };
}
