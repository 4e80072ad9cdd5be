// The company as routing sees it at the moment of asking, put together from accounts, presence, devices, projects and the
// exchange. What a decision looks at is found by index: the project by its number, its agents by who has it open. The
// indexes are kept until what they are made of changes.
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import type { Activity } from '#shared/domain/presence.ts';
import type { OpenProjects } from '#shared/domain/work.ts';
import type { UserDirectory } from '../accounts/user-directory.ts';
import type { SipUser } from '../exchange/exchange-ports.ts';
import type { HubClock } from '../hub-clock.ts';
import type { DeviceReports } from '../presence/device-reports.ts';
import type { PresenceService } from '../presence/presence-service.ts';
import { isReachable } from '../presence/reachable.ts';
import type { StoredProject } from '../projects/stored-project.ts';
import type { Agent } from './agent-choice.ts';
import type { IdleTimes } from './idle-times.ts';
import { type CompanyView, plainNumber, type RoutedProject } from './route-decision.ts';

/** A connection that broke is back within this, or it is the user who is gone. */
const expectedBackWithinMs = 30_000;

export interface CompanyViewParts {
  readonly users: Pick<UserDirectory, 'byId' | 'byExtension' | 'mayCallOutside'>;
  readonly presence: Pick<PresenceService, 'of'>;
  readonly devices: Pick<DeviceReports, 'activityOf' | 'devicesOf'>;
  readonly projects: { all(): readonly StoredProject[] };
  readonly open: { of(userId: UserId): OpenProjects };
  readonly idle: IdleTimes;
  readonly clock: HubClock;
  /** Numbers outside whose owners the practice trunk plays, so that clicking a sample number calls somebody. */
  outsideNumbers(): readonly string[];
  liveBindings(user: SipUser): number;
  /** When the connection broke of a device that did not say it goes; null where that is not so. */
  lostAtMs(user: SipUser): number | null;
  /** Calls that the exchange knows to be established. */
  callsOf(user: SipUser): number;
  /** They hold an order of call mode, which keeps them from calls (DIAL-7). */
  keepsFromCalls(userId: UserId): boolean;
}

/** What only the router knows. */
export interface CallsInHand {
  /** Rung by a call now, or calling. */
  isTaken(userId: UserId, extension: SipUser): boolean;
  waitingIn(projectId: ProjectId): number;
}

export class CompanyNow implements CompanyView {
  readonly #parts: CompanyViewParts;
  readonly #calls: CallsInHand;
  #byNumber: Map<string, RoutedProject> | null = null;
  readonly #byId = new Map<ProjectId, RoutedProject>();
  /** Who has each project open: whether as primary. */
  readonly #openIn = new Map<ProjectId, Map<UserId, boolean>>();
  #outside: ReadonlySet<string> | null = null;

  constructor(parts: CompanyViewParts, calls: CallsInHand) {
    this.#parts = parts;
    this.#calls = calls;
  }

  /** Projects, members or people are others. */
  changed(): void {
    this.#byNumber = null;
  }

