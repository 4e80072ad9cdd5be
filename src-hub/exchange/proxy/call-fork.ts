// Runs one call's fork machine: asks the route whom to ring, sends INVITE and CANCEL, forwards what comes back.
// Made by the invite handler per new call.
//
// A proxy forwards every 2xx (RFC 3261 16.7) and leaves it to the caller to end those that it does not want. Here the
// exchange forwards the first only and sends ACK and BYE to any other by itself, because the loser of a photo finish
// has to learn from the BYE's Reason that the call was answered elsewhere, which no caller would say, and because simple
// callers and trunks stumble over a second answer.
//
// Longer than 400 lines, because everything that the machine orders is done here, on the one set of branches.
import { assertNever } from '#shared/domain/assert-never.ts';
import type { SipCallId } from '#shared/domain/ids.ts';
import type { ExchangeTimer } from '../exchange-clock.ts';
import type {
  CallRoute,
  ForkOutcome,
  RingStep,
  RouteNews,
  RouteStep,
  RoutingEnd,
  SipUser,
} from '../exchange-ports.ts';
import { tagOf } from '../message/name-address.ts';
import { createResponse, newTag } from '../message/responses.ts';
import type { OutgoingRequest, SipResponse } from '../message/sip-message.ts';
import type { Binding } from '../registrar/registrar.ts';
import type { ClientTransaction } from '../transactions/client-transaction.ts';
import type { ServerTransaction } from '../transactions/server-transaction.ts';
import type { Caller } from './branch-request.ts';
import { createBranchRequest } from './branch-request.ts';
import { ComfortBranch } from './comfort-branch.ts';
import { isDone, mayJoin, newFork, stepFork } from './fork-machine.ts';
import type { Fork, ForkEffect, ForkEvent } from './fork-state.ts';
import { passableResponse } from './header-policy.ts';
import { endLateAnswer } from './late-answer.ts';
import type { ProxyParts } from './proxy-parts.ts';
import { cancelReasons, slowerAnswerReason, withdrawnReason } from './reasons.ts';

interface RunningBranch {
  readonly id: string;
  readonly binding: Binding;
  readonly request: OutgoingRequest;
  transaction: ClientTransaction | null;
  /** What arrived last; the effects of its event speak of it. */
  response: SipResponse | null;
  /** To tag of the answer that the caller got. */
  forwardedTag: string | null;
  lateAnswerEnded: boolean;
}

/** RFC 3261 13.3.1.1: who lets a caller wait says so once a minute, or proxies give up. */
const queuedAgainMs = 55_000;
/** A route that never answers the question whom to ring ends here. */
const maxSteps = 50;

export interface NewCall {
  readonly sipCallId: SipCallId;
  readonly caller: Caller;
  readonly route: CallRoute;
  /** The one device that is meant (a GRUU); null for all of a user. */
  readonly onlyInstance: string | null;
  /** Of the exchange, added to the INVITE of every branch. */
  readonly headers: Readonly<Record<string, string>>;
}

export class CallFork {
  readonly sipCallId: SipCallId;
  readonly #parts: ProxyParts;
  readonly #server: ServerTransaction;
  readonly #caller: Caller;
  readonly #route: CallRoute;
  readonly #onlyInstance: string | null;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #done: () => void;
  readonly #branches = new Map<string, RunningBranch>();
  readonly #toTag = newTag();
  /** By which step each user is rung who is. */
  readonly #rungBy = new Map<SipUser, RingStep>();
  readonly #ringTimers = new Map<number, ExchangeTimer>();
  #refusals = new Map<number, SipResponse>();
  #fork: Fork = newFork;
  #startingGroupMs = 0;
  #settleTimer: ExchangeTimer | null = null;
  #queuedTimer: ExchangeTimer | null = null;
  #comfort: ComfortBranch | null = null;
  #steps = 0;
  #depth = 0;
  #stepEnded: ForkOutcome | null = null;
  readonly #ordered: RouteStep[] = [];
  #overAs: RoutingEnd | null = null;
  #toldOver = false;
  #isOver = false;

  /** @param done called once, when nothing more can come */
  constructor(parts: ProxyParts, server: ServerTransaction, call: NewCall, done: () => void) {
    this.sipCallId = call.sipCallId;
    this.#parts = parts;
    this.#server = server;
    this.#caller = call.caller;
    this.#route = call.route;
    this.#onlyInstance = call.onlyInstance;
    this.#headers = call.headers;
    this.#done = done;
    server.onAbandoned = () => this.#step({ type: 'callerGaveUp' });
  }

