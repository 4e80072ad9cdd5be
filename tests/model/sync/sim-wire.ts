// What goes between the desks and the hub: each desk has one connection, on which frames arrive in the order in which they
// were sent, though the hub works on several at a time and answers when it is done. A connection may end at any moment:
// what was on its way may still arrive, the answer never does. A frame may be late, arrive twice, or never be answered.
import type { UserView } from '#shared/desktop/session-contract.ts';
import type { MutationId } from '#shared/domain/ids.ts';
import type { Outgoing, Pushed } from '#shared/hub/sync-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { SyncHub } from '../../../src-main/sync/sync-ports.ts';
import type { SimClock } from './sim-clock.ts';
import type { SimDesk } from './sim-desk.ts';
import { Killed, type SimHub } from './sim-hub.ts';

interface Connection {
  isOpen: boolean;
  /** The last frame on its way to the hub arrives then; the next not before it. */
  lastArrivesMs: number;
  readonly waiting: Set<(error: Error) => void>;
}

export type Fault = 'answerLost' | 'twice' | 'slow' | 'away' | 'refused';

const usualWayMs = 20;
const slowMs = 45_000;

export class SimWire {
  readonly #hub: SimHub;
  readonly #clock: SimClock;
  readonly #chance: () => number;
  readonly #fault: (message: string) => void;
  readonly #connections = new Map<SimDesk, Connection>();
  readonly #faults = new Map<SimDesk, Fault[]>();
  /** All that ever left a desk. */
  readonly sent = new Map<MutationId, { readonly desk: SimDesk; readonly outgoing: Outgoing }>();
  requests = 0;

  constructor(hub: SimHub, clock: SimClock, chance: () => number, fault: (message: string) => void) {
    this.#hub = hub;
    this.#clock = clock;
    this.#chance = chance;
    this.#fault = fault;
  }

  connect(desk: SimDesk): void {
    if (!this.#hub.isUp || !desk.isUp || desk.online) return;
    this.#connections.set(desk, {
      isOpen: true,
      lastArrivesMs: 0,
      waiting: new Set(),
    });
    desk.online = true;
    desk.tellSituation();
  }

  cut(desk: SimDesk): void {
    const connection = this.#connections.get(desk);
    if (connection) {
      connection.isOpen = false;
      for (const reject of [...connection.waiting]) {
        reject(new CommandFailed('hubAway', 'The connection ended.'));
      }
      this.#connections.delete(desk);
    }
    desk.online = false;
    desk.tellSituation();
  }

  /** With the next request of this desk. */
  spoil(desk: SimDesk, fault: Fault): void {
    this.#faults.set(desk, [...(this.#faults.get(desk) ?? []), fault]);
  }

  heal(): void {
    this.#faults.clear();
  }

  hubFor(desk: SimDesk): SyncHub {
    const { userId } = desk;
    return {
      push: (mutations) => {
        const told = structuredClone(mutations);
        for (const outgoing of told) this.sent.set(outgoing.mutationId, { desk, outgoing });
        return this.#through(desk, (): Promise<readonly Pushed[]> => {
          const user = this.#hub.at.users.byId(userId) as UserView;
          return this.#hub.at.pushes.push(user, desk.name, structuredClone(told));
        });
      },
      pull: ({ scope, cursor, limit }) =>
        // Pages of a few, so that there are many.
        this.#through(desk, () => this.#hub.at.pulls.pull(userId, scope, cursor, Math.min(limit, 3))),
    };
  }

  /** News of a change, to whoever is connected; it may be lost. */
  tellNews(desks: readonly SimDesk[]): void {
    for (const desk of desks) {
      const connection = this.#connections.get(desk);
      if (!connection || this.#chance() < 0.3) continue;
      this.#clock.after(this.#wayMs(), () => {
        if (connection.isOpen && desk.isUp) desk.at.sync.service.changedAtHub(desk.open);
      });
    }
  }

  #wayMs(): number {
    return Math.round(this.#chance() * usualWayMs);
  }

  #through<T>(desk: SimDesk, work: () => Promise<T>): Promise<T> {
    this.requests += 1;
    const connection = this.#connections.get(desk);
    const fault = this.#faults.get(desk)?.shift();
    if (!connection?.isOpen || fault === 'away') {
      return Promise.reject(new CommandFailed('hubAway', 'There is no connection.'));
    }
    if (fault === 'refused') return Promise.reject(new CommandFailed('internal', 'The hub failed.'));
    return new Promise<T>((resolve, reject) => {
      connection.waiting.add(reject);
      const lateMs = fault === 'slow' ? slowMs * this.#chance() : 0;
      const atMs = Math.max(connection.lastArrivesMs, this.#clock.nowMs() + this.#wayMs() + lateMs);
      connection.lastArrivesMs = atMs;
      const answer = (how: () => void) =>
        this.#clock.after(this.#wayMs(), () => {
          if (!connection.isOpen || fault === 'answerLost') return;
          connection.waiting.delete(reject);
          how();
        });
      const arrive = (isFirst: boolean) => {
        // What had left before the connection ended may be at the hub already.
        const isLost = !connection.isOpen && this.#chance() < 0.5;
        if (isLost || !this.#hub.isUp) return;
        const life = this.#hub.at;
        const stillThere = () => this.#hub.isUp && this.#hub.at === life;
        const done = work().then(
          (value) => {
            const told = structuredClone(value);
            if (isFirst && stillThere()) answer(() => resolve(told));
          },
          (error: unknown) => {
            if (error instanceof Killed || !stillThere()) return;
            const isExpected = error instanceof CommandFailed;
            if (!isExpected) this.#fault(`the hub: ${String(error)}`);
            const told = isExpected ? error : new CommandFailed('internal', 'The hub failed.');
            if (isFirst) answer(() => reject(told));
          },
        );
        this.#clock.works(done);
      };
      this.#clock.after(atMs - this.#clock.nowMs(), () => arrive(true));
      if (fault === 'twice') {
        const laterMs = atMs - this.#clock.nowMs() + Math.round(this.#chance() * 3_000);
        this.#clock.after(laterMs, () => arrive(false));
      }
    });
  }
}
