// Two agents, two telephones outside and the exchange between them; and what must be so whenever nothing is on its way:
// both ends of every call believe the same. Used by commands.ts and call-model.test.ts.
import { UA } from 'jssip';
import type { CallView } from '#shared/domain/call-view.ts';
import { type ExchangeStand, refuse, ring, startExchange } from '../exchange/support/exchange-stand.ts';
import { header } from '../exchange/support/raw-phone.ts';
import { eventually, quickly } from '../support/eventually.ts';
import { DeskAgent, wrapUpMs } from './desk-agent.ts';
import { Outsider } from './outsider.ts';
import { historyFaults } from './what-happened.ts';

/** What JsSIP keeps, which tells no one else of it. */
interface UserAgentBooks {
  register(): void;
  readonly _sessions: object;
  readonly _dialogs: object;
  readonly _transactions: Readonly<Record<string, object>>;
}

/** Nothing has moved for so many looks in a row: what was sent has arrived. */
const quietLooks = 2;
/** Above every timer of a transaction (RFC 3261 17, 64 T1). */
const transactionsOverMs = 40_000;
export const queue = 'queue';
const agentUsers = ['201', '202'];
const outsideUsers = ['trunk', '203'];

export const talkPhases: readonly CallView['phase'][] = ['talking', 'holding', 'held', 'resuming'];
const dialPhases: readonly CallView['phase'][] = ['dialing', 'remoteRinging'];
const passingPhases: readonly CallView['phase'][] = ['answering', 'holding', 'resuming', 'hangingUp'];

export class World {
  readonly exchange: ExchangeStand;
  readonly agents: readonly DeskAgent[];
  readonly outsiders: readonly Outsider[];
  readonly #userAgents: readonly UserAgentBooks[];

  private constructor(
    exchange: ExchangeStand,
    agents: readonly DeskAgent[],
    outsiders: readonly Outsider[],
    userAgents: readonly UserAgentBooks[],
  ) {
    this.exchange = exchange;
    this.agents = agents;
    this.outsiders = outsiders;
    this.#userAgents = userAgents;
    for (const outsider of outsiders) outsider.onHeard = (tag) => this.#connect(tag);
  }

  static async open(): Promise<World> {
    const exchange = await startExchange();
    exchange.route = ({ requestUser }, previous) => {
      if (previous === null)
        return requestUser === queue
          ? ring(agentUsers, 20_000, { 'X-Offhook-Project': 'practice' })
          : ring(
              [requestUser],
              20_000,
              agentUsers.includes(requestUser) ? { 'X-Offhook-Project': 'practice' } : {},
            );
      if (previous.kind === 'declined') return refuse(previous.status);
      return refuse(previous.kind === 'allRefused' ? (previous.statuses[0] ?? 480) : 480);
    };
    const userAgents: UserAgentBooks[] = [];
    const { start } = UA.prototype;
    UA.prototype.start = function (this: UA) {
      userAgents.push(this as unknown as UserAgentBooks);
      start.call(this);
    };
    const agents: DeskAgent[] = [];
    for (const user of agentUsers)
      agents.push(await DeskAgent.open(exchange.url, user, exchange.passwordOf(user)));
    UA.prototype.start = start;
    const outsiders: Outsider[] = [];
    for (const user of outsideUsers)
      outsiders.push(await Outsider.register(exchange.url, user, exchange.passwordOf(user)));
    return new World(exchange, agents, outsiders, userAgents);
  }