  start(): void {
    this.#askNext(null);
  }

  accepts(step: RouteStep): boolean {
    const { phase } = this.#fork;
    return phase === 'waiting' || (phase === 'ringing' && step.kind === 'ring');
  }

  /** What the route wants done without being asked; see `CallInHand.take`. */
  take(step: RouteStep): boolean {
    if (!this.accepts(step)) return false;
    this.#ordered.push(step);
    if (this.#depth === 0) this.#obey();
    return true;
  }

  /** A device has registered: where its user is being rung, it rings too. */
  registered(binding: Binding): void {
    const step = this.#rungBy.get(binding.user);
    if (!step || !mayJoin(this.#fork, binding.user) || !this.#mayRing(binding)) return;
    const same = [...this.#branches.values()].filter((each) => isSameDevice(each.binding, binding));
    // It rings there, or it said no.
    if (same.some((each) => each.binding.flow === binding.flow || (each.response?.status ?? 0) >= 200))
      return;
    const branch = this.#prepare(binding, { ...step.headers, ...this.#headers });
    this.#step({ type: 'joined', branchId: branch.id, user: binding.user });
    // What the device was sent over a connection of before is lost, whether or not that was noticed.
    for (const { id } of same) this.#step({ type: 'lost', branchId: id });
    this.#send(branch);
  }

  /**
   * Cancels this user's ringing branches, but for the devices named; one that registers later does not ring.
   * @returns how many
   */
  silence(user: SipUser, exceptInstances: readonly string[]): number {
    const chosen = [...this.#branches.values()].filter(
      ({ binding }) =>
        binding.user === user && !(binding.instance !== null && exceptInstances.includes(binding.instance)),
    );
    const before = this.#liveUncancelled();
    this.#step({ type: 'silenced', user, branchIds: chosen.map(({ id }) => id) });
    return before - this.#liveUncancelled();
  }

  /** The user may not take calls any more: for them the ringing is over. */
  withdrawFrom(user: SipUser): void {
    this.#step({ type: 'withdrawn', user });
  }

  /** Ends the ringing as if the caller had given up, who is told so (487); nothing where it was answered. */
  withdraw(): void {
    this.#step({ type: 'callerGaveUp' });
  }

  /** Drops its timers; the transactions are ended by their table. */
  close(): void {
    this.#stopRinging();
    this.#queuedTimer?.clear();
  }

  #liveUncancelled(): number {
    return this.#fork.stepBranches.filter(({ live, cancelled }) => live && !cancelled).length;
  }

  #step(event: ForkEvent): void {
    this.#depth += 1;
    const { fork, effects } = stepFork(this.#fork, event);
    this.#fork = fork;
    for (const effect of effects) this.#run(effect);
    this.#tellOver();
    const ended = this.#stepEnded;
    this.#stepEnded = null;
    if (ended) this.#askNext(ended);
    this.#depth -= 1;
    if (this.#depth === 0) this.#obey();
    if (!this.#isOver && isDone(this.#fork)) {
      this.#isOver = true;
      this.close();
      this.#done();
    }
  }

  #obey(): void {
    for (let step = this.#ordered.shift(); step; step = this.#ordered.shift()) {
      if (this.accepts(step)) this.#carryOut(step);
    }
  }

  #run(effect: ForkEffect): void {
    const { times, events } = this.#parts;
    switch (effect.type) {
      case 'startRingTimer': {
        const { group } = effect;
        const over = () => this.#step({ type: 'ringTimeOver', group });
        this.#ringTimers.set(group, this.#parts.clock.startTimer(this.#startingGroupMs, over));
        return;
      }
      case 'startSettleTimer':
        this.#settleTimer?.clear();
        this.#settleTimer = this.#parts.clock.startTimer(times.settleMs, () =>
          this.#step({ type: 'settleTimeOver' }),
        );
        return;
      case 'stopTimers':
        this.#stopRinging();
        return;
      case 'cancelBranch':
        this.#branches.get(effect.branchId)?.transaction?.cancel(cancelReasons[effect.cause]);
        return;
      case 'forwardProvisional':
        this.#forward(effect.branchId);
        return;
      case 'forwardAnswer':
        this.#forwardAnswer(effect.branchId);
        return;
      case 'endLateAnswer':
        this.#endLateAnswer(
          effect.branchId,
          this.#fork.phase === 'answered' ? slowerAnswerReason : withdrawnReason,
        );
        return;
      case 'endOffer':
        events.offerEnded({ sipCallId: this.sipCallId, user: effect.user, outcome: effect.outcome });
        this.#tell({ kind: 'offerEnded', user: effect.user, outcome: effect.outcome });
        return;
      case 'tellLost':
        this.#tell({ kind: 'deviceLost', user: effect.user });
        return;
      case 'askNext':
        // Asked when this step's effects are complete.
        this.#stepEnded = effect.outcome;
        return;
      case 'confirmCancel':
        this.#server.respond(createResponse(this.#server.request, 487, { toTag: this.#toTag }));
        this.#over({ kind: 'abandoned' });
        return;
      default:
        assertNever(effect);
    }
  }

