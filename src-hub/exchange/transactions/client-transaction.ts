// Runs the two client machines for one request that was sent, and tells its owner what came of it.
// Made by the transaction table for forks, requests within dialogs and the exchange's own BYEs.
import type { ExchangeClock, ExchangeTimer } from '../exchange-clock.ts';
import type { Flow } from '../flow.ts';
import { createAck, createCancel } from '../message/hop-requests.ts';
import type { OutgoingRequest, SipResponse } from '../message/sip-message.ts';
import type { InviteClient, InviteClientEvent } from './invite-client-machine.ts';
import { newInviteClient, stepInviteClient } from './invite-client-machine.ts';
import type { OtherClientEvent, OtherClientState } from './other-client-machine.ts';
import { stepOtherClient } from './other-client-machine.ts';

export interface ClientTransactionListener {
  /** Every response but repeated finals other than 2xx. */
  responded(response: SipResponse): void;
  /** Nobody answered in time (408), or the connection is gone (503). */
  failed(kind: 'timeout' | 'flowClosed'): void;
}

export interface ClientTransaction {
  readonly flow: Flow;
  received(response: SipResponse): void;
  /** INVITE only, once. @param reason value of the CANCEL's Reason header, null for none */
  cancel(reason: string | null): void;
  flowClosed(): void;
  /** Drops all timers; nobody is told. */
  end(): void;
}

export interface ClientTransactionParts {
  readonly request: OutgoingRequest;
  readonly flow: Flow;
  readonly clock: ExchangeClock;
  /** Timers B, F and M. */
  readonly timeoutMs: number;
  /** Null where the owner limits the ringing itself. */
  readonly timerCMs: number | null;
  readonly listener: ClientTransactionListener;
  readonly ended: () => void;
  /** A CANCEL is a transaction of its own. */
  readonly sendCancel: (cancel: OutgoingRequest) => void;
}

export class InviteClientTransaction implements ClientTransaction {
  readonly flow: Flow;
  readonly #parts: ClientTransactionParts;
  #client: InviteClient = newInviteClient;
  #cancelReason: string | null = null;
  #answerTimer: ExchangeTimer | null = null;
  #timerC: ExchangeTimer | null = null;

  constructor(parts: ClientTransactionParts) {
    this.flow = parts.flow;
    this.#parts = parts;
    this.#startAnswerTimer();
  }

  received(response: SipResponse): void {
    this.#step({ type: 'response', status: response.status }, response);
  }

  cancel(reason: string | null): void {
    if (!this.#client.cancelWanted) this.#cancelReason = reason;
    this.#step({ type: 'cancelled' });
  }

  flowClosed(): void {
    this.#step({ type: 'flowClosed' });
  }

  end(): void {
    this.#client = { ...this.#client, state: 'terminated' };
    this.#answerTimer?.clear();
    this.#timerC?.clear();
  }

  #step(event: InviteClientEvent, response?: SipResponse): void {
    const step = stepInviteClient(this.#client, event);
    if (!step) return;
    this.#client = step.next;
    const { listener, request, clock, timeoutMs } = this.#parts;
    // Before the owner hears of it, so that it finds the transaction gone.
    if (step.next.state === 'terminated') {
      this.#answerTimer?.clear();
      this.#timerC?.clear();
      this.#parts.ended();
    }
    for (const effect of step.effects) {
      switch (effect) {
        case 'passResponse':
          if (response) listener.responded(response);
          break;
        case 'sendAck':
          if (response) this.flow.send(createAck(request, response));
          break;
        case 'sendCancel':
          this.#parts.sendCancel(createCancel(request, this.#cancelReason));
          break;
        case 'startTimerC':
          this.#startTimerC();
          break;
        case 'stopTimerC':
          this.#timerC?.clear();
          break;
        case 'startAnswerTimer':
          this.#startAnswerTimer();
          break;
        case 'stopAnswerTimer':
          this.#answerTimer?.clear();
          break;
        case 'startTimerM':
          this.#answerTimer = clock.startTimer(timeoutMs, () => this.#step({ type: 'timerM' }));
          break;
        case 'reportTimeout':
          listener.failed('timeout');
          break;
        case 'reportFlowClosed':
          listener.failed('flowClosed');
          break;
      }
    }
  }

  #startAnswerTimer(): void {
    this.#answerTimer?.clear();
    this.#answerTimer = this.#parts.clock.startTimer(this.#parts.timeoutMs, () =>
      this.#step({ type: 'answerTimeOver' }),
    );
  }

  #startTimerC(): void {
    const { timerCMs, clock } = this.#parts;
    this.#timerC?.clear();
    if (timerCMs !== null) this.#timerC = clock.startTimer(timerCMs, () => this.#step({ type: 'timerC' }));
  }
}

export class OtherClientTransaction implements ClientTransaction {
  readonly flow: Flow;
  readonly #parts: ClientTransactionParts;
  #state: OtherClientState = 'trying';
  readonly #timerF: ExchangeTimer;

  constructor(parts: ClientTransactionParts) {
    this.flow = parts.flow;
    this.#parts = parts;
    this.#timerF = parts.clock.startTimer(parts.timeoutMs, () => this.#step({ type: 'timerF' }));
  }

  received(response: SipResponse): void {
    this.#step({ type: 'response', status: response.status }, response);
  }

  cancel(): void {
    // RFC 3261 9.1: only an INVITE is cancelled.
  }

  flowClosed(): void {
    this.#step({ type: 'flowClosed' });
  }

  end(): void {
    this.#state = 'terminated';
    this.#timerF.clear();
  }

  #step(event: OtherClientEvent, response?: SipResponse): void {
    const step = stepOtherClient(this.#state, event);
    if (!step) return;
    this.#state = step.next;
    if (step.next === 'terminated') {
      this.#timerF.clear();
      this.#parts.ended();
    }
    for (const effect of step.effects) {
      if (effect === 'passResponse' && response) this.#parts.listener.responded(response);
      if (effect === 'reportTimeout') this.#parts.listener.failed('timeout');
      if (effect === 'reportFlowClosed') this.#parts.listener.failed('flowClosed');
    }
  }
}
