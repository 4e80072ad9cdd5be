// INVITE server transaction over a reliable transport (RFC 3261 17.2.1 with RFC 6026 7.1). Pure.
// Timer G does not run and timer I is 0 there, so "confirmed" is left at once.

export type InviteServerState = 'proceeding' | 'completed' | 'accepted' | 'terminated';

export type InviteServerEvent =
  /** The same INVITE again. */
  | { readonly type: 'retransmission' }
  | { readonly type: 'respond'; readonly status: number }
  | { readonly type: 'ack' }
  | { readonly type: 'timerH' }
  | { readonly type: 'timerL' };

export type InviteServerEffect = 'send' | 'sendLastAgain' | 'startTimerH' | 'startTimerL' | 'stopTimer';

export interface InviteServerStep {
  readonly next: InviteServerState;
  readonly effects: readonly InviteServerEffect[];
}

/** @returns null where the event means nothing in this state */
export function stepInviteServer(
  state: InviteServerState,
  event: InviteServerEvent,
): InviteServerStep | null {
  switch (state) {
    case 'proceeding':
      if (event.type === 'retransmission') return { next: state, effects: ['sendLastAgain'] };
      if (event.type !== 'respond') return null;
      if (event.status < 200) return { next: state, effects: ['send'] };
      if (event.status < 300) return { next: 'accepted', effects: ['send', 'startTimerL'] };
      return { next: 'completed', effects: ['send', 'startTimerH'] };
    case 'completed':
      if (event.type === 'retransmission') return { next: state, effects: ['sendLastAgain'] };
      if (event.type === 'ack') return { next: 'terminated', effects: ['stopTimer'] };
      // No ACK: there is nobody left to tell.
      return event.type === 'timerH' ? { next: 'terminated', effects: [] } : null;
    case 'accepted':
      // The 2xx is the callee's to repeat until the ACK reaches it; each passes through here.
      if (event.type === 'respond' && event.status >= 200 && event.status < 300) {
        return { next: state, effects: ['send'] };
      }
      return event.type === 'timerL' ? { next: 'terminated', effects: [] } : null;
    case 'terminated':
      return null;
  }
}
