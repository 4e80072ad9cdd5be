// A small company with telephones, for tests of the router that need no sockets: users with a status, projects open and
// devices, and an exchange as the router sees it. What rings, waits and is talked on is told by fields; the real router,
// machine and view decide.
import { projectId, sipCallId, type UserId, userId } from '#shared/domain/ids.ts';
import type { Activity, PresenceStatus } from '#shared/domain/presence.ts';
import type { OpenProjects } from '#shared/domain/work.ts';
import type {
  CallRoute,
  ForkOutcome,
  OfferEnded,
  RouteStep,
} from '../../../src-hub/exchange/exchange-ports.ts';
import { type StoredProject, usualRouting } from '../../../src-hub/projects/stored-project.ts';
import { type CallRouterParts, CallRouting } from '../../../src-hub/routing/call-router.ts';
import { CompanyNow } from '../../../src-hub/routing/company-view.ts';
import { IdleTimes } from '../../../src-hub/routing/idle-times.ts';
import { HandClock, KeptLog } from '../support.ts';

export interface Person {
  readonly userId: UserId;
  readonly extension: string;
  status: PresenceStatus;
  sinceMs: number;
  activity: Activity;
  bindings: number;
  lostAtMs: number | null;
  open: OpenProjects;
}

/** One call as an exchange has it. */
export interface CallOnTheLine {
  readonly id: string;
  readonly route: CallRoute;
  state: 'choosing' | 'rings' | 'waits' | 'over';
  /** Extensions that ring now. */
  ringing: string[];
  step: RouteStep | null;
}

export const northId = projectId.parse('north');
export const southId = projectId.parse('south');

export class RingingWorld {
  readonly clock = new HandClock();
  readonly people: Person[];
  readonly calls: CallOnTheLine[] = [];
  readonly routing: CallRouting;
  /** Told with each new offer, before it rings. */
  offered: (extension: string) => void = () => {};
  readonly #idle = new IdleTimes();

  constructor(
    count: number,
    settings: Partial<StoredProject> = {},
    offers: CallRouterParts['offers'] = {
      routed() {},
      waits() {},
      ringing() {},
      nobodyAnswered() {},
      over() {},
    },
  ) {
    this.people = Array.from({ length: count }, (_, at) => ({
      userId: userId.parse(`u${at}`),
      extension: `20${at}`,
      status: 'available',
      sinceMs: this.clock.nowMs() - 1_000 * (count - at),
      activity: 'free',
      bindings: 1,
      lostAtMs: null,
      open: {
        primaryId: at % 2 === 0 ? northId : southId,
        secondaryIds: at % 2 === 0 ? [southId] : [northId],
      },
    }));
    const memberIds = this.people.map(({ userId: id }) => id);
    const stored = (id: typeof northId, number: string): StoredProject => ({
      ...usualRouting,
      project: { id, name: id, numbers: [number], wrapUpMs: 0, dispositionRequired: false },
      queueName: id,
      ringTimeoutMs: 20_000,
      memberIds,
      ...settings,
    });
    const projects = [stored(northId, '+1'), stored(southId, '+2')];
    const extensions = new Map(this.people.map((each) => [each.extension, each]));
    const ids = new Map<string, Person>(this.people.map((each) => [each.userId, each]));
    const byExtension = (extension: string) => this.#view(extensions.get(extension));
    const byId = (id: string) => this.#view(ids.get(id));
    const users = { byId, byExtension, mayCallOutside: () => true };
    const person = (id: UserId) => ids.get(id) as Person;
    this.routing = new CallRouting({
      offers,
      users,
      log: new KeptLog(),
      after: (delayMs, task) => this.clock.after(delayMs, task),
      company: (inHand) =>
        new CompanyNow(
          {
            users,
            presence: { of: (id) => ({ ...person(id), untilMs: null, labelId: null }) },
            devices: {
              activityOf: (id) => person(id).activity,
              devicesOf: (id) => ({ awake: person(id).bindings, fallingAsleep: 0, anyAsleep: false }),
            },
            projects: { all: () => projects },
            open: { of: (id) => person(id).open },
            idle: this.#idle,
            clock: this.clock,
            outsideNumbers: () => [],
            liveBindings: (extension) => extensions.get(extension)?.bindings ?? 1,
            lostAtMs: (extension) => extensions.get(extension)?.lostAtMs ?? null,
            callsOf: () => 0,
            keepsFromCalls: () => false,
          },
          inHand,
        ),
    });
  }

