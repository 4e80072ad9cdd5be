// One call's fork, step by step (RFC 3261 16.7 and 16.10). Pure; run by call-fork.ts.
// A step rings some users; it ends by an answer, a 6xx, refusals from all, or the ring time, and the route is asked for
// the next one. A first 2xx wins whenever it comes, as long as the caller has had no final response;
// every other 2xx is ended by the exchange (see call-fork.ts for why).
import { assertNever } from '#shared/domain/assert-never.ts';
import type { SipUser } from '../exchange-ports.ts';
import type {
  Branch,
  CancelCause,
  Fork,
  ForkEffect,
  ForkEvent,
  ForkStep,
  OfferOutcome,
} from './fork-state.ts';

export const newFork: Fork = {
  phase: 'choosing',
  stepBranches: [],
  earlierBranches: [],
  offers: [],
  statuses: [],
  settlesAs: null,
  answeredBranch: null,
};

/** Total: what means nothing in a phase changes nothing. */
export function stepFork(fork: Fork, event: ForkEvent): ForkStep {
  switch (event.type) {
    case 'stepStarted':
      return stepStarted(fork, event.users, event.branches);
    case 'refusedByRoute':
      return { fork: { ...fork, phase: 'over' }, effects: [] };
    case 'provisional': {
      const branch = branchOf(fork, event.branchId);
      const wanted = fork.phase === 'ringing' && branch?.live === true && !branch.cancelled;
      return { fork, effects: wanted ? [{ type: 'forwardProvisional', branchId: event.branchId }] : [] };
    }
    case 'answered':
      return answered(fork, event.branchId);
    case 'refused':
      return refused(fork, event.branchId, event.status, event.absent);
    case 'silenced':
      return silenced(fork, event.branchIds);
    case 'ringTimeOver':
      if (fork.phase !== 'ringing') return { fork, effects: [] };
      return settle(fork, { kind: 'rangOut' }, 'rangOut', 'rangOut', []);
    case 'callerGaveUp':
      return callerGaveUp(fork);
    case 'settleTimeOver':
      return fork.phase === 'settling' ? settled(fork, []) : { fork, effects: [] };
    default:
      return assertNever(event);
  }
}

/** Whether branches are still to be heard of. */
export function isDone(fork: Fork): boolean {
  const open = [...fork.stepBranches, ...fork.earlierBranches].some((branch) => branch.live);
  return !open && (fork.phase === 'answered' || fork.phase === 'over');
}

function stepStarted(
  fork: Fork,
  users: readonly SipUser[],
  started: readonly { readonly id: string; readonly user: SipUser }[],
): ForkStep {
  const absent = users.filter((user) => started.every((branch) => branch.user !== user));
  const effects: ForkEffect[] = absent.map((user) => ({ type: 'endOffer', user, outcome: 'noDevice' }));
  if (started.length === 0) {
    return { fork, effects: [...effects, { type: 'askNext', outcome: { kind: 'nobodyRegistered' } }] };
  }
  const present = users.filter((user) => !absent.includes(user));
  return {
    fork: {
      ...fork,
      phase: 'ringing',
      earlierBranches: [...fork.earlierBranches, ...fork.stepBranches].filter((branch) => branch.live),
      stepBranches: started.map(({ id, user }) => ({ id, user, live: true, cancelled: false })),
      offers: present.map((user) => ({ user, planned: null, refused: false })),
      statuses: [],
      settlesAs: null,
    },
    effects: [...effects, { type: 'startRingTimer' }],
  };
}

function answered(fork: Fork, branchId: string): ForkStep {
  const branch = branchOf(fork, branchId);
  if (!branch) return { fork, effects: [] };
  // The callee repeats its 2xx until it sees the ACK (13.3.1.4).
  if (fork.answeredBranch === branchId) return { fork, effects: [{ type: 'forwardAnswer', branchId }] };
  const after = ended(fork, branchId);
  if (fork.phase === 'answered' || fork.phase === 'over') {
    return { fork: after, effects: [{ type: 'endLateAnswer', branchId }] };
  }
  const effects: ForkEffect[] = [{ type: 'stopTimers' }, { type: 'forwardAnswer', branchId }];
  for (const { user } of fork.offers) {
    effects.push({
      type: 'endOffer',
      user,
      outcome: user === branch.user ? 'answered' : 'answeredElsewhere',
    });
  }
  const cancelled = cancelLive(after, 'answeredElsewhere');
  return {
    fork: { ...cancelled.fork, phase: 'answered', offers: [], settlesAs: null, answeredBranch: branchId },
    effects: [...effects, ...cancelled.effects],
  };
}

function refused(fork: Fork, branchId: string, status: number, absent: boolean): ForkStep {
  const branch = branchOf(fork, branchId);
  if (!branch?.live) return { fork, effects: [] };
  const after = ended(fork, branchId);
  const inStep = fork.stepBranches.some(({ id }) => id === branchId);
  if (!inStep) return { fork: after, effects: [] };
  if (fork.phase === 'settling') return userEnded(after, branch.user, []);
  if (fork.phase !== 'ringing') return { fork: after, effects: [] };
  if (status >= 600 && !branch.cancelled) return declined(after, branch.user, status);
  const noted: Fork = {
    ...after,
    statuses: branch.cancelled ? after.statuses : [...after.statuses, status],
    offers: after.offers.map((offer) =>
      offer.user === branch.user && !absent ? { ...offer, refused: true } : offer,
    ),
  };
  return userEnded(noted, branch.user, []);
}

