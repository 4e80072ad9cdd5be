// One call's fork, step by step (RFC 3261 16.7 and 16.10). Pure; run by call-fork.ts.
// A step rings some users, and others may be added while it does. It ends by an answer, a 6xx, refusals from all, or when
// every ring time is over, and the route is asked for the next one. A first 2xx wins whenever it comes, as long as the
// caller has had no final response; every other 2xx is ended by the exchange (see call-fork.ts for why).
import { assertNever } from '#shared/domain/assert-never.ts';
import type { SipUser } from '../exchange-ports.ts';
import type { Branch, CancelCause, Fork, ForkEffect, ForkEvent, ForkStep, OpenOffer } from './fork-state.ts';

export const newFork: Fork = {
  phase: 'choosing',
  stepBranches: [],
  earlierBranches: [],
  offers: [],
  statuses: [],
  settlesAs: null,
  answeredBranch: null,
  groups: 0,
};

/** Total: what means nothing in a phase changes nothing. */
export function stepFork(fork: Fork, event: ForkEvent): ForkStep {
  switch (event.type) {
    case 'rung':
      return rung(fork, event);
    case 'joined':
      return joined(fork, event.branchId, event.user);
    case 'queued':
      return fork.phase === 'choosing' ? { fork: { ...fork, phase: 'waiting' }, effects: [] } : nothing(fork);
    case 'refusedByRoute':
      return over(fork, 'rangOut', []);
    case 'provisional': {
      const branch = branchOf(fork, event.branchId);
      const wanted = fork.phase === 'ringing' && branch?.live === true && !branch.cancelled;
      return { fork, effects: wanted ? [{ type: 'forwardProvisional', branchId: event.branchId }] : [] };
    }
    case 'answered':
      return answered(fork, event.branchId);
    case 'refused':
      return refused(fork, event.branchId, event.status, event.absent);
    case 'lost':
      return lost(fork, event.branchId);
    case 'silenced':
      return silenced(fork, event.user, event.branchIds);
    case 'withdrawn':
      return withdrawn(fork, event.user);
    case 'ringTimeOver':
      return ringTimeOver(fork, event.group);
    case 'callerGaveUp':
      return callerGaveUp(fork);
    case 'settleTimeOver':
      return settleTimeOver(fork);
    default:
      return assertNever(event);
  }
}

/** Whether branches are still to be heard of. */
export function isDone(fork: Fork): boolean {
  const open = allBranches(fork).some((branch) => branch.live);
  return !open && (fork.phase === 'answered' || fork.phase === 'over');
}

/** Whether a device of the user that registers now is to be rung too. */
export function mayJoin(fork: Fork, user: SipUser): boolean {
  if (fork.phase !== 'ringing') return false;
  return fork.offers.some((offer) => offer.user === user && offer.planned === null && !offer.silenced);
}

function rung(fork: Fork, event: Extract<ForkEvent, { type: 'rung' }>): ForkStep {
  if (fork.phase !== 'choosing' && fork.phase !== 'waiting' && fork.phase !== 'ringing') return nothing(fork);
  const { declineEnds, lostDevice } = event;
  const known = fork.phase === 'ringing' ? fork.offers.map(({ user }) => user) : [];
  const users = event.users.filter((user) => !known.includes(user));
  const isPresent = (user: SipUser) => event.branches.some((branch) => branch.user === user);
  const isAway = (user: SipUser) => !isPresent(user) && lostDevice === 'wait' && event.away.includes(user);
  const effects: ForkEffect[] = users
    .filter((user) => !isPresent(user) && !isAway(user))
    .map((user) => ({ type: 'endOffer', user, outcome: 'noDevice' }));
  const offered = users.filter((user) => isPresent(user) || isAway(user));
  if (offered.length === 0) {
    if (fork.phase === 'ringing') return { fork, effects };
    const outcome = { kind: 'nobodyRegistered' } as const;
    return { fork: { ...fork, phase: 'choosing' }, effects: [...effects, { type: 'askNext', outcome }] };
  }
  const group = fork.groups + 1;
  const before = fork.phase === 'ringing' ? fork : newStep(fork);
  const branches = event.branches
    .filter(({ user }) => offered.includes(user))
    .map(({ id, user }) => ({ id, user, live: true, cancelled: false }));
  const offers = offered.map(
    (user): OpenOffer => ({
      user,
      group,
      declineEnds,
      lostDevice,
      planned: null,
      refused: false,
      silenced: false,
    }),
  );
  return {
    fork: {
      ...before,
      phase: 'ringing',
      stepBranches: [...before.stepBranches, ...branches],
      offers: [...before.offers, ...offers],
      groups: group,
    },
    effects: [
      ...effects,
      { type: 'startRingTimer', group },
      ...offered.filter(isAway).map((user): ForkEffect => ({ type: 'tellLost', user })),
    ],
  };
}

