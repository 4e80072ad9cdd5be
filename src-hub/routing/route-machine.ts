// One call's way through the company: whom it rings, when it waits, and where it ends. Pure: the call as it is, what
// happened, and the company as it stands go in; the call as it becomes and the next step come out. Run by call-router.ts,
// which reserves at once whoever is offered the call.
import { assertNever } from '#shared/domain/assert-never.ts';
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import type { CallRequest, ForkOutcome, OfferEnded, RouteStep, SipUser } from '../exchange/exchange-ports.ts';
import { type Agent, nextAgents } from './agent-choice.ts';
import { isOpen } from './opening-hours.ts';
import {
  type CompanyView,
  type Destination,
  destinationOf,
  echoUser,
  queueUser,
  type RoutedProject,
  type RoutedUser,
  trunkUser,
  type UnseenOffer,
  voicemailUser,
} from './route-decision.ts';

/** Direct calls ring as long as a project's usually do. */
const directRingTimeoutMs = 20_000;
/** Somebody outside who does not answer within this will not. */
const outsideRingTimeoutMs = 45_000;
/** Media ends answer at once; one that takes longer is not there. */
const mediaEndTimeoutMs = 8_000;

export interface RoutedCall {
  readonly request: CallRequest;
  readonly destination: Destination['kind'];
  /** The project that was called: its voicemail takes the message, whoever else is asked first. */
  readonly calledProjectId: ProjectId | null;
  /** The project whose agents are asked; null where it is past them, or none was called. */
  readonly seeksIn: ProjectId | null;
  /** Projects that have had it, so that overflow runs in no circle. */
  readonly visited: readonly ProjectId[];
  /** Since when it has been in the project that it seeks in. */
  readonly inQueueSinceMs: number;
  readonly waits: boolean;
  /** Who is rung now. */
  readonly rung: readonly UserId[];
  /** Of these: who ignored it, or lost their devices. They may still answer; others are sought meanwhile. */
  readonly quiet: readonly UserId[];
  /** Who had it and did not take it, and when: they get it again only after they were busy or away since. */
  readonly tried: ReadonlyMap<UserId, number>;
  /** Told to their users when nobody answers. */
  readonly unseen: readonly UnseenOffer[];
  /** What is left where no agents are to be asked any more. The last is always a refusal. */
  readonly rest: readonly RouteStep[];
}

export type RouteEvent =
  | { readonly type: 'arrived' }
  /** The exchange asks how to go on. */
  | { readonly type: 'nothingRings'; readonly outcome: ForkOutcome }
  | { readonly type: 'offerEnded'; readonly userId: UserId; readonly outcome: OfferEnded['outcome'] }
  | { readonly type: 'ignored'; readonly userId: UserId }
  | { readonly type: 'deviceLost'; readonly userId: UserId }
  /** Someone has become free, or came, or went. */
  | { readonly type: 'companyChanged' }
  | { readonly type: 'waitedLongest' };

export interface RouteMove {
  /** The call as it is by what happened. */
  readonly call: RoutedCall;
  /** What is to be done now, and the call as it is when that was done; null where it goes on as it does. */
  readonly order: { readonly step: RouteStep; readonly call: RoutedCall } | null;
}

export function newCall(request: CallRequest, company: CompanyView): RoutedCall {
  const destination = destinationOf(request, company);
  const call: RoutedCall = {
    request,
    destination: destination.kind,
    calledProjectId: null,
    seeksIn: null,
    visited: [],
    inQueueSinceMs: company.nowMs(),
    waits: false,
    rung: [],
    quiet: [],
    tried: new Map(),
    unseen: [],
    rest: [],
  };
  switch (destination.kind) {
    case 'project': {
      const { id } = destination.project;
      const rest = toVoicemail(`project:${id}`);
      return { ...call, calledProjectId: id, seeksIn: id, visited: [id], rest };
    }
    case 'user':
      return toUser(call, destination.user);
    case 'echo':
      return { ...call, rest: [ringMediaEnd(echoUser, {}), refuse(480, 'The echo test is away')] };
    case 'outside': {
      const ring = {
        kind: 'ring',
        users: [trunkUser],
        ringTimeoutMs: outsideRingTimeoutMs,
        headers: {},
      } as const;
      return { ...call, rest: [ring, refuse(480, 'Nobody answers')] };
    }
    case 'emergency':
    case 'nowhere':
      return { ...call, rest: [destination.refusal] };
    default:
      return assertNever(destination);
  }
}

