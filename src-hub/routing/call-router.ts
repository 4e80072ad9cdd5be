// Runs the route machine for every call: says the exchange who is rung next, keeps who is taken by an offer, lets calls
// wait and offers them the moment that someone is free (TEAM-10). A reservation is made in the same turn as the decision,
// so that no agent is ever offered two calls, however close together they come. Decides nothing itself.
import type { ProjectId, SipCallId, UserId } from '#shared/domain/ids.ts';
import type { UserDirectory } from '../accounts/user-directory.ts';
import type {
  CallInHand,
  CallRequest,
  CallRoute,
  CallRouter,
  ForkOutcome,
  RouteNews,
  RouteStep,
  SipUser,
} from '../exchange/exchange-ports.ts';
import type { HubLog } from '../hub-log.ts';
import type { CallsInHand, CompanyNow } from './company-view.ts';
import type { OfferService } from './offer-service.ts';
import { voicemailUser } from './route-decision.ts';
import { isSeeking, newCall, type RoutedCall, type RouteEvent, stepRoute } from './route-machine.ts';

export interface CallRouterParts {
  readonly offers: Pick<OfferService, 'routed' | 'waits' | 'ringing' | 'nobodyAnswered' | 'over'>;
  readonly users: Pick<UserDirectory, 'byExtension'>;
  readonly log: HubLog;
  after(delayMs: number, task: () => void): () => void;
  company(calls: CallsInHand): CompanyNow;
}

interface RunningCall {
  readonly id: number;
  readonly inHand: CallInHand;
  call: RoutedCall;
  stopWaiting: (() => void) | null;
}

/** What ends by mere time, such as a device taken for busy until it reports, is looked at again after so long. */
const lookAgainMs = 1_000;

export class CallRouting implements CallRouter, CallsInHand {
  readonly company: CompanyNow;
  readonly #parts: CallRouterParts;
  readonly #calls = new Map<number, RunningCall>();
  readonly #takenBy = new Map<UserId, number>();
  /** Users who are calling somebody, and how often. */
  readonly #calling = new Map<SipUser, number>();
  readonly #seeking = new Set<RunningCall>();
  #lastId = 0;
  #lookAgain: (() => void) | null = null;

  constructor(parts: CallRouterParts) {
    this.#parts = parts;
    this.company = parts.company(this);
  }

