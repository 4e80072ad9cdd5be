// Runs one call's fork machine: asks the route whom to ring, sends INVITE and CANCEL, forwards what comes back.
// Made by the invite handler per new call.
//
// A proxy forwards every 2xx (RFC 3261 16.7) and leaves it to the caller to end those that it does not want. Here the
// exchange forwards the first only and sends ACK and BYE to any other by itself, because the loser of a photo finish
// has to learn from the BYE's Reason that the call was answered elsewhere, which no caller would say, and because simple
// callers and trunks stumble over a second answer.
import { assertNever } from '#shared/domain/assert-never.ts';
import type { SipCallId } from '#shared/domain/ids.ts';
import type { ExchangeTimer } from '../exchange-clock.ts';
import type { CallRoute, ForkOutcome, RouteStep, SipUser } from '../exchange-ports.ts';
import { tagOf } from '../message/name-address.ts';
import { createResponse, newTag } from '../message/responses.ts';
import type { OutgoingRequest, SipResponse } from '../message/sip-message.ts';
import type { Binding } from '../registrar/registrar.ts';
import type { ClientTransaction } from '../transactions/client-transaction.ts';
import type { ServerTransaction } from '../transactions/server-transaction.ts';
import type { Caller } from './branch-request.ts';
import { createBranchRequest } from './branch-request.ts';
import { isDone, newFork, stepFork } from './fork-machine.ts';
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
  #refusals = new Map<number, SipResponse>();
  #fork: Fork = newFork;
  #ringTimeoutMs = 0;
  #timer: ExchangeTimer | null = null;
  #steps = 0;
  #stepEnded: ForkOutcome | null = null;
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

  /**
   * Cancels this user's ringing branches, but for the devices named.
   * @returns how many
   */
  silence(user: SipUser, exceptInstances: readonly string[]): number {
    const chosen = [...this.#branches.values()].filter(
      ({ binding }) =>
        binding.user === user && !(binding.instance !== null && exceptInstances.includes(binding.instance)),
    );
    const before = this.#liveUncancelled();
    this.#step({ type: 'silenced', branchIds: chosen.map(({ id }) => id) });
    return before - this.#liveUncancelled();
  }

  /** Ends the ringing as if the caller had given up, who is told so (487); nothing where it was answered. */
  withdraw(): void {
    this.#step({ type: 'callerGaveUp' });
  }

  /** Drops its timer; the transactions are ended by their table. */
  close(): void {
    this.#timer?.clear();
  }

  #liveUncancelled(): number {
    return this.#fork.stepBranches.filter(({ live, cancelled }) => live && !cancelled).length;
  }

  #step(event: ForkEvent): void {
    const { fork, effects } = stepFork(this.#fork, event);
    this.#fork = fork;
    for (const effect of effects) this.#run(effect);
    const ended = this.#stepEnded;
    this.#stepEnded = null;
    if (ended) this.#askNext(ended);
    if (!this.#isOver && isDone(this.#fork)) {
      this.#isOver = true;
      this.#timer?.clear();
      this.#done();
    }
  }

  #run(effect: ForkEffect): void {
    const { times, events } = this.#parts;
    switch (effect.type) {
      case 'startRingTimer':
        this.#startTimer(this.#ringTimeoutMs, { type: 'ringTimeOver' });
        return;
      case 'startSettleTimer':
        this.#startTimer(times.settleMs, { type: 'settleTimeOver' });
        return;
      case 'stopTimers':
        this.#timer?.clear();
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
        return;
      case 'askNext':
        // Asked when this step's effects are complete.
        this.#stepEnded = effect.outcome;
        return;
      case 'confirmCancel':
        this.#server.respond(createResponse(this.#server.request, 487, { toTag: this.#toTag }));
        return;
      default:
        assertNever(effect);
    }
  }

  #startTimer(delayMs: number, event: ForkEvent): void {
    this.#timer?.clear();
    this.#timer = this.#parts.clock.startTimer(delayMs, () => this.#step(event));
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
    if (step.kind === 'refuse') {
      this.#refuse(step.status, step.reason);
      return;
    }
    this.#ring(step);
  }

  #ring(step: Extract<RouteStep, { kind: 'ring' }>): void {
    this.#ringTimeoutMs = step.ringTimeoutMs;
    this.#refusals = new Map();
    const users = [...new Set(step.users)];
    const started = users
      .flatMap((user) => this.#parts.registrar.targets(user))
      .filter((binding) => this.#mayRing(binding))
      .map((binding) => this.#prepare(binding, { ...step.headers, ...this.#headers }));
    this.#step({
      type: 'stepStarted',
      users,
      branches: started.map(({ id, binding }) => ({ id, user: binding.user })),
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
    const absent = (status: number) =>
      this.#step({ type: 'refused', branchId: branch.id, status, absent: true });
    branch.transaction = this.#parts.table.send(
      branch.request,
      branch.binding.flow,
      {
        responded: (response) => this.#responded(branch, response),
        failed: (kind) => absent(kind === 'timeout' ? 408 : 480),
      },
      null,
    );
    if (!branch.transaction) absent(480);
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
    else if (first) this.#endLateAnswer(branchId, withdrawnReason);
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
    this.#step({ type: 'refusedByRoute' });
  }
}