/** Whether someone who becomes free might be offered it. */
export function isSeeking({ waits, seeksIn, rung, quiet }: RoutedCall): boolean {
  return seeksIn !== null && (waits || (rung.length > 0 && rung.length === quiet.length));
}

/** Asked by 'arrived' and 'nothingRings' it always says a step, and after the last refusal it is not asked again. */
export function stepRoute(call: RoutedCall, event: RouteEvent, company: CompanyView): RouteMove {
  switch (event.type) {
    case 'arrived':
      return { call, order: goOn(call, company) };
    case 'nothingRings':
      return nothingRings({ ...call, rung: [], quiet: [] }, event.outcome, company);
    case 'offerEnded':
      return besides(withoutOffer(call, event.userId, company.nowMs()), company);
    case 'ignored':
    case 'deviceLost': {
      const { userId } = event;
      const news = call.rung.includes(userId) && !call.quiet.includes(userId);
      return news ? besides({ ...call, quiet: [...call.quiet, userId] }, company) : { call, order: null };
    }
    case 'companyChanged':
      return call.waits ? whileWaiting(call, company) : besides(call, company);
    case 'waitedLongest':
      return { call, order: call.waits ? goOn(call, company) : null };
    default:
      return assertNever(event);
  }
}

function nothingRings(call: RoutedCall, outcome: ForkOutcome, company: CompanyView): RouteMove {
  const declined = outcome.kind === 'declined';
  const project = call.seeksIn === null ? null : company.projectById(call.seeksIn);
  if (declined && project?.onDecline !== 'nextAgent') {
    // Somebody said no for all of them: nobody has missed anything.
    return { call, order: pastAgents({ ...call, unseen: [] }, outcome) };
  }
  return { call, order: call.seeksIn === null ? pastAgents(call, outcome) : goOn(call, company) };
}

/** Others are sought beside those who ring, where none of them is expected to answer. */
function besides(call: RoutedCall, company: CompanyView): RouteMove {
  const project = isSeeking(call) && call.seeksIn !== null ? company.projectById(call.seeksIn) : null;
  if (!project || !isOpen(project, company.nowMs())) return { call, order: null };
  const chosen = nextAgents(untried(call, company.agentsOf(project.id)), project.distribution);
  return { call, order: chosen.length > 0 ? offer(call, project, chosen) : null };
}

/** A waiting call goes on where someone can be rung, or where nobody is left who could become free. */
function whileWaiting(call: RoutedCall, company: CompanyView): RouteMove {
  const order = goOn(call, company);
  const waitsOn = order.step.kind === 'wait' && order.call.seeksIn === call.seeksIn;
  return { call, order: waitsOn ? null : order };
}

/** The next step of a call that nobody is rung for: agents, waiting, another project, or what is left. */
function goOn(call: RoutedCall, company: CompanyView): NonNullable<RouteMove['order']> {
  let now = call;
  for (;;) {
    const project = now.seeksIn === null ? null : company.projectById(now.seeksIn);
    if (!project) return pastAgents(now, null);
    if (isOpen(project, company.nowMs())) {
      const agents = company.agentsOf(project.id).filter((agent) => mayBeAsked(now, agent));
      now = { ...now, unseen: withUnseen(now, agents) };
      const chosen = nextAgents(untried(now, agents), project.distribution);
      if (chosen.length > 0) return offer(now, project, chosen);
      if (anyComesFree(now, agents) && mayWait(now, project, company)) return wait(now);
    }
    const next = overflowOf(now, project, company);
    if (!next) return pastAgents(now, null);
    now = {
      ...now,
      seeksIn: next.id,
      visited: [...now.visited, next.id],
      inQueueSinceMs: company.nowMs(),
      waits: false,
    };
  }
}