/** RFC 3261 16.7: a 6xx ends the fork. */
function declined(fork: Fork, user: SipUser, status: number): ForkStep {
  const told: ForkEffect[] = [{ type: 'endOffer', user, outcome: 'declined' }];
  const others = { ...fork, offers: fork.offers.filter((offer) => offer.user !== user) };
  return settle(
    others,
    { kind: 'declined', byUser: user, status },
    'declinedElsewhere',
    'declinedElsewhere',
    told,
  );
}

function silenced(fork: Fork, branchIds: readonly string[]): ForkStep {
  if (fork.phase !== 'ringing') return { fork, effects: [] };
  const wanted = fork.stepBranches.filter(
    ({ id, live, cancelled }) => live && !cancelled && branchIds.includes(id),
  );
  const ids = wanted.map(({ id }) => id);
  return {
    fork: {
      ...fork,
      stepBranches: fork.stepBranches.map((each) =>
        ids.includes(each.id) ? { ...each, cancelled: true } : each,
      ),
    },
    effects: ids.map((branchId) => ({ type: 'cancelBranch', branchId, cause: 'silenced' })),
  };
}

function callerGaveUp(fork: Fork): ForkStep {
  if (fork.phase === 'settling') {
    // Its branches are cancelled already; only what comes after is another.
    return { fork: { ...fork, settlesAs: { kind: 'cancelled' } }, effects: [] };
  }
  if (fork.phase !== 'ringing') return { fork, effects: [] };
  return settle(fork, { kind: 'cancelled' }, 'callerGaveUp', 'abandoned', []);
}

function settle(
  fork: Fork,
  settlesAs: NonNullable<Fork['settlesAs']>,
  cause: CancelCause,
  planned: OfferOutcome,
  before: readonly ForkEffect[],
): ForkStep {
  const cancelled = cancelLive(fork, cause);
  const next: Fork = {
    ...cancelled.fork,
    phase: 'settling',
    settlesAs,
    offers: cancelled.fork.offers.map((offer) => ({ ...offer, planned })),
  };
  const effects: ForkEffect[] = [{ type: 'stopTimers' }, ...before, ...cancelled.effects];
  if (next.stepBranches.every((branch) => !branch.live)) return settled(next, effects);
  return { fork: next, effects: [...effects, { type: 'startSettleTimer' }] };
}

function settled(fork: Fork, before: readonly ForkEffect[]): ForkStep {
  const effects: ForkEffect[] = [...before, { type: 'stopTimers' }];
  for (const { user, planned } of fork.offers) {
    effects.push({ type: 'endOffer', user, outcome: planned ?? 'rejected' });
  }
  const cleared: Fork = { ...fork, offers: [], settlesAs: null };
  if (fork.settlesAs === null || fork.settlesAs.kind === 'cancelled') {
    return { fork: { ...cleared, phase: 'over' }, effects: [...effects, { type: 'confirmCancel' }] };
  }
  return {
    fork: { ...cleared, phase: 'choosing' },
    effects: [...effects, { type: 'askNext', outcome: fork.settlesAs }],
  };
}

/** Ends the user's offer where none of their devices is left, and the step where nobody is. */
function userEnded(fork: Fork, user: SipUser, before: readonly ForkEffect[]): ForkStep {
  if (fork.stepBranches.some((branch) => branch.user === user && branch.live))
    return { fork, effects: before };
  const offer = fork.offers.find((each) => each.user === user);
  const effects = [...before];
  if (offer) {
    const outcome = offer.planned ?? (offer.refused ? 'rejected' : 'noDevice');
    effects.push({ type: 'endOffer', user, outcome });
  }
  const next: Fork = { ...fork, offers: fork.offers.filter((each) => each.user !== user) };
  if (next.stepBranches.some((branch) => branch.live)) return { fork: next, effects };
  if (next.phase === 'settling') return settled(next, effects);
  return {
    fork: { ...next, phase: 'choosing' },
    effects: [
      ...effects,
      { type: 'stopTimers' },
      { type: 'askNext', outcome: { kind: 'allRefused', statuses: next.statuses } },
    ],
  };
}

function cancelLive(fork: Fork, cause: CancelCause): ForkStep {
  const effects: ForkEffect[] = [];
  const cancel = (branch: Branch): Branch => {
    if (!branch.live || branch.cancelled) return branch;
    effects.push({ type: 'cancelBranch', branchId: branch.id, cause });
    return { ...branch, cancelled: true };
  };
  const stepBranches = fork.stepBranches.map(cancel);
  return { fork: { ...fork, stepBranches, earlierBranches: fork.earlierBranches.map(cancel) }, effects };
}

function ended(fork: Fork, branchId: string): Fork {
  const end = (branch: Branch) => (branch.id === branchId ? { ...branch, live: false } : branch);
  return {
    ...fork,
    stepBranches: fork.stepBranches.map(end),
    earlierBranches: fork.earlierBranches.map(end),
  };
}

function branchOf(fork: Fork, id: string): Branch | undefined {
  return [...fork.stepBranches, ...fork.earlierBranches].find((branch) => branch.id === id);
}
