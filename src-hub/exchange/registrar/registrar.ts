// Who can be reached where: the bindings of each user (RFC 3261 10, RFC 5626, RFC 5627).
// Written by the register handler and by connections that close; read by the fork and by routing within dialogs.
// A binding outlives its WebSocket by a short grace, so that a device that reconnects keeps its calls.
import type { ExchangeClock, ExchangeTimer } from '../exchange-clock.ts';
import type { SipUser } from '../exchange-ports.ts';
import type { Flow } from '../flow.ts';
import { sameContact } from '../message/sip-uri.ts';

export interface Binding {
  readonly user: SipUser;
  /** The credential with which it registered. */
  readonly authorizationUser: string;
  readonly contactUri: string;
  readonly instance: string | null;
  readonly regId: number | null;
  readonly flow: Flow;
  readonly expiresAtMs: number;
  readonly callId: string;
  readonly cseq: number;
  readonly registeredAtMs: number;
  /** X-Offhook-Boot: another one means that the device's program was started anew. Null where it does not say. */
  readonly bootId: string | null;
}

export interface RegistrarListener {
  /** The number of a user's bindings is another. */
  changed(user: SipUser, count: number): void;
  /** A device has registered, for the first time or again. */
  registered(binding: Binding): void;
  /** The same run of a device's program has registered over another connection than this one, which looks open still: its network is another. */
  moved(from: Flow): void;
}

interface Stored {
  readonly binding: Binding;
  readonly end: ExchangeTimer;
}

export class Registrar {
  readonly #clock: ExchangeClock;
  readonly #graceMs: number;
  readonly #listener: RegistrarListener;
  readonly #bindings = new Map<SipUser, Stored[]>();
  readonly #waiting = new Set<() => void>();
  /** When a connection broke that the user was registered over, and nothing was said of going. */
  readonly #lostAtMs = new Map<SipUser, number>();

  constructor(clock: ExchangeClock, graceMs: number, listener: RegistrarListener) {
    this.#clock = clock;
    this.#graceMs = graceMs;
    this.#listener = listener;
  }

  /** All bindings of a user, those within their grace too. */
  bindings(user: SipUser): readonly Binding[] {
    return (this.#bindings.get(user) ?? []).map((stored) => stored.binding);
  }

  count(): number {
    return [...this.#bindings.values()].reduce((sum, list) => sum + list.length, 0);
  }

  /** Since when a device is missed that did not say it goes; null where none is, or any has registered since. */
  lostAtMs(user: SipUser): number | null {
    return this.#lostAtMs.get(user) ?? null;
  }

  /** What a call is offered to: per device the binding that registered last (RFC 5626 5.3), connected now. */
  targets(user: SipUser): readonly Binding[] {
    const perDevice = new Map<string, Binding>();
    for (const binding of this.bindings(user)) {
      if (!binding.flow.isOpen()) continue;
      const device = binding.instance ?? `contact ${binding.contactUri}`;
      const known = perDevice.get(device);
      if (!known || binding.registeredAtMs >= known.registeredAtMs) perDevice.set(device, binding);
    }
    return [...perDevice.values()];
  }

  /** The live binding behind a GRUU; null where the device is not connected. */
  device(user: SipUser, instance: string): Binding | null {
    return this.targets(user).find((binding) => binding.instance === instance) ?? null;
  }

  /** The binding that a user registered over this connection. */
  onFlow(user: SipUser, flow: Flow): Binding | null {
    return this.bindings(user).findLast((binding) => binding.flow === flow) ?? null;
  }

  /** Nobody is registered over this connection any more. */
  isUnused(flow: Flow): boolean {
    return ![...this.#bindings.values()].flat().some((stored) => stored.binding.flow === flow);
  }

  /** Replaces what the same device (and flow number) or the same contact had. */
  add(binding: Binding): void {
    const before = new Set<Flow>();
    const others = this.#list(binding.user).filter((stored) => {
      if (!sameRegistration(stored.binding, binding)) return true;
      const sameRun = binding.instance !== null && stored.binding.bootId === binding.bootId;
      if (sameRun && stored.binding.flow !== binding.flow) before.add(stored.binding.flow);
      stored.end.clear();
      return false;
    });
    const end = this.#clock.startTimer(binding.expiresAtMs - this.#clock.nowMs(), () =>
      this.#forget(binding),
    );
    this.#lostAtMs.delete(binding.user);
    this.#put(binding.user, [...others, { binding, end }]);
    for (const look of [...this.#waiting]) look();
    this.#listener.registered(binding);
    for (const flow of before) if (flow.isOpen()) this.#listener.moved(flow);
  }

  /** By the device's own word, or somebody's: it is not expected back. */
  remove(binding: Binding): void {
    this.#lostAtMs.delete(binding.user);
    this.#forget(binding);
  }

  /** As `remove`. @param instance one device of the user; null for all */
  removeAll(user: SipUser, instance: string | null = null): void {
    this.#lostAtMs.delete(user);
    this.#removeWhere(user, (each) => instance === null || each.instance === instance);
  }

  /** Gives the bindings of a lost connection their grace. */
  flowClosed(flow: Flow): void {
    for (const list of this.#bindings.values()) {
      for (const [at, { binding, end }] of list.entries()) {
        if (binding.flow !== flow) continue;
        this.#lostAtMs.set(binding.user, this.#clock.nowMs());
        end.clear();
        const graceMs = Math.min(this.#graceMs, Math.max(0, binding.expiresAtMs - this.#clock.nowMs()));
        list[at] = { binding, end: this.#clock.startTimer(graceMs, () => this.#forget(binding)) };
      }
    }
  }

  /**
   * Calls `found` once, at once or when `find` has a result after a registration, or with null after the grace.
   * @returns stops the waiting
   */
  waitFor<T>(find: () => T | null, found: (result: T | null) => void): () => void {
    const first = find();
    if (first !== null) {
      found(first);
      return () => {};
    }
    const stop = () => {
      this.#waiting.delete(look);
      timer.clear();
    };
    const look = () => {
      const result = find();
      if (result === null) return;
      stop();
      found(result);
    };
    const timer = this.#clock.startTimer(this.#graceMs, () => {
      stop();
      found(null);
    });
    this.#waiting.add(look);
    return stop;
  }

  close(): void {
    for (const list of this.#bindings.values()) for (const stored of list) stored.end.clear();
    this.#bindings.clear();
    this.#lostAtMs.clear();
    this.#waiting.clear();
  }

  #forget(binding: Binding): void {
    this.#removeWhere(binding.user, (each) => each === binding);
  }

  #removeWhere(user: SipUser, unwanted: (binding: Binding) => boolean): void {
    const kept = this.#list(user).filter((stored) => {
      if (!unwanted(stored.binding)) return true;
      stored.end.clear();
      return false;
    });
    this.#put(user, kept);
  }

  #list(user: SipUser): Stored[] {
    return this.#bindings.get(user) ?? [];
  }

  #put(user: SipUser, list: Stored[]): void {
    const before = this.#list(user).length;
    if (list.length === 0) this.#bindings.delete(user);
    else this.#bindings.set(user, list);
    if (list.length !== before) this.#listener.changed(user, list.length);
  }
}

function sameRegistration(one: Binding, other: Binding): boolean {
  if (one.instance === null || other.instance === null) return sameContact(one.contactUri, other.contactUri);
  return one.instance === other.instance && one.regId === other.regId;
}
