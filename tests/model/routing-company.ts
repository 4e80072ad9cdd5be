// A company at work on a real hub, for the model of presence and routing: agents with a desktop and a phone each, callers,
// and what each of them knows, so that the model can say whether a call was offered rightly. Every act is awaited until
// the hub has taken it in.
import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { PresenceStatus } from '#shared/domain/presence.ts';
import { type Desktop, openDesktop, type TestHub, wholeSignIn } from '../hub/support.ts';
import { eventually } from '../support/eventually.ts';
import { type LightCall, type LightOffer, LightPhone } from '../support/light-phone.ts';
import type { SeededCompany, SeededUser } from '../support/seed-company.ts';

export class AgentAtDesk {
  readonly user: SeededUser;
  readonly phone: LightPhone;
  /** As the hub has acknowledged it; null while it is being told. */
  status: PresenceStatus | null = 'offline';
  open: readonly string[] | null;
  doing: 'nothing' | 'talking' | 'wrappingUp' = 'nothing';
  isThere = true;
  /** What rings here. */
  readonly ringing = new Map<string, LightOffer>();
  desktop: Desktop;
  readonly #deviceId: string;
  readonly #token: string;
  readonly #hub: TestHub;

  private constructor(hub: TestHub, user: SeededUser, desktop: Desktop, token: string, phone: LightPhone) {
    this.#hub = hub;
    this.user = user;
    this.desktop = desktop;
    this.phone = phone;
    this.#deviceId = phone.deviceId;
    this.#token = token;
    this.open = user.projectIds;
    onTestFinished(() => phone.close());
  }

  static async signIn(hub: TestHub, user: SeededUser, password: string): Promise<AgentAtDesk> {
    const deviceId = randomUUID();
    const desktop = await openDesktop(hub);
    const asked = { username: user.username, password, accountType: 'clerk', deviceId } as const;
    const { sip, token } = wholeSignIn(await desktop.client.call('session.signIn', asked));
    const phone = new LightPhone(sip, deviceId);
    await phone.open();
    const agent = new AgentAtDesk(hub, user, desktop, token, phone);
    await agent.report();
    return agent;
  }

  /** Whether nothing of what this agent has said speaks against a call of the project. */
  mayBeOffered(projectId: string): boolean {
    const { status, open, doing, ringing } = this;
    const opened = open === null || open.includes(projectId);
    return opened && (status === null || status === 'available') && doing === 'nothing' && ringing.size === 0;
  }

  /** Whether a call of the project must not wait. */
  mustBeOffered(projectId: string): boolean {
    return this.mayBeOffered(projectId) && this.isThere && this.status === 'available' && this.open !== null;
  }

  async become(status: 'available' | 'away' | 'busy'): Promise<void> {
    this.status = null;
    await this.desktop.client.call('presence.set', { status, labelId: null, untilMs: null });
    await this.phone.settled();
    this.status = status;
  }

  async opens(projectIds: readonly SeededUser['projectIds'][number][]): Promise<void> {
    this.open = null;
    const [primaryId = null, ...secondaryIds] = projectIds;
    await this.desktop.client.call('projects.open', { primaryId, secondaryIds });
    await this.phone.settled();
    this.open = projectIds;
  }

  async report(): Promise<void> {
    const activity = ({ nothing: 'free', talking: 'onCall', wrappingUp: 'wrapUp' } as const)[this.doing];
    await this.desktop.client.call('device.report', { activity, asleep: false });
  }

  /** As a network that is lost. */
  leave(): void {
    this.isThere = false;
    this.ringing.clear();
    this.phone.close();
    this.desktop.ws.terminate();
  }

