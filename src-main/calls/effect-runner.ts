// Carries out the call machine's effects, in order, one at a time, through telephony, clock, hub and journal.
// Called by call-desk.ts. Telephony may tell a fact while it is being asked: the effects of that come after those
// that are under way. A request that throws becomes the fact that it failed, so that no call waits for nothing.
import { assertNever } from '#shared/domain/assert-never.ts';
import type { CallId } from '#shared/domain/ids.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import type { Call, CallEffect, CallFact } from './call.ts';
import type { OfferReporter } from './call-desk-ports.ts';
import type { Clock } from './clock.ts';
import type { TelephonyPort } from './telephony-port.ts';
import { Timers } from './timers.ts';

export interface EffectRunnerParts {
  readonly telephony: TelephonyPort;
  readonly clock: Clock;
  readonly hub: OfferReporter;
  readonly log: WireLog;
  /** Where timers and failures are told. */
  readonly tell: (callId: CallId, fact: CallFact) => void;
  /** The `save` effect: the call as it was when the effect came about. */
  readonly save: (call: Call) => void;
}

export class EffectRunner {
  readonly #parts: EffectRunnerParts;
  readonly #queue: { readonly call: Call; readonly effect: CallEffect }[] = [];
  readonly #timers: Timers<CallId>;
  #running = false;

  constructor(parts: EffectRunnerParts) {
    this.#parts = parts;
    this.#timers = new Timers(parts.clock);
  }

  /** @returns true where all is done; false where this was asked while effects were being carried out */
  run(call: Call, effects: readonly CallEffect[]): boolean {
    for (const effect of effects) this.#queue.push({ call, effect });
    if (this.#running) return false;
    this.#running = true;
    try {
      for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
        try {
          this.#carryOut(next.call, next.effect);
        } catch (error) {
          this.#failed(next.call.callId, next.effect, error);
        }
      }
    } finally {
      this.#running = false;
    }
    return true;
  }

  close(): void {
    this.#timers.close();
  }

  #carryOut(call: Call, effect: CallEffect): void {
    const { telephony, hub, save } = this.#parts;
    const { callId } = call;
    switch (effect.type) {
      case 'sip.dial':
        telephony.dial(callId, effect.target);
        break;
      case 'sip.answer':
        telephony.answer(callId);
        break;
      case 'sip.decline':
        telephony.decline(callId);
        break;
      case 'sip.reject':
        telephony.reject(callId);
        break;
      case 'sip.hangUp':
        telephony.hangUp(callId);
        break;
      case 'sip.hold':
        telephony.hold(callId);
        break;
      case 'sip.resume':
        telephony.resume(callId);
        break;
      case 'sip.transfer':
        telephony.transfer(callId, effect.target);
        break;
      case 'sip.takeBack':
        telephony.takeBack(callId);
        break;
      case 'sip.setMuted':
        telephony.setMuted(callId, effect.muted);
        break;
      case 'sip.sendDtmf':
        telephony.sendDtmf(callId, effect.tones);
        break;
      case 'ringing.start':
        telephony.startRinging(callId);
        break;
      case 'ringing.stop':
        telephony.stopRinging(callId);
        break;
      case 'ringback.start':
        telephony.startRingback(callId);
        break;
      case 'ringback.stop':
        telephony.stopRingback(callId);
        break;
      case 'timer.set': {
        const { tells } = effect;
        this.#timers.set(callId, effect.ms, () => this.#parts.tell(callId, { type: tells }));
        break;
      }
      case 'timer.clear':
        this.#timers.clear(callId);
        break;
      case 'hub.ignoreOffer':
        hub.ignoreOffer(effect.sipCallId);
        break;
      case 'save':
        save(call);
        break;
      default:
        assertNever(effect);
    }
  }

  #failed(callId: CallId, effect: CallEffect, error: unknown): void {
    this.#parts.log.error('calls: an effect failed', { callId, effect: effect.type, error });
    const fact = factOfFailed(effect);
    if (fact) this.#parts.tell(callId, fact);
  }
}

/** What the machine is told where the request itself could not be made; null where nothing waits for an answer. */
function factOfFailed(effect: CallEffect): CallFact | null {
  switch (effect.type) {
    case 'sip.dial':
    case 'sip.answer':
    case 'sip.hangUp':
      return { type: 'failed', cause: 'other' };
    case 'sip.hold':
    case 'sip.resume':
      return { type: 'changeRefused' };
    case 'sip.transfer':
      return { type: 'transferFailed', failure: 'other' };
    default:
      return null;
  }
}
