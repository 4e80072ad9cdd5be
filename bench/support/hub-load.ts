// The load on a hub, in a process of its own: agents and callers sign in and register for real, then calls come at a
// steady rate while people change their status, then as fast as the hub takes them. Started by hub.bench.ts.
import { setTimeout as passes } from 'node:timers/promises';
import type { PersonPresence } from '#shared/domain/person.ts';
import { LightPhone } from '../../tests/support/light-phone.ts';
import type { SeededCompany } from '../../tests/support/seed-company.ts';
import { percentile } from '../benchmark.ts';
import { BenchAgent } from './bench-agent.ts';
import { LightDesk } from './light-desk.ts';

export interface LoadOrder {
  readonly hubUrl: string;
  readonly company: SeededCompany;
  readonly callsPerSecond: number;
  readonly seconds: number;
  readonly watchers: number;
  readonly flatOutSeconds: number;
  readonly flatOutLines: number;
}

/** One thing that went over a connection of a call, as its caller, its agent's phone and its agent's desktop saw it. */
export interface RecordedFrame {
  readonly who: 'caller' | 'phone' | 'desk';
  readonly way: 'sent' | 'received';
  readonly text: string;
}

export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly longest: number;
}

export interface LoadResult {
  readonly calls: number;
  readonly answered: number;
  readonly neverOffered: number;
  /** Told to wait, though there was always somebody free. */
  readonly waited: number;
  readonly wronglyOffered: readonly string[];
  readonly otherEnds: readonly string[];
  readonly offerMs: Spread;
  /** From the INVITE with credentials on. */
  readonly letThroughToOfferMs: Spread;
  readonly presenceMs: Spread;
  readonly presenceMissed: number;
  /** The desktop that was told most often, in its busiest ten seconds. */
  readonly framesPerSecond: number;
  /** How late this process itself was at its own timers. */
  readonly loadLateMs: Spread;
}

export type LoadQuestion =
  | { readonly what: 'start'; readonly order: LoadOrder }
  | { readonly what: 'steady' }
  | { readonly what: 'flatOut' }
  | { readonly what: 'record' };

const talkMs = 8_000;
const usual = { answerAfterMs: 200, wrapUpMs: 2_000 };
const atOnce = { answerAfterMs: 0, wrapUpMs: 0 };
/** The hub takes more attempts than twenty at a time from one address for guessing. */
const signInsAtOnce = 15;
const statusChangesPerSecond = 4;
const awayForMs = 700;
const settledWithinMs = 15_000;

const now = () => performance.now();

function spread(samples: readonly number[]): Spread {
  const at = (share: number) => percentile(samples, share);
  return { count: samples.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), longest: at(1) };
}

class Load {
  readonly #order: LoadOrder;
  readonly #agents: BenchAgent[] = [];
  readonly #callers: LightPhone[] = [];
  /** Calls whose first offer is awaited. */
  readonly #begun = new Map<string, { atMs: number; letThroughAtMs: number }>();
  #offerMs: number[] = [];
  #letThroughMs: number[] = [];
  #wrong: string[] = [];
  readonly #changing = new Set<BenchAgent>();
  #numberAt = 0;

  constructor(order: LoadOrder) {
    this.#order = order;
  }

  async start(): Promise<void> {
    const { company, hubUrl } = this.#order;
    const news = {
      offered: (callId: string, atMs: number, wrong: string | null) => {
        if (wrong !== null) this.#wrong.push(wrong);
        const begun = this.#begun.get(callId);
        if (!begun) return;
        this.#begun.delete(callId);
        this.#offerMs.push(atMs - begun.atMs);
        this.#letThroughMs.push(atMs - begun.letThroughAtMs);
      },
      answered: () => {},
    };
    await inBatches(company.agents, signInsAtOnce, async (user) => {
      this.#agents.push(await BenchAgent.start(hubUrl, user, company.password, usual, news));
    });
    await inBatches(company.callers, signInsAtOnce, async ({ username }) => {
      const desk = await LightDesk.open(hubUrl);
      const { sip } = await desk.signIn(username, company.password, crypto.randomUUID());
      const phone = new LightPhone(sip, crypto.randomUUID());
      await phone.open();
      phone.watch = (way, text) => this.#noteInvite(way, text);
      this.#callers.push(phone);
    });
  }