/** Who had it and was lost then is not asked again when they are back, so nobody waits for them. */
function anyComesFree(call: RoutedCall, agents: readonly Agent[]): boolean {
  if (agents.some(({ standing }) => standing === 'busy')) return true;
  return untried(call, agents).some(({ standing }) => standing === 'lost');
}

function mayWait(call: RoutedCall, project: RoutedProject, company: CompanyView): boolean {
  const waited = company.nowMs() - call.inQueueSinceMs;
  if (waited >= project.longestWaitMs) return false;
  return call.waits || company.waitingIn(project.id) < project.mostWaiting;
}

function overflowOf(
  call: RoutedCall,
  { overflow }: RoutedProject,
  company: CompanyView,
): RoutedProject | null {
  if (overflow.to === 'voicemail' || call.visited.includes(overflow.projectId)) return null;
  return company.projectById(overflow.projectId);
}

function offer(call: RoutedCall, project: RoutedProject, agents: readonly Agent[]) {
  const step: RouteStep = {
    kind: 'ring',
    users: agents.map(({ extension }) => extension),
    ringTimeoutMs: project.ringTimeoutMs,
    headers: {
      'X-Offhook-Project': project.id,
      'X-Offhook-Queue': encodeURIComponent(project.queueName),
    },
    declineEnds: project.onDecline === 'nextAgent' ? 'offer' : 'call',
  };
  return {
    step,
    call: { ...call, waits: false, rung: [...call.rung, ...agents.map(({ userId }) => userId)] },
  };
}

function wait(call: RoutedCall) {
  const comfort = call.request.fromUser === trunkUser ? queueUser : null;
  return { step: { kind: 'wait', comfort } as const, call: { ...call, waits: true } };
}

function pastAgents(call: RoutedCall, outcome: ForkOutcome | null): NonNullable<RouteMove['order']> {
  const left: RoutedCall = { ...call, seeksIn: null, waits: false, rest: call.rest.slice(1) };
  const [step] = call.rest;
  if (!step) throw new Error('A route was asked beyond its end');
  if (step.kind !== 'refuse') return { step, call: left };
  if (call.destination === 'outside') return { step: refusedOutside(step, outcome), call: left };
  const isTransfer = call.request.transferredBy !== null && call.destination === 'user';
  return { step: isTransfer ? refusedTransfer(step, outcome) : step, call: left };
}

/** What the far end said is the caller's to hear: busy is not the same as nobody there (RFC 3261 16.7, step 6). */
function refusedOutside(
  otherwise: Extract<RouteStep, { kind: 'refuse' }>,
  outcome: ForkOutcome | null,
): RouteStep {
  switch (outcome?.kind) {
    case 'declined':
      return refuse(outcome.status, 'Declined');
    case 'rangOut':
      return refuse(408, 'Nobody answers');
    case 'nobodyRegistered':
      return refuse(503, 'The line to outside is away');
    case 'allRefused': {
      const status = bestRefusal(outcome.statuses);
      return status === null ? otherwise : refuse(status, '');
    }
    case undefined:
      return otherwise;
    default:
      return assertNever(outcome);
  }
}

/**
 * RFC 3261 16.7, step 6: of the lowest class the first, a 503 as 500; null where there is none that means anything to the
 * caller: another place to try is not tried, and a line that asks for a password asks the hub, not the caller.
 */
function bestRefusal(statuses: readonly number[]): number | null {
  const meant = statuses.filter((status) => status >= 400 && status !== 401 && status !== 407);
  const classOf = (status: number) => Math.floor(status / 100);
  const [best] = meant.toSorted((a, b) => classOf(a) - classOf(b));
  if (best === undefined) return null;
  return best === 503 ? 500 : best;
}

