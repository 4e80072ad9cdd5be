// One agent of the hub's benchmark: a desktop and a phone, who does what agents do and notes what the hub should have
// known when it rang. Used by hub-load.ts.
import { randomUUID } from 'node:crypto';
import { LightPhone } from '../../tests/support/light-phone.ts';
import type { SeededUser } from '../../tests/support/seed-company.ts';
import { LightDesk } from './light-desk.ts';

export interface AgentTimes {
  readonly answerAfterMs: number;
  readonly wrapUpMs: number;
}

export interface AgentNews {
  /** An INVITE has arrived. `wrong`: why this agent should not have been offered it. */
  offered(callId: string, atMs: number, wrong: string | null): void;
  answered(): void;
}

/** What was said on one connection and what is heard on the other may cross. */
const crossingMs = 100;

const now = () => performance.now();

export class BenchAgent {
  readonly user: SeededUser;
  readonly desk: LightDesk;
  readonly phone: LightPhone;
  /** The next call that rings is refused, so that it goes to somebody else. */
  refusesNext = false;
  #doing: 'nothing' | 'ringing' | 'talking' | 'wrappingUp' = 'nothing';
  #available = false;
  #statusSaidAtMs = 0;
  #times: AgentTimes;

  private constructor(
    user: SeededUser,
    desk: LightDesk,
    phone: LightPhone,
    times: AgentTimes,
    news: AgentNews,
  ) {
    this.user = user;
    this.desk = desk;
    this.phone = phone;
    this.#times = times;
    phone.offered = ({ callId, invite, reply }) => {
      news.offered(callId, now(), this.#whyNot(invite.first('x-offhook-project')));
      this.#doing = 'ringing';
      reply(180);
      const refuses = this.refusesNext;
      this.refusesNext = false;
      const act = () => {
        if (this.#doing !== 'ringing') return;
        reply(refuses ? 486 : 200);
        this.#doing = refuses ? 'nothing' : 'talking';
        if (refuses) return;
        news.answered();
        void this.#report('onCall');
      };
      if (this.#times.answerAfterMs === 0) act();
      else setTimeout(act, this.#times.answerAfterMs);
    };
    phone.ended = (_, how) => {
      if (how === 'cancel') this.#doing = 'nothing';
      else void this.#wrapUp();
    };
  }

  static async start(
    hubUrl: string,
    user: SeededUser,
    password: string,
    times: AgentTimes,
    news: AgentNews,
  ): Promise<BenchAgent> {
    const deviceId = randomUUID();
    const desk = await LightDesk.open(hubUrl);
    const { sip } = await desk.signIn(user.username, password, deviceId);
    const phone = new LightPhone(sip, deviceId);
    await phone.open();
    const agent = new BenchAgent(user, desk, phone, times, news);
    await agent.#report('free');
    await agent.become('available');
    return agent;
  }

  get isFree(): boolean {
    return this.#doing === 'nothing' && this.#available;
  }

  set times(times: AgentTimes) {
    this.#times = times;
  }

  async become(status: 'available' | 'away'): Promise<void> {
    // From the moment that the hub may know of it.
    if (status === 'available') this.#available = true;
    await this.desk.call('presence.set', { status, labelId: null, untilMs: null });
    this.#available = status === 'available';
    this.#statusSaidAtMs = now();
  }

  #whyNot(projectId: string): string | null {
    if (!this.user.projectIds.some((each) => each === projectId)) return `project ${projectId} is not open`;
    if (this.#doing !== 'nothing') return this.#doing;
    if (!this.#available && now() - this.#statusSaidAtMs > crossingMs) return 'away';
    return null;
  }

  async #wrapUp(): Promise<void> {
    if (this.#times.wrapUpMs > 0) {
      this.#doing = 'wrappingUp';
      await this.#report('wrapUp');
      await new Promise((resolve) => setTimeout(resolve, this.#times.wrapUpMs));
    }
    this.#doing = 'nothing';
    await this.#report('free');
  }

  async #report(activity: 'free' | 'onCall' | 'wrapUp'): Promise<void> {
    await this.desk.call('device.report', { activity, asleep: false });
  }
}