  async steady(): Promise<LoadResult> {
    const { seconds, callsPerSecond, watchers: watching } = this.#order;
    [this.#offerMs, this.#letThroughMs, this.#wrong] = [[], [], []];
    for (const agent of this.#agents) agent.times = usual;
    const watchers = new PresenceWatchers();
    await watchers.begin(this.#agents.slice(0, watching).map(({ desk }) => desk));
    const ends: string[] = [];
    const late: number[] = [];
    let waited = 0;
    const oneCall = async (at: number) => {
      const caller = this.#callers[at % this.#callers.length] as LightPhone;
      const givesUp = at % 20 === 7;
      const call = caller.call(this.#nextNumber(), (status) => {
        if (status === 182) waited += 1;
        if (status === 180 && givesUp) setTimeout(() => call.cancel(), 50);
      });
      const status = await call.final;
      if (status === 200) {
        await passes(talkMs);
        await call.bye();
      }
      const expected = givesUp ? [200, 487] : [200];
      if (!expected.includes(status)) ends.push(`${givesUp ? 'given up' : 'call'} ended with ${status}`);
      return status;
    };
    const running: Promise<number>[] = [];
    const changes: Promise<void>[] = [];
    const startedAtMs = now();
    const wholeMs = seconds * 1_000;
    for (let at = 0; at < seconds * callsPerSecond; at++) {
      const dueMs = startedAtMs + (at * 1_000) / callsPerSecond;
      await passes(Math.max(0, dueMs - now()));
      late.push(now() - dueMs);
      // One in ten first rings at somebody who refuses.
      if (at % 10 === 3) this.#refuser();
      running.push(oneCall(at));
      if (
        at % Math.round(callsPerSecond / statusChangesPerSecond) === 0 &&
        now() - startedAtMs < wholeMs - 3_000
      )
        changes.push(this.#changeStatus(watchers));
    }
    const statuses = await Promise.all(running);
    await Promise.all(changes);
    await passes(500);
    const { latencies, missed, framesPerSecond } = watchers.end();
    await Promise.all(
      this.#agents.slice(0, watching).map(({ desk }) => desk.call('people.watch', { on: false })),
    );
    return {
      calls: statuses.length,
      answered: statuses.filter((status) => status === 200).length,
      neverOffered: this.#begun.size,
      waited,
      wronglyOffered: this.#wrong,
      otherEnds: ends,
      offerMs: spread(this.#offerMs),
      letThroughToOfferMs: spread(this.#letThroughMs),
      presenceMs: spread(latencies),
      presenceMissed: missed,
      framesPerSecond,
      loadLateMs: spread(late),
    };
  }

  /** @returns whole calls per second, each begun when the one before on its line has ended. */
  async flatOut(): Promise<number> {
    for (const agent of this.#agents) {
      agent.times = atOnce;
      agent.refusesNext = false;
    }
    await this.#allFree();
    const { flatOutLines, flatOutSeconds } = this.#order;
    const lines = this.#callers.slice(0, flatOutLines);
    const untilMs = now() + flatOutSeconds * 1_000;
    const startedAtMs = now();
    let done = 0;
    await Promise.all(
      lines.map(async (phone) => {
        while (now() < untilMs) {
          const call = phone.call(this.#nextNumber());
          const status = await call.final;
          if (status !== 200) throw new Error(`A call flat out ended with ${status}`);
          await call.bye();
          done += 1;
        }
      }),
    );
    return done / ((now() - startedAtMs) / 1_000);
  }

  /** One call by itself: everything that went over the three connections that it concerns. */
  async record(): Promise<RecordedFrame[]> {
    for (const agent of this.#agents) agent.times = atOnce;
    await this.#allFree();
    const frames: RecordedFrame[] = [];
    const watch = (who: RecordedFrame['who']) => (way: RecordedFrame['way'], text: string) =>
      void frames.push({ who, way, text });
    const [caller] = this.#callers as [LightPhone];
    const noted = caller.watch;
    caller.watch = watch('caller');
    for (const { phone, desk } of this.#agents) [phone.watch, desk.watch] = [watch('phone'), watch('desk')];
    const call = caller.call(this.#nextNumber());
    await call.final;
    await call.bye();
    await passes(300);
    for (const { phone, desk } of this.#agents) [phone.watch, desk.watch] = [null, null];
    caller.watch = noted;
    return frames;
  }

  async #allFree(): Promise<void> {
    const untilMs = now() + settledWithinMs;
    while (now() < untilMs && !this.#agents.every(({ isFree }) => isFree)) await passes(50);
  }

  #nextNumber(): string {
    const { projects } = this.#order.company;
    this.#numberAt += 1;
    return projects[this.#numberAt % projects.length]?.number ?? '';
  }

  #refuser(): void {
    const free = this.#agents.filter(({ isFree, refusesNext }) => isFree && !refusesNext);
    const chosen = free[Math.floor(Math.random() * free.length)];
    if (chosen) chosen.refusesNext = true;
  }

  async #changeStatus(watchers: PresenceWatchers): Promise<void> {
    const free = this.#agents.filter((agent) => agent.isFree && !this.#changing.has(agent));
    const agent = free[Math.floor(Math.random() * free.length)];
    if (!agent) return;
    this.#changing.add(agent);
    watchers.expect(agent.user.userId, 'away');
    await agent.become('away');
    await passes(awayForMs);
    watchers.expect(agent.user.userId, 'available');
    await agent.become('available');
    // Changed again before this is told, it would rightly never be.
    await passes(awayForMs);
    this.#changing.delete(agent);
  }

  #noteInvite(way: 'sent' | 'received', text: string): void {
    if (way === 'received' || !text.startsWith('INVITE ')) return;
    const callId = /^Call-ID: (\S+)/m.exec(text)?.[1] ?? '';
    const begun = this.#begun.get(callId);
    if (begun) begun.letThroughAtMs = now();
    else this.#begun.set(callId, { atMs: now(), letThroughAtMs: now() });
  }
}

/** Desktops that show people: how long each change takes to each of them, and how often they are told. */
class PresenceWatchers {
  #count = 0;
  #missed = 0;
  readonly #awaited = new Map<string, { readonly saidAtMs: number; readonly told: Set<number> }>();
  readonly #latencies: number[] = [];
  readonly #framesAtMs: number[][] = [];

  async begin(desks: readonly LightDesk[]): Promise<void> {
    this.#count = desks.length;
    await Promise.all(
      desks.map(async (desk, at) => {
        const frames: number[] = [];
        this.#framesAtMs.push(frames);
        desk.heard = (name, payload) => {
          if (name !== 'people.presence') return;
          frames.push(now());
          this.#told(at, payload as readonly PersonPresence[]);
        };
        await desk.call('people.watch', { on: true });
      }),
    );
  }

  /** A status is about to be set. */
  expect(userId: string, status: string): void {
    this.#countMissed(`${userId} ${status}`);
    this.#awaited.set(`${userId} ${status}`, { saidAtMs: now(), told: new Set() });
  }

  end(): { latencies: number[]; missed: number; framesPerSecond: number } {
    for (const change of this.#awaited.keys()) this.#countMissed(change);
    const busiest = Math.max(0, ...this.#framesAtMs.map(busiestTenSeconds));
    return { latencies: this.#latencies, missed: this.#missed, framesPerSecond: busiest / 10 };
  }

  #countMissed(change: string): void {
    const told = this.#awaited.get(change)?.told.size;
    if (told !== undefined) this.#missed += this.#count - told;
  }

  #told(watcher: number, people: readonly PersonPresence[]): void {
    const atMs = now();
    for (const { userId, status } of people) {
      const change = this.#awaited.get(`${userId} ${status}`);
      if (!change || change.told.has(watcher)) continue;
      change.told.add(watcher);
      this.#latencies.push(atMs - change.saidAtMs);
    }
  }
}

function busiestTenSeconds(atMs: readonly number[]): number {
  let most = 0;
  let from = 0;
  for (const [to, time] of atMs.entries()) {
    while (time - (atMs[from] ?? 0) >= 10_000) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

async function inBatches<T>(all: readonly T[], size: number, work: (one: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < all.length; from += size)
    await Promise.all(all.slice(from, from + size).map(work));
}

let load: Load | null = null;

async function answer(question: LoadQuestion): Promise<unknown> {
  if (question.what === 'start') {
    load = new Load(question.order);
    return await load.start();
  }
  if (!load) throw new Error('The load was not started');
  return await load[question.what]();
}

process.on('message', (question: LoadQuestion) => {
  answer(question).then(
    (reply) => process.send?.({ reply: reply ?? null }),
    (error: unknown) => process.send?.({ error: String((error as Error).stack ?? error) }),
  );
});