  #stopRinging(): void {
    for (const timer of this.#ringTimers.values()) timer.clear();
    this.#ringTimers.clear();
    this.#settleTimer?.clear();
  }

  #tell(news: RouteNews): void {
    try {
      this.#route.told?.(news);
    } catch (error) {
      this.#parts.log.error('exchange: the route of a call failed', { error });
    }
  }

  #over(how: RoutingEnd): void {
    this.#overAs ??= how;
  }

  /** Last of all that is told. */
  #tellOver(): void {
    if (this.#overAs === null || this.#toldOver) return;
    this.#toldOver = true;
    this.#queuedTimer?.clear();
    this.#comfort?.end();
    this.#tell({ kind: 'over', how: this.#overAs });
  }

  #askNext(previous: ForkOutcome | null): void {
    if (this.#fork.phase !== 'choosing') return;
    this.#steps += 1;
    let step: RouteStep;
    try {
      step =
        this.#steps > maxSteps ? { kind: 'refuse', status: 500, reason: '' } : this.#route.next(previous);
    } catch (error) {
      this.#parts.log.error('exchange: the route of a call failed', { error });
      step = { kind: 'refuse', status: 500, reason: 'Routing failed' };
    }
    this.#carryOut(step);
  }

  #carryOut(step: RouteStep): void {
    switch (step.kind) {
      case 'refuse':
        this.#refuse(step.status, step.reason);
        return;
      case 'wait':
        this.#wait(step.comfort);
        return;
      case 'ring':
        this.#ring(step);
        return;
      default:
        assertNever(step);
    }
  }

  /** RFC 3261 21.1.4. */
  #wait(comfort: SipUser | null): void {
    this.#step({ type: 'queued' });
    this.#tellQueued();
    if (comfort === null || this.#comfort) return;
    const [binding] = this.#parts.registrar.targets(comfort);
    if (binding) this.#comfort = new ComfortBranch(this.#parts, this.#server, this.#caller, binding);
  }

  #tellQueued(): void {
    if (this.#fork.phase !== 'waiting') return;
    this.#server.respond(createResponse(this.#server.request, 182, { toTag: this.#toTag }));
    this.#queuedTimer?.clear();
    this.#queuedTimer = this.#parts.clock.startTimer(queuedAgainMs, () => this.#tellQueued());
  }

  #ring(step: RingStep): void {
    this.#startingGroupMs = step.ringTimeoutMs;
    if (this.#fork.phase !== 'ringing') {
      this.#refusals = new Map();
      this.#rungBy.clear();
    }
    const { registrar } = this.#parts;
    const users = [...new Set(step.users)].filter((user) => !this.#rungBy.has(user));
    for (const user of users) this.#rungBy.set(user, step);
    const started = users
      .flatMap((user) => registrar.targets(user))
      .filter((binding) => this.#mayRing(binding))
      .map((binding) => this.#prepare(binding, { ...step.headers, ...this.#headers }));
    this.#step({
      type: 'rung',
      users,
      branches: started.map(({ id, binding }) => ({ id, user: binding.user })),
      away: users.filter((user) => registrar.bindings(user).some((binding) => this.#mayRing(binding))),
      declineEnds: step.declineEnds ?? 'call',
      lostDevice: step.lostDevice ?? 'wait',
    });
    for (const branch of started) this.#send(branch);
  }

  /**
   * Nobody is rung on the very device that they call from; a call for one device rings that one only. The trunk is no
   * device but a line to many: who came in over it may be sent out over it.
   */
  #mayRing({ user, flow, instance }: Binding): boolean {
    if (this.#onlyInstance !== null && instance !== this.#onlyInstance) return false;
    return user !== this.#caller.user || this.#caller.trust === 'trunk' || flow !== this.#server.flow;
  }

  #prepare(binding: Binding, own: Readonly<Record<string, string>>): RunningBranch {
    const request = createBranchRequest(this.#parts, this.#server.request, this.#caller, binding, own);
    const branch: RunningBranch = {
      id: `${this.#branches.size + 1}`,
      binding,
      request,
      transaction: null,
      response: null,
      forwardedTag: null,
      lateAnswerEnded: false,
    };
    this.#branches.set(branch.id, branch);
    return branch;
  }

  #send(branch: RunningBranch): void {
    const branchId = branch.id;
    const lost = () => this.#step({ type: 'lost', branchId });
    const silent = () => this.#step({ type: 'refused', branchId, status: 408, absent: true });
    branch.transaction = this.#parts.table.send(
      branch.request,
      branch.binding.flow,
      {
        responded: (response) => this.#responded(branch, response),
        failed(kind) {
          if (kind === 'timeout') silent();
          else lost();
        },
      },
      null,
    );
    if (!branch.transaction) lost();
  }

  #responded(branch: RunningBranch, response: SipResponse): void {
    branch.response = response;
    const branchId = branch.id;
    if (response.status === 100) return;
    if (response.status < 200) this.#step({ type: 'provisional', branchId });
    else if (response.status < 300) this.#step({ type: 'answered', branchId });
    else {
      this.#refusals.set(response.status, response);
      this.#step({ type: 'refused', branchId, status: response.status, absent: false });
    }
  }

  #forward(branchId: string): boolean {
    const branch = this.#branches.get(branchId);
    if (!branch?.response) return false;
    const trust = this.#parts.trustOf(branch.binding.user);
    return this.#server.respond(passableResponse(this.#server.request, branch.response, trust));
  }

  #forwardAnswer(branchId: string): void {
    const branch = this.#branches.get(branchId);
    if (!branch?.response) return;
    const tag = tagOf(branch.response.to) ?? '';
    const first = branch.forwardedTag === null;
    if (!first && branch.forwardedTag !== tag) {
      // The device forked again, and another of its ends answered, too.
      this.#endLateAnswer(branchId, slowerAnswerReason);
      return;
    }
    branch.forwardedTag = tag;
    // Repeats are for the caller alone; it may be gone by then, and its own BYE ends the call.
    if (this.#forward(branchId)) this.#established(branch, branch.response);
    else if (first) {
      this.#endLateAnswer(branchId, withdrawnReason);
      this.#over({ kind: 'abandoned' });
      return;
    }
    this.#over({ kind: 'answered', by: branch.binding.user });
  }

  #established({ request, binding }: RunningBranch, answer: SipResponse): void {
    this.#parts.dialogs.established({
      invite: this.#server.request,
      sentInvite: request,
      answer,
      caller: this.#caller.party,
      callee: { user: binding.user, instance: binding.instance, flowId: binding.flow.id },
    });
  }

  /** ACK to each repeat of the 2xx, BYE once. */
  #endLateAnswer(branchId: string, reason: string): void {
    const branch = this.#branches.get(branchId);
    if (!branch?.response) return;
    const late = { invite: branch.request, answer: branch.response, binding: branch.binding };
    endLateAnswer(this.#parts, late, branch.lateAnswerEnded ? null : reason);
    branch.lateAnswerEnded = true;
  }

  /** Where a device gave the very status that the route chose, its own response is the best one (16.7 step 6). */
  #refuse(status: number, reason: string): void {
    const { request } = this.#server;
    const received = this.#refusals.get(status);
    const response = received
      ? passableResponse(request, received, 'account')
      : createResponse(request, status, { toTag: this.#toTag, ...(reason === '' ? {} : { reason }) });
    this.#server.respond(response);
    this.#over({ kind: 'refused', status });
    this.#step({ type: 'refusedByRoute' });
  }
}

/** The same phone, be its connection another one. */
function isSameDevice(one: Binding, other: Binding): boolean {
  if (one.user !== other.user) return false;
  return one.instance === null ? one.contactUri === other.contactUri : one.instance === other.instance;
}