  /** The user has other projects open. */
  opened(userId: UserId): void {
    if (!this.#byNumber) return;
    for (const agents of this.#openIn.values()) agents.delete(userId);
    this.#keepOpen(userId);
  }

  /** By whether they are primary. */
  openOf(userId: UserId): { readonly projectId: ProjectId; readonly isPrimary: boolean }[] {
    this.#look();
    return [...this.#openIn].flatMap(([projectId, agents]) => {
      const isPrimary = agents.get(userId);
      return isPrimary === undefined ? [] : [{ projectId, isPrimary }];
    });
  }

  nowMs(): number {
    return this.#parts.clock.nowMs();
  }

  projectByNumber(number: string): RoutedProject | null {
    return this.#look().get(number) ?? null;
  }

  projectById(projectId: ProjectId): RoutedProject | null {
    this.#look();
    return this.#byId.get(projectId) ?? null;
  }

  userByExtension(extension: SipUser) {
    const user = this.#parts.users.byExtension(extension);
    if (!user) return null;
    const { userId } = user;
    const standing = this.#standingOf(userId, extension);
    return { userId, extension, status: this.#parts.presence.of(userId).status, standing };
  }

  /** Null where their status takes no calls of projects. */
  standing(userId: UserId): Agent['standing'] | null {
    return this.#agent(userId, false)?.standing ?? null;
  }

  agentsOf(projectId: ProjectId): readonly Agent[] {
    this.#look();
    const agents: Agent[] = [];
    for (const [userId, isPrimary] of this.#openIn.get(projectId) ?? []) {
      const agent = this.#agent(userId, isPrimary);
      if (agent) agents.push(agent);
    }
    return agents;
  }

  waitingIn(projectId: ProjectId): number {
    return this.#calls.waitingIn(projectId);
  }

  isOutside(number: string): boolean {
    this.#outside ??= new Set(this.#parts.outsideNumbers().map(plainNumber));
    return this.#outside.has(number);
  }

  mayCallOutside(extension: SipUser): boolean {
    const { users } = this.#parts;
    const user = users.byExtension(extension);
    return user !== null && users.mayCallOutside(user.userId);
  }

  /** On a call, in wrap-up or at an order, by what devices, the exchange and call mode say. */
  isBusy(userId: UserId, extension: SipUser): boolean {
    return this.#activityOf(userId, extension) !== 'free';
  }

  #agent(userId: UserId, isPrimary: boolean): Agent | null {
    const { users, presence, idle } = this.#parts;
    const { status, sinceMs } = presence.of(userId);
    const user = status === 'available' ? users.byId(userId) : null;
    if (!user) return null;
    const standing = this.#standingOf(userId, user.extension);
    return {
      userId,
      extension: user.extension,
      isPrimary,
      standing,
      idleSinceMs: idle.since(userId, sinceMs),
    };
  }

  #standingOf(userId: UserId, extension: SipUser): Agent['standing'] {
    if (this.#calls.isTaken(userId, extension) || this.isBusy(userId, extension)) return 'busy';
    const devices = this.#parts.devices.devicesOf(userId);
    if (isReachable({ liveBindings: this.#parts.liveBindings(extension), devices })) return 'free';
    if (devices.anyAsleep) return 'asleep';
    const lostAtMs = this.#parts.lostAtMs(extension);
    return lostAtMs !== null && this.nowMs() - lostAtMs < expectedBackWithinMs ? 'lost' : 'noDevice';
  }

  #activityOf(userId: UserId, extension: SipUser): Activity {
    const activity = this.#parts.devices.activityOf(userId);
    // A phone of another make reports nothing; the exchange knows its calls.
    if (activity === 'free' && this.#parts.callsOf(extension) > 0) return 'onCall';
    // Free again once its outcome is in, as after a wrap-up.
    return activity === 'free' && this.#parts.keepsFromCalls(userId) ? 'wrapUp' : activity;
  }

  #look(): ReadonlyMap<string, RoutedProject> {
    if (this.#byNumber) return this.#byNumber;
    const byNumber = new Map<string, RoutedProject>();
    this.#byId.clear();
    this.#openIn.clear();
    const members = new Set<UserId>();
    for (const stored of this.#parts.projects.all()) {
      const { id, numbers } = stored.project;
      const project: RoutedProject = { ...stored, id };
      this.#byId.set(id, project);
      for (const number of numbers) byNumber.set(plainNumber(number), project);
      for (const userId of stored.memberIds) members.add(userId);
    }
    this.#byNumber = byNumber;
    for (const userId of members) this.#keepOpen(userId);
    return byNumber;
  }

  #keepOpen(userId: UserId): void {
    const { primaryId, secondaryIds } = this.#parts.open.of(userId);
    for (const projectId of [primaryId, ...secondaryIds]) {
      if (projectId === null) continue;
      const agents = this.#openIn.get(projectId) ?? new Map<UserId, boolean>();
      this.#openIn.set(projectId, agents.set(userId, projectId === primaryId));
    }
  }
}
