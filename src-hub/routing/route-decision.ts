// Who is rung for a call, and what is tried when nobody answers. Pure: the company as it stands goes in, the steps
// come out. call-router.ts walks them; the exchange rings. All agents of a project ring at once (TEAM-7's other
// orders come later).
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import type { Activity, PresenceStatus } from '#shared/domain/presence.ts';
import type { CallRequest, RouteStep, SipUser } from '../exchange/exchange-ports.ts';

/** What the user's own devices said over the hub's wire; SIP phones of another make say nothing here. */
export interface DevicesOfUser {
  readonly awake: number;
  /** Said a moment ago that they are about to sleep; their bindings may still look alive. */
  readonly fallingAsleep: number;
  /** Whether any went to sleep and has not come back, however long ago. */
  readonly anyAsleep: boolean;
}

export interface RoutedUser {
  readonly userId: UserId;
  readonly extension: SipUser;
  readonly status: PresenceStatus;
  readonly activity: Activity;
  readonly liveBindings: number;
  readonly devices: DevicesOfUser;
}

export interface RoutedProject {
  readonly id: ProjectId;
  readonly queueName: string;
  readonly numbers: readonly string[];
  readonly members: readonly UserId[];
  readonly ringTimeoutMs: number;
}

export interface Company {
  readonly users: readonly RoutedUser[];
  readonly projects: readonly RoutedProject[];
  /** Numbers outside whose owners the practice trunk plays, so that clicking a sample number calls somebody. */
  readonly practiceNumbers: readonly string[];
}

/** An offer that could not be shown to its user. */
export interface UnseenOffer {
  readonly userId: UserId;
  readonly reason: 'noDevice' | 'asleep' | 'onAnotherCall';
}

export interface RouteDecision {
  readonly destination: 'project' | 'user' | 'echo' | 'outside' | 'emergency' | 'nowhere';
  readonly projectId: ProjectId | null;
  /** Tried in order until one is answered; the last is always a refusal. */
  readonly steps: readonly RouteStep[];
  /** Told to their users when nobody answers. */
  readonly unseen: readonly UnseenOffer[];
}

export const voicemailUser: SipUser = 'voicemail';
export const echoUser: SipUser = 'echo';
export const trunkUser: SipUser = 'trunk';
export const echoExtension = '600';
/** Direct calls ring as long as a project's do. */
const directRingTimeoutMs = 20_000;
/** Somebody outside who does not answer within this will not. */
const outsideRingTimeoutMs = 45_000;
/** Media ends answer at once; one that takes longer is not there. */
const mediaEndTimeoutMs = 8_000;

/** Emergency numbers of the world's regions. The hub has no line to any of them and must never seem to. */
export const emergencyNumbers: ReadonlySet<string> = new Set(
  '000 08 100 101 102 103 104 108 110 111 112 113 114 115 117 118 119 120 122 133 144 190 191 192 193 911 999'.split(
    ' ',
  ),
);

/** @param request as the exchange authenticated it. @param company as it stands at this moment. */
export function decideRoute(request: CallRequest, company: Company): RouteDecision {
  const called = plainNumber(request.requestUser);
  if (emergencyNumbers.has(called)) {
    return refusal(
      'emergency',
      404,
      'This hub has no outside line: emergency calls cannot be made here, use a telephone',
    );
  }
  const project = company.projects.find(({ numbers }) =>
    numbers.some((number) => plainNumber(number) === called),
  );
  if (project) return toProject(project, request, company);
  const user = company.users.find(({ extension }) => extension === called);
  if (user && called === request.fromUser) {
    return refusal('nowhere', 486, 'That is your own extension');
  }
  if (user) return toUser(user);
  if (called === echoExtension) {
    return {
      destination: 'echo',
      projectId: null,
      steps: [ringMediaEnd(echoUser, {}), refuse(480, 'The echo test is away')],
      unseen: [],
    };
  }
  const isPracticeNumber = company.practiceNumbers.some((number) => plainNumber(number) === called);
  if (isPracticeNumber && request.fromUser !== trunkUser) {
    return {
      destination: 'outside',
      projectId: null,
      steps: [
        { kind: 'ring', users: [trunkUser], ringTimeoutMs: outsideRingTimeoutMs, headers: {} },
        refuse(480, 'Nobody answers'),
      ],
      unseen: [],
    };
  }
  return refusal('nowhere', 404, 'This hub has no outside line: only extensions and its own numbers answer');
}

function toProject(project: RoutedProject, request: CallRequest, company: Company): RouteDecision {
  const asked = company.users.filter(
    (user) =>
      project.members.includes(user.userId) &&
      user.extension !== request.fromUser &&
      user.status === 'available' &&
      user.activity === 'free',
  );
  const rung = asked.filter(isReachable).map(({ extension }) => extension);
  const ringAgents: RouteStep = {
    kind: 'ring',
    users: rung,
    ringTimeoutMs: project.ringTimeoutMs,
    headers: {
      'X-Offhook-Project': project.id,
      'X-Offhook-Queue': encodeURIComponent(project.queueName),
    },
  };
  return {
    destination: 'project',
    projectId: project.id,
    steps: [...(rung.length > 0 ? [ringAgents] : []), ...toVoicemail(`project:${project.id}`)],
    unseen: asked.filter((user) => !isReachable(user)).map(unreachable),
  };
}

/** CALL-19: a direct call rings when Available or Away; otherwise, or on another call (CALL-18), voicemail. */
function toUser(user: RoutedUser): RouteDecision {
  const takesDirectCalls = user.status === 'available' || user.status === 'away';
  const isFree = user.activity === 'free';
  const rings = takesDirectCalls && isFree && isReachable(user);
  const ringUser: RouteStep = {
    kind: 'ring',
    users: [user.extension],
    ringTimeoutMs: directRingTimeoutMs,
    headers: {},
  };
  return {
    destination: 'user',
    projectId: null,
    steps: [...(rings ? [ringUser] : []), ...toVoicemail(`user:${user.userId}`)],
    unseen: takesDirectCalls && !rings ? [isFree ? unreachable(user) : onAnotherCall(user)] : [],
  };
}

function isReachable(user: RoutedUser): boolean {
  const { awake, fallingAsleep } = user.devices;
  return user.liveBindings > 0 && (awake > 0 || user.liveBindings > fallingAsleep);
}

function unreachable(user: RoutedUser): UnseenOffer {
  return { userId: user.userId, reason: user.devices.anyAsleep ? 'asleep' : 'noDevice' };
}

function onAnotherCall(user: RoutedUser): UnseenOffer {
  return { userId: user.userId, reason: 'onAnotherCall' };
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

function refusal(destination: 'emergency' | 'nowhere', status: number, reason: string): RouteDecision {
  return { destination, projectId: null, steps: [refuse(status, reason)], unseen: [] };
}

function refuse(status: number, reason: string): RouteStep {
  return { kind: 'refuse', status, reason };
}

/** Digits with a leading +, whatever way it was written: separators go, an international prefix 00 becomes +. */
export function plainNumber(written: string): string {
  const bare = written.replace(/[\s().\-/]/g, '');
  return /^00[1-9]\d{6,}$/.test(bare) ? `+${bare.slice(2)}` : bare;
}