/** Whoever gave the call away is told what became of it. */
function refusedTransfer(
  step: Extract<RouteStep, { kind: 'refuse' }>,
  outcome: ForkOutcome | null,
): RouteStep {
  if (outcome?.kind === 'declined') return refuse(outcome.status, 'Declined');
  return outcome?.kind === 'rangOut' ? refuse(408, 'Nobody answers') : step;
}

function withoutOffer(call: RoutedCall, userId: UserId, nowMs: number): RoutedCall {
  if (!call.rung.includes(userId)) return call;
  const others = (users: readonly UserId[]) => users.filter((each) => each !== userId);
  return {
    ...call,
    rung: others(call.rung),
    quiet: others(call.quiet),
    tried: new Map(call.tried).set(userId, nowMs),
  };
}

/** Not whoever calls, or has just given the call away. */
function mayBeAsked({ request }: RoutedCall, { extension }: Agent): boolean {
  return extension !== request.fromUser && extension !== request.transferredBy;
}

function untried(call: RoutedCall, agents: readonly Agent[]): Agent[] {
  return agents.filter((agent) => {
    const triedAtMs = call.tried.get(agent.userId);
    if (call.rung.includes(agent.userId) || !mayBeAsked(call, agent)) return false;
    return triedAtMs === undefined || agent.idleSinceMs > triedAtMs;
  });
}

function withUnseen(call: RoutedCall, agents: readonly Agent[]): readonly UnseenOffer[] {
  const known = new Set([...call.unseen.map(({ userId }) => userId), ...call.tried.keys()]);
  const more = agents.flatMap(({ userId, standing }): UnseenOffer[] => {
    const reason = unseenReason(standing);
    return reason === null || known.has(userId) ? [] : [{ userId, reason }];
  });
  return more.length > 0 ? [...call.unseen, ...more] : call.unseen;
}

function unseenReason(standing: Agent['standing']): 'noDevice' | 'asleep' | null {
  if (standing === 'lost') return 'noDevice';
  return standing === 'noDevice' || standing === 'asleep' ? standing : null;
}

/** CALL-19: a direct call rings when Available or Away; otherwise, or on another call (CALL-18), voicemail. */
function toUser(call: RoutedCall, { userId, extension, status, standing }: RoutedUser): RoutedCall {
  const takesDirectCalls = status === 'available' || status === 'away';
  const isTransfer = call.request.transferredBy !== null;
  const ring: RouteStep = {
    kind: 'ring',
    users: [extension],
    ringTimeoutMs: directRingTimeoutMs,
    headers: {},
    // Who was given away to a device that dies is taken back at once, rather than kept waiting for it.
    lostDevice: isTransfer ? 'end' : 'wait',
  };
  const last = isTransfer ? [refuseTransfer(takesDirectCalls, standing)] : toVoicemail(`user:${userId}`);
  if (takesDirectCalls && standing === 'free') return { ...call, rung: [userId], rest: [ring, ...last] };
  const reason = unseenReason(standing) ?? 'onAnotherCall';
  return { ...call, rest: last, unseen: takesDirectCalls && !isTransfer ? [{ userId, reason }] : [] };
}

function refuseTransfer(takesDirectCalls: boolean, standing: Agent['standing']): RouteStep {
  if (!takesDirectCalls) return refuse(480, 'Takes no calls at the moment');
  return standing === 'busy' ? refuse(486, 'On another call') : refuse(480, 'No phone is on');
}

function toVoicemail(mailbox: string): RouteStep[] {
  return [
    ringMediaEnd(voicemailUser, { 'X-Offhook-Mailbox': mailbox }),
    refuse(480, 'Nobody could answer, and voicemail is away'),
  ];
}

function ringMediaEnd(user: SipUser, headers: Readonly<Record<string, string>>): RouteStep {
  return { kind: 'ring', users: [user], ringTimeoutMs: mediaEndTimeoutMs, headers };
}

function refuse(status: number, reason: string): RouteStep {
  return { kind: 'refuse', status, reason };
}