  route(request: CallRequest, inHand: CallInHand): CallRoute {
    this.#lastId += 1;
    const call = newCall(request, this.company);
    const running: RunningCall = { id: this.#lastId, inHand, call: { ...call, rung: [] }, stopWaiting: null };
    this.#calls.set(running.id, running);
    this.#calling.set(request.fromUser, (this.#calling.get(request.fromUser) ?? 0) + 1);
    this.#become(running, call);
    this.#parts.offers.routed(request, { destination: call.destination, projectId: call.calledProjectId });
    return {
      next: (previous) => this.#next(running, previous),
      told: (news) => this.#told(running, news),
    };
  }

  isTaken(userId: UserId, extension: SipUser): boolean {
    return this.#takenBy.has(userId) || this.#calling.has(extension);
  }

  waitingIn(projectId: ProjectId): number {
    let waiting = 0;
    for (const { call } of this.#seeking) if (call.waits && call.seeksIn === projectId) waiting += 1;
    return waiting;
  }

  waiting(): number {
    let waiting = 0;
    for (const { call } of this.#seeking) if (call.waits) waiting += 1;
    return waiting;
  }

  /** The user ignores this call: it is offered to others as well. */
  ignored(sipCallId: SipCallId, userId: UserId): void {
    for (const running of [...this.#calls.values()]) {
      if (running.call.request.sipCallId === sipCallId) this.#happened(running, { type: 'ignored', userId });
    }
  }

  /** Something about this user is other than before: they may be free now, or not to be waited for any more. */
  userChanged(userId: UserId): void {
    if (this.#seeking.size === 0) return;
    const open = new Map(this.company.openOf(userId).map((each) => [each.projectId, each.isPrimary]));
    const isPrimary = ({ call }: RunningCall) => call.seeksIn !== null && open.get(call.seeksIn) === true;
    const theirs = this.#inOrder().filter(({ call }) => call.seeksIn !== null && open.has(call.seeksIn));
    // Calls of the agent's primary project come first; in each, the one that has waited longest.
    const ordered = [...theirs.filter(isPrimary), ...theirs.filter((running) => !isPrimary(running))];
    if (this.company.standing(userId) === 'free') this.#offerTo(userId, ordered);
    else this.#lookWhetherHopeless(ordered);
  }

  /** Projects, hours or people are others: all that wait are looked at again. */
  companyChanged(): void {
    this.company.changed();
    for (const running of this.#inOrder()) this.#happened(running, { type: 'companyChanged' });
  }

  close(): void {
    this.#lookAgain?.();
    for (const { stopWaiting } of this.#calls.values()) stopWaiting?.();
  }

  #offerTo(userId: UserId, calls: readonly RunningCall[]): void {
    for (const running of calls) {
      if (this.#takenBy.has(userId)) return;
      this.#happened(running, { type: 'companyChanged' });
    }
  }

  /** Where nobody could become free for the first of a project, nobody could for the others. */
  #lookWhetherHopeless(calls: readonly RunningCall[]): void {
    const hopeful = new Set<ProjectId>();
    for (const running of calls) {
      const { seeksIn, waits } = running.call;
      if (seeksIn === null || !waits || hopeful.has(seeksIn)) continue;
      this.#happened(running, { type: 'companyChanged' });
      if (running.call.waits && running.call.seeksIn === seeksIn) hopeful.add(seeksIn);
    }
  }

  #inOrder(): RunningCall[] {
    return [...this.#seeking].sort(
      (one, other) => one.call.inQueueSinceMs - other.call.inQueueSinceMs || one.id - other.id,
    );
  }

  #next(running: RunningCall, previous: ForkOutcome | null): RouteStep {
    const event: RouteEvent =
      previous === null ? { type: 'arrived' } : { type: 'nothingRings', outcome: previous };
    const { order } = stepRoute(running.call, event, this.company);
    if (!order) throw new Error('A route was asked, and has no step');
    this.#become(running, order.call);
    this.#keep(running, order.step, previous);
    return order.step;
  }

  /** What the machine wants done because of it is done where the exchange has not asked meanwhile. */
  #happened(running: RunningCall, event: RouteEvent): void {
    if (!this.#calls.has(running.id)) return;
    const { call, order } = stepRoute(running.call, event, this.company);
    this.#become(running, call);
    if (!order || !running.inHand.accepts(order.step)) return;
    this.#become(running, order.call);
    // Before it is done: it may end at once, as where nobody's device is there any more.
    this.#keep(running, order.step, null);
    running.inHand.take(order.step);
  }

  #keep(running: RunningCall, step: RouteStep, previous: ForkOutcome | null): void {
    const { offers, log } = this.#parts;
    const { request, destination, unseen } = running.call;
    const goesToVoicemail = step.kind === 'ring' && step.users.includes(voicemailUser);
    if (goesToVoicemail || step.kind === 'refuse') offers.nobodyAnswered(request.sipCallId, unseen);
    if (step.kind === 'ring') offers.ringing(request.sipCallId, step.users);
    if (step.kind === 'wait') offers.waits(request.sipCallId);
    log.info('route: next step', {
      destination,
      after: previous?.kind ?? 'start',
      step: step.kind,
      users: step.kind === 'ring' ? step.users.length : 0,
    });
  }

  #told(running: RunningCall, news: RouteNews): void {
    switch (news.kind) {
      case 'offerEnded': {
        const user = this.#parts.users.byExtension(news.user);
        if (!user) return;
        const { userId } = user;
        this.#happened(running, { type: 'offerEnded', userId, outcome: news.outcome });
        // Free again for others, unless they have just answered.
        if (news.outcome !== 'answered') this.userChanged(userId);
        return;
      }
      case 'deviceLost': {
        const user = this.#parts.users.byExtension(news.user);
        if (user) this.#happened(running, { type: 'deviceLost', userId: user.userId });
        return;
      }
      case 'over':
        this.#over(running, news.how);
    }
  }

  #over(running: RunningCall, how: Extract<RouteNews, { kind: 'over' }>['how']): void {
    const { request, rung, unseen } = running.call;
    if (how.kind === 'abandoned') this.#parts.offers.nobodyAnswered(request.sipCallId, unseen);
    this.#parts.offers.over(request.sipCallId, how);
    this.#become(running, { ...running.call, rung: [], quiet: [], seeksIn: null, waits: false });
    this.#calls.delete(running.id);
    const left = (this.#calling.get(request.fromUser) ?? 1) - 1;
    if (left > 0) this.#calling.set(request.fromUser, left);
    else this.#calling.delete(request.fromUser);
    const caller = this.#parts.users.byExtension(request.fromUser);
    for (const userId of caller ? [...rung, caller.userId] : rung) this.userChanged(userId);
  }

  /** Keeps who is taken, who waits, and for how long, in step with the call. */
  #become(running: RunningCall, call: RoutedCall): void {
    const before = running.call;
    running.call = call;
    for (const userId of before.rung) {
      if (!call.rung.includes(userId) && this.#takenBy.get(userId) === running.id)
        this.#takenBy.delete(userId);
    }
    for (const userId of call.rung) this.#takenBy.set(userId, running.id);
    if (isSeeking(call)) this.#seeking.add(running);
    else this.#seeking.delete(running);
    if (call.waits !== before.waits || call.seeksIn !== before.seeksIn) this.#timeWaiting(running);
    if (this.#seeking.size > 0) this.#lookAgain ??= this.#parts.after(lookAgainMs, () => this.#look());
  }

  #timeWaiting(running: RunningCall): void {
    running.stopWaiting?.();
    running.stopWaiting = null;
    const { waits, seeksIn, inQueueSinceMs } = running.call;
    const project = waits && seeksIn !== null ? this.company.projectById(seeksIn) : null;
    if (!project) return;
    const leftMs = inQueueSinceMs + project.longestWaitMs - this.company.nowMs();
    const over = () => this.#happened(running, { type: 'waitedLongest' });
    running.stopWaiting = this.#parts.after(Math.max(0, leftMs), over);
  }

  #look(): void {
    this.#lookAgain = null;
    const done = new Set<ProjectId>();
    for (const running of this.#inOrder()) {
      const { seeksIn, tried } = running.call;
      if (seeksIn === null || (done.has(seeksIn) && tried.size === 0)) continue;
      this.#happened(running, { type: 'companyChanged' });
      if (this.#seeking.has(running) && tried.size === 0) done.add(seeksIn);
    }
    if (this.#seeking.size > 0) this.#lookAgain ??= this.#parts.after(lookAgainMs, () => this.#look());
  }
}