  /** Registers everybody anew: the exchange's clock has gone on by hours since. */
  async begin(): Promise<void> {
    for (const agent of this.#userAgents) agent.register();
    for (const { phone } of this.outsiders) await phone.register();
    await eventually('registered', () =>
      [...agentUsers, ...outsideUsers].every((user) => this.exchange.exchange.bindingCount(user) === 1),
    );
    await this.settle();
  }

  /** Waits until nothing moves and everybody believes the same. @throws with what they do not agree about */
  async settle(): Promise<void> {
    await this.#quiet();
    let faults: string[] = [];
    const agree = () => {
      faults = this.disagreements();
      return faults.length === 0;
    };
    await quickly('both ends agree', agree).catch((error: unknown) => {
      throw new Error(faults.join('; '), { cause: error });
    });
  }

  disagreements(): string[] {
    return [
      ...this.agents.flatMap((agent) => this.#faultsOfAgent(agent)),
      ...this.outsiders.flatMap((outsider) => this.#faultsOfOutsider(outsider)),
      ...this.#faultsOfExchange(),
      ...this.#faultsInLogs(),
    ];
  }

  /** The far end of a call that an agent has, if that far end thinks so, too. */
  outsiderOf(agent: DeskAgent, view: CallView): Outsider | undefined {
    const of = agent.handled.get(view.callId)?.of;
    return this.outsiders.find(({ phone, state }) => {
      if (!of) return false;
      if ('sipCallId' in of)
        return (
          (state.name === 'talking' && state.callId === of.sipCallId) ||
          (state.name === 'calling' && state.sent.callId === of.sipCallId && !state.gaveUp)
        );
      const from =
        state.name === 'rung'
          ? header(state.invite, 'From')
          : state.name === 'talking' && state.answeredBy === null
            ? state.call.remote
            : '';
      return phone.account.user === of.dialled && from.includes(`sip:${agent.user}@`);
    });
  }

  /** Ends everything that is still there, and finds nothing left of it. @throws with what is left */
  async putAway(): Promise<void> {
    for (const outsider of this.outsiders) {
      outsider.giveUp();
      outsider.refuse(480);
      outsider.hangUp();
    }
    await this.settle();
    for (const { clock } of this.agents) clock.pass(wrapUpMs + 60_000);
    this.exchange.clock.advance(transactionsOverMs);
    await eventually('nothing is left', () => {
      const left = this.#leftOvers();
      if (left.length > 0) throw new Error(left.join('; '));
      return true;
    });
    const faults = historyFaults(this.agents, this.outsiders);
    if (faults.length > 0) throw new Error(faults.join('; '));
    for (const agent of this.agents) agent.forget();
    for (const outsider of this.outsiders) outsider.forget();
  }

  /** JsSIP keeps its transactions for 32 s (timers L and M), on the wall's clock. */
  transactionsLeft(): number {
    return this.#userAgents
      .flatMap(({ _transactions }) => Object.values(_transactions))
      .reduce((sum, some) => sum + Object.keys(some).length, 0);
  }

  async close(): Promise<void> {
    for (const agent of this.agents) await agent.close();
    for (const outsider of this.outsiders) await outsider.line.close();
    await this.exchange.close();
  }

  /** Only the agent whom the far end hears has a connection; another who answered, too, never gets one. */
  #connect(tag: string): void {
    const heard = this.agents.find(({ line }) =>
      line.delivered.some(({ direction, text }) => direction === 'up' && text.includes(`tag=${tag}`)),
    );
    heard?.window.tellState(
      { connectionState: 'connected', iceConnectionState: 'connected' },
      'connectionstatechange',
    );
  }

  async #quiet(): Promise<void> {
    const moved = () =>
      [...this.agents, ...this.outsiders].reduce((sum, { line }) => sum + line.delivered.length, 0);
    let before = moved();
    let same = 0;
    await quickly('nothing moves', () => {
      const now = moved();
      same = now === before ? same + 1 : 0;
      before = now;
      return same >= quietLooks;
    });
  }

  #faultsOfAgent(agent: DeskAgent): string[] {
    const views = agent.desk.views();
    const faults: string[] = [];
    const say = (fault: string) => faults.push(`${agent.user}: ${fault}`);
    const live = views.filter(({ phase }) => !['offered', 'ignored', 'wrapUp'].includes(phase));
    if (live.length > 1) say('two calls at once');
    for (const view of views) {
      const outside = this.outsiderOf(agent, view)?.state;
      if (passingPhases.includes(view.phase)) say(`still ${view.phase}`);
      if (talkPhases.includes(view.phase)) {
        if (outside?.name !== 'talking') say('talks to nobody');
        else {
          if ((view.phase === 'held') !== outside.held) say('one of the two does not know that it is held');
          if (view.remoteHold !== outside.holding) say('one of the two does not know who holds');
        }
      }
      if ((view.phase === 'offered' || view.phase === 'ignored') && outside?.name !== 'calling')
        say('rings for nobody');
      if (dialPhases.includes(view.phase) && outside?.name !== 'rung') say('calls nobody');
    }
    const open = [...agent.window.peers.values()].filter(({ closed }) => !closed).length;
    if (open !== live.length) say(`${open} connections for ${live.length} calls`);
    const ringing = agent.window.asked.findLast(
      ({ name, request }) => name.startsWith('tone.st') && (request as { tone: string }).tone === 'ringing',
    );
    const rings = views.some(({ phase }) => phase === 'offered');
    if ((ringing?.name === 'tone.start') !== rings) say(rings ? 'rings without a sound' : 'goes on ringing');
    return faults;
  }

  #faultsOfOutsider(outsider: Outsider): string[] {
    const { state, phone } = outsider;
    const say = (fault: string) => [`${phone.account.user}: ${fault}`];
    const sharing = this.agents.flatMap((agent) =>
      agent.desk
        .views()
        .filter((view) => this.outsiderOf(agent, view) === outsider)
        .map(({ phase }) => phase),
    );
    switch (state.name) {
      case 'idle':
        return [];
      case 'calling':
        if (state.gaveUp) return say('still giving up');
        return sharing.some((phase) => phase === 'offered' || phase === 'ignored') ? [] : say('rings nobody');
      case 'rung':
        return sharing.length === 1 ? [] : say('is rung by nobody');
      case 'talking':
        if (state.asked) return say('still waits for an answer');
        return sharing.filter((phase) => talkPhases.includes(phase)).length === 1
          ? []
          : say(`talks to ${sharing.join(' and ') || 'nobody'}`);
    }
  }

  #faultsOfExchange(): string[] {
    const { calls } = this.exchange.exchange.load();
    const expected = this.outsiders.filter(({ state }) => ['calling', 'rung'].includes(state.name)).length;
    return calls === expected ? [] : [`the exchange rings for ${calls} callers, not ${expected}`];
  }

  #faultsInLogs(): string[] {
    const lines = [this.exchange.log, ...this.agents.map(({ log }) => log.lines)].flat();
    return lines
      .filter(({ level }) => level === 'error')
      .map(({ message, facts }) => `${message} ${String((facts.error as Error | undefined)?.stack ?? '')}`);
  }

  #leftOvers(): string[] {
    const { calls, transactions } = this.exchange.exchange.load();
    const left = [`${calls} calls`, `${transactions} transactions`].map((what) => `exchange: ${what}`);
    for (const agent of this.agents) {
      left.push(`${agent.user}: ${agent.desk.views().length} calls`);
      left.push(`${agent.user}: ${agent.clock.pending()} timers`);
    }
    for (const books of this.#userAgents) {
      left.push(`JsSIP: ${Object.keys(books._sessions).length} sessions`);
      left.push(`JsSIP: ${Object.keys(books._dialogs).length} dialogs`);
    }
    return left.filter((what) => !/: 0 /.test(what));
  }
}
