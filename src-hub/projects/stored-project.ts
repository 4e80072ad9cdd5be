// A project as the hub keeps it: what desktops know of it, and how its calls are routed. Read by routing, voicemail
// and the admin window's service; made by project-store.
import type { Holiday, OpeningHours, Overflow, ProjectSettings } from '#shared/admin/projects-contract.ts';
import type { Project } from '#shared/domain/disposition.ts';
import type { UserId } from '#shared/domain/ids.ts';

export interface StoredProject {
  readonly project: Project;
  readonly queueName: string;
  readonly memberIds: readonly UserId[];
  readonly distribution: ProjectSettings['distribution'];
  readonly ringTimeoutMs: number;
  readonly onDecline: ProjectSettings['onDecline'];
  readonly mostWaiting: number;
  readonly longestWaitMs: number;
  readonly overflow: Overflow;
  /** IANA name; opening hours and holidays are meant in it. */
  readonly timeZone: string;
  /** Empty: always open. */
  readonly openingHours: readonly OpeningHours[];
  readonly holidays: readonly Holiday[];
  /** Counts changes of all but the dispositions. */
  readonly version: number;
  readonly dispositionsVersion: number;
  /** Set where it takes no calls any more; calls and messages refer to it still. */
  readonly removedAtMs: number | null;
}

/** How a project's calls are routed where nobody has said anything. */
export const usualRouting = {
  distribution: 'longestIdle',
  onDecline: 'voicemail',
  mostWaiting: 20,
  longestWaitMs: 300_000,
  overflow: { to: 'voicemail' },
  timeZone: 'Etc/UTC',
  openingHours: [],
  holidays: [],
  version: 0,
  dispositionsVersion: 0,
  removedAtMs: null,
} as const satisfies Partial<StoredProject>;

/** As the admin window sets it. */
export function settingsOf(stored: StoredProject): ProjectSettings {
  const { project } = stored;
  return {
    name: project.name,
    queueName: stored.queueName,
    numbers: [...project.numbers],
    memberIds: [...stored.memberIds],
    distribution: stored.distribution,
    ringTimeoutMs: stored.ringTimeoutMs,
    onDecline: stored.onDecline,
    wrapUpMs: project.wrapUpMs,
    dispositionRequired: project.dispositionRequired,
    mostWaiting: stored.mostWaiting,
    longestWaitMs: stored.longestWaitMs,
    overflow: stored.overflow,
    timeZone: stored.timeZone,
    openingHours: [...stored.openingHours],
    holidays: [...stored.holidays],
  };
}

/** @param before the project as it was, or a new one's id at version 0. */
export function withSettings(
  before: Pick<StoredProject, 'version' | 'dispositionsVersion' | 'removedAtMs'> & {
    readonly project: Pick<Project, 'id'>;
  },
  settings: ProjectSettings,
): StoredProject {
  const { name, numbers, wrapUpMs, dispositionRequired, ...routing } = settings;
  return {
    ...routing,
    project: { id: before.project.id, name, numbers, wrapUpMs, dispositionRequired },
    version: before.version,
    dispositionsVersion: before.dispositionsVersion,
    removedAtMs: before.removedAtMs,
  };
}