  async comeBack(): Promise<void> {
    this.desktop = await openDesktop(this.#hub);
    await this.desktop.client.call('session.resume', { token: this.#token, deviceId: this.#deviceId });
    await this.report();
    await this.phone.open();
    await this.phone.settled();
    this.isThere = true;
  }
}

export interface CallOnTheWay {
  readonly call: LightCall;
  readonly caller: LightPhone;
  readonly projectId: string;
  /** As the caller was told last. */
  told: 'nothing' | 'waits' | 'rings';
  /** Status of the final answer; null until there is one. */
  final: number | null;
  /** Whoever was offered it. */
  readonly offeredTo: Set<AgentAtDesk>;
  answeredBy: AgentAtDesk | null;
  over: boolean;
}

export class CompanyAtWork {
  readonly company: SeededCompany;
  readonly agents: readonly AgentAtDesk[];
  readonly callers: readonly LightPhone[];
  readonly calls: CallOnTheWay[] = [];
  readonly wrong: string[] = [];

  private constructor(
    company: SeededCompany,
    agents: readonly AgentAtDesk[],
    callers: readonly LightPhone[],
  ) {
    this.company = company;
    this.agents = agents;
    this.callers = callers;
    for (const agent of agents) this.#listenTo(agent);
  }

  static async start(hub: TestHub, company: SeededCompany): Promise<CompanyAtWork> {
    const agents = await Promise.all(
      company.agents.map((user) => AgentAtDesk.signIn(hub, user, company.password)),
    );
    const callers = await Promise.all(
      company.callers.map(async (user) => (await AgentAtDesk.signIn(hub, user, company.password)).phone),
    );
    return new CompanyAtWork(company, agents, callers);
  }

  live(): CallOnTheWay[] {
    return this.calls.filter(({ over }) => !over);
  }

  /** Rings, waits, or ends before it does either. Nothing where every caller is on the line. */
  async arrives(at: number): Promise<void> {
    const busy = new Set(this.live().map(({ caller }) => caller));
    const caller = this.callers.find((each) => !busy.has(each));
    const project = this.company.projects[at % this.company.projects.length];
    if (!caller || !project) return;
    const call = caller.call(project.number, (status) => {
      made.told = status === 182 ? 'waits' : 'rings';
    });
    const made: CallOnTheWay = {
      ...{ call, caller, projectId: project.id, told: 'nothing', final: null },
      ...{ offeredTo: new Set(), answeredBy: null, over: false },
    };
    this.calls.push(made);
    void call.final.then((status) => {
      made.final = status;
      if (status !== 200) made.over = true;
    });
    await eventually('the caller is told something', () => made.told !== 'nothing' || made.final !== null);
    // Nobody of the agents took it: a machine did, which is told goodbye.
    if (made.final === 200 && !made.answeredBy) await this.hangsUp(made);
  }

  async answers(agent: AgentAtDesk, offer: LightOffer): Promise<void> {
    const call = this.#callOf(offer.callId);
    agent.ringing.delete(offer.callId);
    offer.reply(200);
    agent.doing = 'talking';
    call.answeredBy = agent;
    await eventually('the caller is through', () => call.final !== null);
    await agent.report();
  }

  async hangsUp(call: CallOnTheWay): Promise<void> {
    const status = await call.call.bye();
    if (status !== 200) this.wrong.push(`BYE was answered with ${status}`);
    call.over = true;
    const agent = call.answeredBy;
    if (!agent) return;
    agent.doing = 'wrappingUp';
    if (agent.isThere) await agent.report();
  }

  async givesUp(call: CallOnTheWay): Promise<void> {
    call.call.cancel();
    await eventually('the caller is gone', () => call.final !== null);
    if (call.final === 200 && !call.answeredBy) await this.hangsUp(call);
  }

  #listenTo(agent: AgentAtDesk): void {
    agent.phone.offered = (offer) => {
      const call = this.#callOf(offer.callId);
      const { username } = agent.user;
      if (!agent.mayBeOffered(call.projectId)) {
        const rings = [...agent.ringing.keys()].map((id) => (id === offer.callId ? 'the same' : 'another'));
        this.wrong.push(
          `${username} was offered a call: ${agent.status}, ${agent.doing}, ${rings.join(' and ') || 'nothing'} rings`,
        );
      }
      if (call.over) this.wrong.push(`${username} was offered a call that is over`);
      agent.ringing.set(offer.callId, offer);
      call.offeredTo.add(agent);
      offer.reply(180);
    };
    agent.phone.ended = (callId) => {
      agent.ringing.delete(callId);
    };
  }

  #callOf(callId: string): CallOnTheWay {
    const found = this.calls.find(({ call }) => call.callId === callId);
    if (!found) throw new Error(`Nobody made the call ${callId}`);
    return found;
  }
}
