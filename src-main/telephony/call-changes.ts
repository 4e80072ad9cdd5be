// What may be changed in a call that runs: hold, resume, blind transfer. Each is concluded by exactly one fact.
// Used by sip-session.ts, which owns the session and the timers.
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { TransferFailure } from '#shared/domain/call-view.ts';
import type { CallId } from '#shared/domain/ids.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import { changeHold, type HoldAttempt } from '../../src-sip/session-internals.ts';
import type { TelephonyFact } from '../calls/telephony-port.ts';
import { refusedRefer, transferFailureOf } from './failure-causes.ts';
import { reasonForLog } from './reason-for-log.ts';

export interface ChangeSurroundings {
  readonly callId: CallId;
  readonly log: WireLog;
  /** A hold or resume that is not answered for this long is given up; a late answer is undone. */
  readonly changeWithinMs: number;
  /** Drops facts of a call that is over. */
  readonly tell: (fact: TelephonyFact) => void;
  /** A timer that ends with the call. */
  readonly later: (ms: number, act: () => void) => void;
  /** False while the call's connection is made anew. */
  readonly mayOffer: () => boolean;
  /** Takes an offer back that the other side refused. */
  readonly rollBack: () => void;
}

/** An INVITE under way, of either side, is over in a moment; so is the making of another connection. */
const lookAgainMs = 100;

export class HoldChanges {
  readonly #around: ChangeSurroundings;
  #attempt: (HoldAttempt & { confirmed(): void }) | null = null;
  #carried = false;

  constructor(around: ChangeSurroundings) {
    this.#around = around;
  }

  /** An offer of ours is on its way. */
  get pending(): boolean {
    return this.#attempt !== null;
  }

  change(session: RTCSession | null, hold: boolean): void {
    const { callId, tell, later, mayOffer, rollBack, changeWithinMs } = this.#around;
    let open = true;
    const conclude = (type: 'holdConfirmed' | 'resumeConfirmed' | 'changeRefused') => {
      if (!open) return;
      open = false;
      tell({ type, callId });
    };
    const begin = () => {
      if (!open) return;
      if (session === null) return conclude('changeRefused');
      const confirmed = () => {
        this.#attempt = null;
        this.#carried = false;
        // Told as refused before, because it took too long: make that true again.
        if (open) conclude(hold ? 'holdConfirmed' : 'resumeConfirmed');
        else this.#undo(session, !hold);
      };
      const refused = () => {
        this.#attempt = null;
        rollBack();
        conclude('changeRefused');
      };
      const free = !this.pending && mayOffer();
      const attempt = free ? changeHold(session, hold, { confirmed, refused }) : null;
      if (attempt) this.#attempt = { ...attempt, confirmed };
      else later(lookAgainMs, begin);
    };
    later(changeWithinMs, () => conclude('changeRefused'));
    begin();
  }

  /** The connection died. An offer that was still being made never leaves: the next connection's offer says it too. */
  pageGone(): void {
    this.#carried = this.#attempt?.isUnsent() ?? false;
  }

  /** The next connection's offer was taken, held or not as the agent asked. */
  renewed(): void {
    if (this.#carried) this.#attempt?.confirmed();
  }

  #undo(session: RTCSession, hold: boolean): void {
    const { log, rollBack } = this.#around;
    if (!changeHold(session, hold, { confirmed: () => {}, refused: rollBack }))
      log.warn('sip: a late change could not be undone', { hold });
  }
}

/**
 * Blind transfer by REFER, judged by its NOTIFYs (RFC 3515, RFC 5589 5). How long it may take is the call machine's: a
 * target rings, or waits in a queue.
 */
export function transferBlind(session: RTCSession | null, target: string, around: ChangeSurroundings): void {
  const { callId, tell, log } = around;
  let open = true;
  const conclude = (fact: TelephonyFact) => {
    if (!open) return;
    open = false;
    tell(fact);
  };
  const failed = (failure: TransferFailure) => conclude({ type: 'transferFailed', callId, failure });
  interface Notified {
    readonly status_line: { readonly status_code: number | string };
  }
  try {
    const begun: unknown = session?.refer(target, {
      eventHandlers: {
        progress: ({ status_line: line }: Notified) => {
          if (open) tell({ type: 'transferRinging', callId, queued: Number(line.status_code) === 182 });
        },
        accepted: () => conclude({ type: 'transferConfirmed', callId }),
        failed: ({ status_line: line }: Notified) => failed(transferFailureOf(Number(line.status_code))),
        requestFailed: ({ response }: { response: { status_code: number } | null }) =>
          failed(response ? refusedRefer(response.status_code) : 'network'),
      },
    });
    // JsSIP answers false, against its types, where the call is not one that can be transferred.
    if (!begun) failed('other');
  } catch (error) {
    log.warn('sip: the target of a transfer cannot be read', { reason: reasonForLog(error) });
    failed('notFound');
  }
}

/**
 * Asks the exchange to end what a transfer of this call has begun (src-hub/exchange/proxy/transfer-book.ts). A PBX sends
 * it on to the far end, which makes nothing of it; the caller is back all the same.
 */
export function takeTransferBack(session: RTCSession | null): void {
  session?.sendInfo('text/plain', 'take back', { extraHeaders: ['X-Offhook-Take-Back: 1'] });
}