function newStep(fork: Fork): Fork {
  return {
    ...fork,
    earlierBranches: allBranches(fork).filter(({ live }) => live),
    stepBranches: [],
    offers: [],
    statuses: [],
    settlesAs: null,
  };
}

function joined(fork: Fork, id: string, user: SipUser): ForkStep {
  if (!mayJoin(fork, user)) return nothing(fork);
  const branch: Branch = { id, user, live: true, cancelled: false };
  return { fork: { ...fork, stepBranches: [...fork.stepBranches, branch] }, effects: [] };
}

function answered(fork: Fork, branchId: string): ForkStep {
  const branch = branchOf(fork, branchId);
  if (!branch) return nothing(fork);
  // The callee repeats its 2xx until it sees the ACK (13.3.1.4).
  if (fork.answeredBranch === branchId) return { fork, effects: [{ type: 'forwardAnswer', branchId }] };
  const after = ended(fork, branchId);
  if (fork.phase === 'answered' || fork.phase === 'over') {
    return { fork: after, effects: [{ type: 'endLateAnswer', branchId }] };
  }
  const cancelled = cancelLive(after, 'answeredElsewhere');
  // Cancelled first: whoever's offer has ended may be offered another call in the same turn.
  const effects: ForkEffect[] = [
    { type: 'stopTimers' },
    { type: 'forwardAnswer', branchId },
    ...cancelled.effects,
    ...fork.offers.map(
      ({ user }): ForkEffect => ({
        type: 'endOffer',
        user,
        outcome: user === branch.user ? 'answered' : 'answeredElsewhere',
      }),
    ),
  ];
  return {
    fork: { ...cancelled.fork, phase: 'answered', offers: [], settlesAs: null, answeredBranch: branchId },
    effects,
  };
}

