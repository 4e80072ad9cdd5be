// Sends what waits: several at once, few of one target, so that one that hangs holds up nobody else; again after longer and
// longer, and in the end not any more, until somebody sends it by hand. One in each hub; they share the work by leases.
import { assertNever } from '#shared/domain/assert-never.ts';
import type { HubClock } from '../hub-clock.ts';
import type { HubLog } from '../hub-log.ts';
import type { AttemptEnd, DeliveryStore, TakenDelivery } from './delivery-store.ts';
import type { MailSender } from './mail-sender.ts';
import type { RuleStore } from './rule-store.ts';
import type { AllowedTargets } from './webhook-address.ts';
import { type SentHow, sendWebhook } from './webhook-sender.ts';

export interface DeliveryWorkerParts {
  readonly store: Pick<DeliveryStore, 'take' | 'ended' | 'nextAtMs'>;
  readonly rules: Pick<RuleStore, 'secretsOf'>;
  /** Null: the hub has no mail server. */
  readonly mail: MailSender | null;
  readonly clock: HubClock;
  readonly log: HubLog;
  /** As a super admin has set them now. */
  allowed(): Promise<AllowedTargets>;
  /** Something of the lists has changed. */
  changed(): void;
  /** For tests; the usual ones where left out. */
  readonly times?: Partial<DeliveryTimes>;
}

export interface DeliveryTimes {
  /** What a target may take to answer. */
  readonly answerWithinMs: number;
  readonly againAfterMs: readonly number[];
}

const usualTimes: DeliveryTimes = {
  answerWithinMs: 15_000,
  againAfterMs: [5_000, 30_000, 120_000, 600_000, 3_600_000, 21_600_000],
};
const mostAtOnce = 8;
const mostOfTarget = 2;
/** Longer than any attempt can take. */
const leaseMs = 120_000;
/** So much more or less, so that what failed together does not come back together. */
const jitter = 0.2;
const afterTroubleMs = 5_000;
/** Another hub may have left something. */
const lookAgainMs = 30_000;

export class DeliveryWorker {
  readonly #parts: DeliveryWorkerParts;
  readonly #times: DeliveryTimes;
  readonly #busy = new Map<string, number>();
  readonly #sending = new Set<Promise<void>>();
  #looking: Promise<void> | null = null;
  #again = false;
  #closed = false;
  #callOff: () => void = () => undefined;

  constructor(parts: DeliveryWorkerParts) {
    this.#parts = parts;
    this.#times = { ...usualTimes, ...parts.times };
  }

  /** There may be something to send. */
  readonly look = (): void => {
    this.#again = true;
    if (this.#closed || this.#looking !== null) return;
    this.#looking = this.#lookOver().finally(() => {
      this.#looking = null;
      if (this.#again) this.look();
    });
  };

  /** Resolves when what is under way has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#callOff();
    await this.#looking;
    await Promise.all(this.#sending);
    await this.#parts.mail?.close();
  }

  async #lookOver(): Promise<void> {
    this.#again = false;
    this.#callOff();
    const { store, clock, log } = this.#parts;
    let nextMs = lookAgainMs;
    try {
      const free = mostAtOnce - this.#sending.size;
      if (free <= 0) return;
      const nowMs = clock.nowMs();
      const taken = await store.take(nowMs, nowMs + leaseMs, free, mostOfTarget, this.#busy);
      for (const each of taken) this.#begin(each);
      if (taken.length > 0) this.#again = true;
      const atMs = taken.length > 0 ? null : await store.nextAtMs();
      // What is due and was not taken waits for one of its target to end, which looks again.
      if (atMs !== null && atMs > nowMs) nextMs = Math.min(nextMs, atMs - nowMs);
    } catch (error) {
      nextMs = afterTroubleMs;
      log.warn('automations: deliveries could not be looked at, it is tried again', { error });
    }
    if (!this.#closed) this.#callOff = clock.after(nextMs, this.look);
  }

  #begin(taken: TakenDelivery): void {
    const { target } = taken;
    this.#busy.set(target, (this.#busy.get(target) ?? 0) + 1);
    const sending: Promise<void> = this.#send(taken)
      .catch((error: unknown) => {
        // Its lease ends, and it is sent again.
        this.#parts.log.error('automations: how a delivery ended could not be kept', { id: taken.id, error });
      })
      .finally(() => {
        this.#sending.delete(sending);
        const left = (this.#busy.get(target) ?? 1) - 1;
        if (left > 0) this.#busy.set(target, left);
        else this.#busy.delete(target);
        this.look();
      });
    this.#sending.add(sending);
  }

  async #send(taken: TakenDelivery): Promise<void> {
    const { store, clock, changed } = this.#parts;
    const sent = await this.#attempt(taken);
    await store.ended(taken, this.#endOf(taken, sent, clock.nowMs()), clock.nowMs());
    changed();
  }

  async #attempt({ id, content, ruleId }: TakenDelivery): Promise<SentHow> {
    const { rules, mail, clock, allowed } = this.#parts;
    if (content === null) return forGood('erased');
    switch (content.kind) {
      case 'webhook': {
        const secrets = await rules.secretsOf(ruleId);
        if (!secrets?.now) return forGood('noSecret');
        const limits = {
          allowed: await allowed(),
          nowMs: clock.nowMs(),
          withinMs: this.#times.answerWithinMs,
        };
        return await sendWebhook({ id, ...content, secrets }, limits);
      }
      case 'email':
        return mail === null ? forGood('noMailServer') : await mail.send({ id, ...content });
      default:
        return assertNever(content);
    }
  }

  #endOf({ attempts }: TakenDelivery, sent: SentHow, nowMs: number): AttemptEnd {
    if (sent.how === 'sent') {
      return { state: 'sent', nextAtMs: null, error: sent.detail, reason: null, repeatPossible: false };
    }
    const pauseMs = sent.forGood ? undefined : this.#times.againAfterMs[attempts - 1];
    const rest = { error: sent.detail, reason: sent.reason, repeatPossible: sent.unanswered };
    if (pauseMs === undefined) return { state: 'dead', nextAtMs: null, ...rest };
    const own = pauseMs * (1 - jitter + 2 * jitter * Math.random());
    // Who asks for longer than we would wait is given it; but nobody puts it off for ever.
    const asked = Math.min(sent.notBeforeMs ?? 0, Math.max(...this.#times.againAfterMs));
    const nextAtMs = Math.round(nowMs + Math.max(own, asked));
    return { state: 'waiting', nextAtMs, ...rest };
  }
}

function forGood(reason: string): SentHow {
  return { how: 'failed', reason, detail: reason, unanswered: false, forGood: true };
}