  /** As the hub tells routing of a change. */
  changed(who: Person): void {
    this.#idle.seen(who.userId, who.activity !== 'free', this.clock.nowMs());
    this.routing.userChanged(who.userId);
  }

  arrives(number: string): CallOnTheLine {
    const id = `call-${this.calls.length}`;
    const accepts = (step: RouteStep) =>
      call.state === 'waits' || (call.state === 'rings' && step.kind === 'ring');
    const route = this.routing.route(
      {
        sipCallId: sipCallId.parse(id),
        fromUser: 'trunk',
        requestUser: number,
        callerNumber: '+12015550123',
        callerName: null,
        redirectedFrom: null,
        transferredBy: null,
      },
      {
        accepts,
        take: (step) => {
          if (!accepts(step)) return false;
          this.#carryOut(call, step);
          return true;
        },
      },
    );
    const call: CallOnTheLine = { id, route, state: 'choosing', ringing: [], step: null };
    this.calls.push(call);
    this.#carryOut(call, route.next(null));
    return call;
  }

  answers(call: CallOnTheLine, extension: string): void {
    const others = call.ringing.filter((each) => each !== extension);
    call.state = 'over';
    call.ringing = [];
    const answerer = this.people.find((each) => each.extension === extension);
    if (answerer) {
      answerer.activity = 'onCall';
      this.changed(answerer);
    }
    this.#tell(call, extension, 'answered');
    for (const each of others) this.#tell(call, each, 'answeredElsewhere');
    call.route.told?.({ kind: 'over', how: { kind: 'answered', by: extension } });
  }

  /** One user's ringing ends; where it was the last, the route is asked. */
  ends(
    call: CallOnTheLine,
    extension: string,
    outcome: 'rangOut' | 'declined' | 'rejected' | 'noDevice',
  ): void {
    const declinesAll =
      outcome === 'declined' && call.step?.kind === 'ring' && call.step.declineEnds !== 'offer';
    const ended = declinesAll ? [...call.ringing] : [extension];
    call.ringing = call.ringing.filter((each) => !ended.includes(each));
    if (call.ringing.length === 0) call.state = 'choosing';
    for (const each of ended) this.#tell(call, each, each === extension ? outcome : 'declinedElsewhere');
    if (call.state !== 'choosing') return;
    const how: ForkOutcome =
      outcome === 'declined'
        ? { kind: 'declined', byUser: extension, status: 603 }
        : outcome === 'rangOut'
          ? { kind: 'rangOut' }
          : { kind: 'allRefused', statuses: [486] };
    this.#carryOut(call, call.route.next(how));
  }

  loses(call: CallOnTheLine, extension: string): void {
    call.route.told?.({ kind: 'deviceLost', user: extension });
  }

  givesUp(call: CallOnTheLine): void {
    const rang = call.ringing;
    call.state = 'over';
    call.ringing = [];
    for (const each of rang) this.#tell(call, each, 'abandoned');
    call.route.told?.({ kind: 'over', how: { kind: 'abandoned' } });
  }

  #carryOut(call: CallOnTheLine, step: RouteStep): void {
    call.step = step;
    if (step.kind === 'wait') call.state = 'waits';
    else if (step.kind === 'refuse') {
      call.state = 'over';
      call.route.told?.({ kind: 'over', how: { kind: 'refused', status: step.status } });
    } else {
      for (const extension of step.users) this.offered(extension);
      call.state = 'rings';
      call.ringing.push(...step.users);
    }
  }

  #tell(call: CallOnTheLine, user: string, outcome: OfferEnded['outcome']): void {
    call.route.told?.({ kind: 'offerEnded', user, outcome });
  }

  #view(found: Person | undefined) {
    if (!found) return null;
    const { userId: id, extension } = found;
    return { userId: id, extension, displayName: id, username: id, accountType: 'clerk' as const };
  }
}