function refused(fork: Fork, branchId: string, status: number, absent: boolean): ForkStep {
  const branch = branchOf(fork, branchId);
  if (!branch?.live) return nothing(fork);
  const after = ended(fork, branchId);
  const inStep = fork.stepBranches.some(({ id }) => id === branchId);
  if (!inStep) return nothing(after);
  if (fork.phase === 'settling') return userEnded(after, branch.user, []);
  if (fork.phase !== 'ringing') return nothing(after);
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

/** The offer stays until its ring time is over, for a device that comes back; others may be rung meanwhile. */
function lost(fork: Fork, branchId: string): ForkStep {
  const branch = branchOf(fork, branchId);
  const offer = branch && fork.offers.find(({ user }) => user === branch.user);
  const waits =
    fork.phase === 'ringing' &&
    branch?.live === true &&
    !branch.cancelled &&
    fork.stepBranches.includes(branch) &&
    offer?.planned === null &&
    offer.lostDevice === 'wait' &&
    !offer.silenced &&
    !offer.refused;
  if (!waits) return refused(fork, branchId, 480, true);
  const after = ended(fork, branchId);
  const others = after.stepBranches.some(({ user, live, cancelled }) => {
    return user === branch.user && live && !cancelled;
  });
  return { fork: after, effects: others ? [] : [{ type: 'tellLost', user: branch.user }] };
}

/** RFC 3261 16.7: a 6xx ends the fork. Where the route says so, it is one user's word only. */
function declined(fork: Fork, user: SipUser, status: number): ForkStep {
  const offer = fork.offers.find((each) => each.user === user);
  const effects: ForkEffect[] = offer ? [{ type: 'endOffer', user, outcome: 'declined' }] : [];
  const others: Fork = {
    ...fork,
    offers: fork.offers.filter((each) => each !== offer),
    settlesAs: { kind: 'declined', byUser: user, status },
  };
  if (offer?.declineEnds === 'offer') {
    const cancelled = cancelLive(others, 'declinedElsewhere', (branch) => branch.user === user);
    return conclude(cancelled.fork, [...cancelled.effects, ...effects]);
  }
  const cancelled = cancelLive(others, 'declinedElsewhere');
  return conclude(planAll(cancelled.fork, 'declinedElsewhere'), [...cancelled.effects, ...effects]);
}

function silenced(fork: Fork, user: SipUser, branchIds: readonly string[]): ForkStep {
  if (fork.phase !== 'ringing') return nothing(fork);
  const marked: Fork = {
    ...fork,
    offers: fork.offers.map((offer) => (offer.user === user ? { ...offer, silenced: true } : offer)),
  };
  const cancelled = cancelLive(marked, 'silenced', ({ id }) => branchIds.includes(id));
  return userEnded(cancelled.fork, user, cancelled.effects);
}

function withdrawn(fork: Fork, user: SipUser): ForkStep {
  if (fork.phase !== 'ringing' && fork.phase !== 'settling') return nothing(fork);
  const offer = fork.offers.find((each) => each.user === user);
  if (!offer) return nothing(fork);
  const cancelled = cancelLive(fork, 'silenced', (branch) => branch.user === user);
  const others = { ...cancelled.fork, offers: cancelled.fork.offers.filter((each) => each.user !== user) };
  const outcome = offer.planned ?? 'rejected';
  return conclude(others, [...cancelled.effects, { type: 'endOffer', user, outcome }]);
}

function ringTimeOver(fork: Fork, group: number): ForkStep {
  if (fork.phase !== 'ringing') return nothing(fork);
  const due = fork.offers.filter((offer) => offer.group === group && offer.planned === null);
  if (due.length === 0) return nothing(fork);
  const isDue = (user: SipUser) => due.some((offer) => offer.user === user);
  const cancelled = cancelLive(fork, 'rangOut', ({ user }) => isDue(user));
  const rangOut: Fork = {
    ...cancelled.fork,
    settlesAs: { kind: 'rangOut' },
    offers: cancelled.fork.offers.map((offer) =>
      due.includes(offer) ? { ...offer, planned: 'rangOut' } : offer,
    ),
  };
  const gone = due.filter(({ user }) => !hasLiveBranch(rangOut, user)).map(({ user }) => user);
  const left = { ...rangOut, offers: rangOut.offers.filter(({ user }) => !gone.includes(user)) };
  const effects: ForkEffect[] = [
    ...cancelled.effects,
    ...gone.map((user): ForkEffect => ({ type: 'endOffer', user, outcome: 'noDevice' })),
  ];
  const next = conclude(left, effects);
  const settlesBeside = next.fork.phase === 'ringing' && next.fork.offers.some(({ planned }) => planned);
  return settlesBeside ? { fork: next.fork, effects: [...next.effects, { type: 'startSettleTimer' }] } : next;
}

function callerGaveUp(fork: Fork): ForkStep {
  switch (fork.phase) {
    case 'settling':
      // Its branches are cancelled already; only what comes after is another.
      return nothing({ ...fork, settlesAs: { kind: 'cancelled' } });
    case 'waiting':
      return over(fork, 'callerGaveUp', [{ type: 'confirmCancel' }]);
    case 'ringing': {
      const cancelled = cancelLive({ ...fork, settlesAs: { kind: 'cancelled' } }, 'callerGaveUp');
      return conclude(planAll(cancelled.fork, 'abandoned'), cancelled.effects);
    }
    default:
      return nothing(fork);
  }
}

function over(fork: Fork, cause: CancelCause, last: readonly ForkEffect[]): ForkStep {
  const cancelled = cancelLive(fork, cause);
  return {
    fork: { ...cancelled.fork, phase: 'over', offers: [], settlesAs: null },
    effects: [{ type: 'stopTimers' }, ...cancelled.effects, ...last],
  };
}

/** A device that was cancelled is silent: nothing waits for it any more. */
function settleTimeOver(fork: Fork): ForkStep {
  if (fork.phase === 'settling') return settled(fork, []);
  if (fork.phase !== 'ringing') return nothing(fork);
  const silent = (branch: Branch) => branch.live && branch.cancelled;
  const next: Fork = {
    ...fork,
    earlierBranches: [...fork.earlierBranches, ...fork.stepBranches.filter(silent)],
    stepBranches: fork.stepBranches.filter((branch) => !silent(branch)),
    offers: fork.offers.filter(({ planned }) => planned === null),
  };
  return conclude(next, endPlanned(fork));
}

function planAll(fork: Fork, planned: NonNullable<OpenOffer['planned']>): Fork {
  return { ...fork, offers: fork.offers.map((offer) => ({ ...offer, planned: offer.planned ?? planned })) };
}

/** Ends the user's offer where none of their devices is left. */
function userEnded(fork: Fork, user: SipUser, before: readonly ForkEffect[]): ForkStep {
  const offer = fork.offers.find((each) => each.user === user);
  if (hasLiveBranch(fork, user) || !offer) return conclude(fork, before);
  const outcome = offer.planned ?? (offer.refused ? 'rejected' : 'noDevice');
  const next: Fork = { ...fork, offers: fork.offers.filter((each) => each !== offer) };
  return conclude(next, [...before, { type: 'endOffer', user, outcome }]);
}

/** Goes on where nobody rings any more: at once, or when the cancelled branches have been heard of. */
function conclude(fork: Fork, effects: readonly ForkEffect[]): ForkStep {
  const isRinging = fork.phase === 'ringing';
  if (!isRinging && fork.phase !== 'settling') return { fork, effects };
  if (isRinging && fork.offers.some(({ planned }) => planned === null)) return { fork, effects };
  if (fork.stepBranches.every(({ live }) => !live)) return settled(fork, effects);
  if (!isRinging) return { fork, effects };
  return {
    fork: { ...fork, phase: 'settling' },
    effects: [{ type: 'stopTimers' }, ...effects, { type: 'startSettleTimer' }],
  };
}

function settled(fork: Fork, before: readonly ForkEffect[]): ForkStep {
  const effects: ForkEffect[] = [...before, { type: 'stopTimers' }, ...endPlanned(fork)];
  const cleared: Fork = { ...fork, offers: [], settlesAs: null };
  if (fork.settlesAs?.kind === 'cancelled') {
    return { fork: { ...cleared, phase: 'over' }, effects: [...effects, { type: 'confirmCancel' }] };
  }
  const outcome = fork.settlesAs ?? ({ kind: 'allRefused', statuses: fork.statuses } as const);
  return { fork: { ...cleared, phase: 'choosing' }, effects: [...effects, { type: 'askNext', outcome }] };
}

function endPlanned(fork: Fork): ForkEffect[] {
  return fork.offers.flatMap(({ user, planned }) =>
    planned ? [{ type: 'endOffer', user, outcome: planned } as const] : [],
  );
}

function cancelLive(
  fork: Fork,
  cause: CancelCause,
  concerns: (branch: Branch) => boolean = () => true,
): { readonly fork: Fork; readonly effects: ForkEffect[] } {
  const effects: ForkEffect[] = [];
  const cancel = (branch: Branch): Branch => {
    if (!branch.live || branch.cancelled || !concerns(branch)) return branch;
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

function hasLiveBranch(fork: Fork, user: SipUser): boolean {
  return fork.stepBranches.some((branch) => branch.user === user && branch.live);
}

function allBranches(fork: Fork): Branch[] {
  return [...fork.earlierBranches, ...fork.stepBranches];
}

function branchOf(fork: Fork, id: string): Branch | undefined {
  return allBranches(fork).find((branch) => branch.id === id);
}

function nothing(fork: Fork): ForkStep {
  return { fork, effects: [] };
}
