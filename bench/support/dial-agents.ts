// Agents in call mode over real WebSockets: each takes an order and ends it by a push, as a desktop sends it. As fast as they
// can, or so many a second whoever is free. Notes each hand-out, so that an order given twice is found. Part of
// bench/dialup.bench.ts.
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { OutcomeButton } from '#shared/domain/dial-up.ts';
import type { LeasedOrder } from '#shared/hub/dial-contract.ts';
import type { SeededCompany } from '../../tests/support/seed-company.ts';
import { LightDesk } from './light-desk.ts';

export interface Worked {
  /** Taken and ended. */
  readonly orders: number;
  readonly perSecond: number;
  readonly takeMs: readonly number[];
  readonly finishMs: readonly number[];
}

interface Agent {
  readonly desk: LightDesk;
  sequence: number;
}

/** Seven in ten are done with; the others are in line again, an hour or a day later: none comes back while it is measured. */
const buttons: readonly OutcomeButton[] = [
  ...['confirmed', 'confirmed', 'confirmed', 'refused', 'confirmed', 'wrongNumber'],
  ...['noAnswer', 'confirmed', 'callBack', 'noAnswer'],
] as OutcomeButton[];

export class DialAgents {
  /** Orders that were handed out, with their leases. */
  readonly leases = new Map<string, string>();
  doubles = 0;
  readonly #agents: readonly Agent[];

  private constructor(agents: readonly Agent[]) {
    this.#agents = agents;
  }

  /** @param hubs agents sign in at one and the other in turns. */
  static async signIn(hubs: readonly string[], company: SeededCompany): Promise<DialAgents> {
    const agents: Agent[] = [];
    for (const [at, { username }] of company.agents.entries()) {
      const desk = await LightDesk.open(hubs[at % hubs.length] ?? '');
      await desk.signIn(username, company.password, randomUUID());
      agents.push({ desk, sequence: 0 });
    }
    return new DialAgents(agents);
  }

  close(): void {
    for (const { desk } of this.#agents) desk.close();
  }

  /** Each takes and ends until there is nothing more, or the time is over; what happens while all warm up is not counted. */
  async flatOut(seconds: number, warmUpSeconds: number): Promise<Worked> {
    const takeMs: number[] = [];
    const finishMs: number[] = [];
    const startedAtMs = performance.now() + warmUpSeconds * 1_000;
    const untilMs = startedAtMs + seconds * 1_000;
    let lastAtMs = startedAtMs;
    await Promise.all(
      this.#agents.map(async (agent) => {
        while (performance.now() < untilMs) {
          const askedAtMs = performance.now();
          const order = await this.#take(agent);
          const takenAtMs = performance.now();
          if (!order) return;
          await this.#finish(agent, order);
          lastAtMs = performance.now();
          if (lastAtMs < startedAtMs) continue;
          takeMs.push(takenAtMs - askedAtMs);
          finishMs.push(lastAtMs - takenAtMs);
        }
      }),
    );
    const orders = finishMs.length;
    return { orders, perSecond: (orders * 1_000) / (lastAtMs - startedAtMs), takeMs, finishMs };
  }

  /** Takes begin at their times, whether or not those before are over; times count from when they should have begun. */
  async steady(perSecond: number, seconds: number): Promise<Worked> {
    const takeMs: number[] = [];
    const finishMs: number[] = [];
    const free = [...this.#agents];
    const wanting: ((agent: Agent) => void)[] = [];
    const give = (agent: Agent) => {
      const next = wanting.shift();
      if (next) next(agent);
      else free.push(agent);
    };
    const work = async (dueAtMs: number) => {
      const agent = free.shift() ?? (await new Promise<Agent>((resolve) => wanting.push(resolve)));
      const order = await this.#take(agent);
      const takenAtMs = performance.now();
      if (!order) throw new Error('There are no more orders');
      takeMs.push(takenAtMs - dueAtMs);
      await this.#finish(agent, order);
      finishMs.push(performance.now() - takenAtMs);
      give(agent);
    };
    const startedAtMs = performance.now();
    const all: Promise<void>[] = [];
    for (let at = 0; at < perSecond * seconds; at++) {
      const dueAtMs = startedAtMs + (at * 1_000) / perSecond;
      const waitMs = dueAtMs - performance.now();
      if (waitMs > 0) await setTimeout(waitMs);
      // A timer rounds up to whole milliseconds: that is not the hub's time.
      all.push(work(Math.max(dueAtMs, Math.min(performance.now(), dueAtMs + 1.5))));
    }
    await Promise.all(all);
    const tookMs = performance.now() - startedAtMs;
    return { orders: all.length, perSecond: (all.length * 1_000) / tookMs, takeMs, finishMs };
  }

  async #take(agent: Agent): Promise<LeasedOrder | null> {
    const { order } = (await agent.desk.call('dial.take', { settling: [] })) as { order: LeasedOrder | null };
    if (!order) return null;
    const { id } = order.order;
    if (this.leases.has(id)) this.doubles += 1;
    this.leases.set(id, order.leaseId);
    return order;
  }

  async #finish(agent: Agent, { leaseId, mode, order }: LeasedOrder): Promise<void> {
    agent.sequence += 1;
    const nowMs = Date.now();
    const button = buttons[this.leases.size % buttons.length] ?? 'confirmed';
    const outcome = {
      ...{ attemptId: randomUUID(), orderId: order.id, mode, button, note: 'Said so.', callId: null },
      callBack: button === 'callBack' ? { atMs: nowMs + 86_400_000, own: true } : null,
      ...{ startedAtMs: nowMs - 60_000, endedAtMs: nowMs },
    };
    const mutation = { kind: 'order.outcome', leaseId, recordId: order.recordId, outcome };
    const pushed = (await agent.desk.call('sync.push', {
      mutations: [{ mutationId: randomUUID(), sequence: agent.sequence, madeAtMs: nowMs, mutation }],
    })) as { outcome: string }[];
    if (pushed[0]?.outcome !== 'applied')
      throw new Error(`An outcome was not applied: ${JSON.stringify(pushed)}`);
  }
}
