// What a called number means: a project, a person, the echo test, somebody outside, or nothing. Pure. The first step of
// route-machine.ts, which says who is rung for it.
import type { ProjectSettings } from '#shared/admin/projects-contract.ts';
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import type { PresenceStatus } from '#shared/domain/presence.ts';
import type { CallRequest, RouteStep, SipUser } from '../exchange/exchange-ports.ts';
import type { Agent } from './agent-choice.ts';
import type { Hours } from './opening-hours.ts';

/** How the routing of a call ended; 'cutOff' where the hub died under it. */
export type RoutedOutcome = 'answered' | 'voicemail' | 'echo' | 'abandoned' | 'refused' | 'cutOff';

/** What the user's own devices said over the hub's wire; SIP phones of another make say nothing here. */
export interface DevicesOfUser {
  readonly awake: number;
  /** Said a moment ago that they are about to sleep; their bindings may still look alive. */
  readonly fallingAsleep: number;
  /** Whether any went to sleep and has not come back, however long ago. */
  readonly anyAsleep: boolean;
}

export interface RoutedUser extends Pick<Agent, 'userId' | 'extension' | 'standing'> {
  readonly status: PresenceStatus;
}

export interface RoutedProject
  extends Hours,
    Pick<
      ProjectSettings,
      | 'queueName'
      | 'distribution'
      | 'ringTimeoutMs'
      | 'onDecline'
      | 'mostWaiting'
      | 'longestWaitMs'
      | 'overflow'
    > {
  readonly id: ProjectId;
}

/** The company as it stands at the moment of asking. */
export interface CompanyView {
  nowMs(): number;
  /** @param number as `plainNumber` has it. */
  projectByNumber(number: string): RoutedProject | null;
  /** Null where it takes no calls any more. */
  projectById(projectId: ProjectId): RoutedProject | null;
  /** Disabled users are not found. */
  userByExtension(extension: SipUser): RoutedUser | null;
  /** Members who have it open and whose status takes calls, in any order. */
  agentsOf(projectId: ProjectId): readonly Agent[];
  /** Calls that wait for it. */
  waitingIn(projectId: ProjectId): number;
  /** Outside this hub, behind its trunk. */
  isOutside(number: string): boolean;
  mayCallOutside(extension: SipUser): boolean;
}

/** An offer that could not be shown to its user. */
export interface UnseenOffer {
  readonly userId: UserId;
  readonly reason: 'noDevice' | 'asleep' | 'onAnotherCall';
}

export type Destination =
  | { readonly kind: 'project'; readonly project: RoutedProject }
  | { readonly kind: 'user'; readonly user: RoutedUser }
  | { readonly kind: 'echo' }
  | { readonly kind: 'outside' }
  | { readonly kind: 'emergency' | 'nowhere'; readonly refusal: RouteStep };

export const voicemailUser: SipUser = 'voicemail';
export const echoUser: SipUser = 'echo';
export const trunkUser: SipUser = 'trunk';
/** What waiting callers from outside hear comes from here. */
export const queueUser: SipUser = 'queue';
export const echoExtension = '600';

/** Emergency numbers of the world's regions. The hub has no line to any of them and must never seem to. */
export const emergencyNumbers: ReadonlySet<string> = new Set(
  '000 08 100 101 102 103 104 108 110 111 112 113 114 115 117 118 119 120 122 133 144 190 191 192 193 911 999'.split(
    ' ',
  ),
);

/** @param request as the exchange authenticated it. */
export function destinationOf(request: CallRequest, company: CompanyView): Destination {
  const called = plainNumber(request.requestUser);
  if (emergencyNumbers.has(called)) {
    return refused(
      'emergency',
      404,
      'This hub has no outside line: emergency calls cannot be made here, use a telephone',
    );
  }
  const project = company.projectByNumber(called);
  if (project) return { kind: 'project', project };
  const user = company.userByExtension(called);
  if (user && called === request.fromUser) return refused('nowhere', 486, 'That is your own extension');
  if (user) return { kind: 'user', user };
  if (called === echoExtension) return { kind: 'echo' };
  // Somebody whom an agent gives away reaches what the agent may reach; from outside alone, nothing outside.
  const asker = request.transferredBy ?? request.fromUser;
  if (company.isOutside(called) && asker !== trunkUser) {
    if (company.mayCallOutside(asker)) return { kind: 'outside' };
    return refused('nowhere', 403, 'You may not call numbers outside the company');
  }
  return refused('nowhere', 404, 'This hub has no outside line: only extensions and its own numbers answer');
}

function refused(kind: 'emergency' | 'nowhere', status: number, reason: string): Destination {
  return { kind, refusal: { kind: 'refuse', status, reason } };
}

/** Digits with a leading +, whatever way it was written: separators go, an international prefix 00 becomes +. */
export function plainNumber(written: string): string {
  const bare = written.replace(/[\s().\-/]/g, '');
  return /^00[1-9]\d{6,}$/.test(bare) ? `+${bare.slice(2)}` : bare;
}
