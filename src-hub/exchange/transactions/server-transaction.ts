// Runs the two server machines for one request: sends responses back over the connection that it came from.
// Made by the transaction table; handlers answer through `respond`.
import type { ExchangeClock, ExchangeTimer } from '../exchange-clock.ts';
import type { Flow } from '../flow.ts';
import { createResponse } from '../message/responses.ts';
import type { OutgoingResponse, SipRequest } from '../message/sip-message.ts';
import type { InviteServerEvent, InviteServerState } from './invite-server-machine.ts';
import { stepInviteServer } from './invite-server-machine.ts';
import type { OtherServerEvent, OtherServerState } from './other-server-machine.ts';
import { stepOtherServer } from './other-server-machine.ts';

export interface ServerTransaction {
  readonly request: SipRequest;
  readonly flow: Flow;
  /** @returns false where the connection is gone or another final response was sent before */
  respond(response: OutgoingResponse): boolean;
  /** The same request arrived again. */
  retransmitted(): void;
  /** The ACK to a final response other than 2xx arrived. */
  acknowledged(): void;
  /** Drops all timers; nothing more is sent. */
  end(): void;
  /** The caller wants no more (CANCEL), or its connection is gone. Set by the handler of the request. */
  onAbandoned: (() => void) | null;
}

interface Parts {
  readonly request: SipRequest;
  readonly flow: Flow;
  readonly clock: ExchangeClock;
  readonly timeoutMs: number;
  readonly ended: () => void;
}

/** Sends 100 at once (RFC 3261 17.2.1 allows 200 ms; nothing is gained by waiting). */
export class InviteServerTransaction implements ServerTransaction {
  readonly request: SipRequest;
  readonly flow: Flow;
  onAbandoned: (() => void) | null = null;
  readonly #parts: Parts;
  #state: InviteServerState = 'proceeding';
  #last: OutgoingResponse;
  #timer: ExchangeTimer | null = null;

  constructor(parts: Parts) {
    this.request = parts.request;
    this.flow = parts.flow;
    this.#parts = parts;
    this.#last = createResponse(parts.request, 100);
    this.flow.send(this.#last);
  }

  respond(response: OutgoingResponse): boolean {
    return this.#step({ type: 'respond', status: response.status }, response);
  }

  retransmitted(): void {
    this.#step({ type: 'retransmission' });
  }

  acknowledged(): void {
    this.#step({ type: 'ack' });
  }

  end(): void {
    this.#timer?.clear();
    this.#state = 'terminated';
  }

  #step(event: InviteServerEvent, response?: OutgoingResponse): boolean {
    const step = stepInviteServer(this.#state, event);
    if (!step) return false;
    this.#state = step.next;
    let delivered = true;
    for (const effect of step.effects) {
      switch (effect) {
        case 'send':
          if (response) this.#last = response;
          delivered = this.flow.send(this.#last);
          break;
        case 'sendLastAgain':
          this.flow.send(this.#last);
          break;
        case 'startTimerH':
          this.#startTimer('timerH');
          break;
        case 'startTimerL':
          this.#startTimer('timerL');
          break;
        case 'stopTimer':
          this.#timer?.clear();
          break;
      }
    }
    if (step.next === 'terminated') this.#parts.ended();
    return delivered;
  }

  #startTimer(type: 'timerH' | 'timerL'): void {
    this.#timer = this.#parts.clock.startTimer(this.#parts.timeoutMs, () => this.#step({ type }));
  }
}

export class OtherServerTransaction implements ServerTransaction {
  readonly request: SipRequest;
  readonly flow: Flow;
  onAbandoned: (() => void) | null = null;
  readonly #parts: Parts;
  #state: OtherServerState = 'trying';
  #last: OutgoingResponse | null = null;

  constructor(parts: Parts) {
    this.request = parts.request;
    this.flow = parts.flow;
    this.#parts = parts;
  }

  respond(response: OutgoingResponse): boolean {
    return this.#step({ type: 'respond', status: response.status }, response);
  }

  retransmitted(): void {
    this.#step({ type: 'retransmission' });
  }

  acknowledged(): void {
    // Only INVITE has an ACK.
  }

  end(): void {
    this.#state = 'terminated';
  }

  #step(event: OtherServerEvent, response?: OutgoingResponse): boolean {
    const step = stepOtherServer(this.#state, event);
    if (!step) return false;
    this.#state = step.next;
    if (response) this.#last = response;
    const delivered = step.effect === 'none' || !this.#last || this.flow.send(this.#last);
    if (step.next === 'terminated') this.#parts.ended();
    return delivered;
  }
}
