// A project as a super admin would fill the form, for tests that add or change one.
import type { ProjectSettings } from '#shared/admin/projects-contract.ts';

/** Nobody in it, no numbers, always open. */
export function someProject(over: Partial<ProjectSettings> = {}): ProjectSettings {
  return {
    name: 'Birchwood Dental',
    queueName: 'Birchwood · reception',
    numbers: [],
    memberIds: [],
    distribution: 'longestIdle',
    ringTimeoutMs: 20_000,
    onDecline: 'voicemail',
    wrapUpMs: 60_000,
    dispositionRequired: false,
    mostWaiting: 10,
    longestWaitMs: 120_000,
    overflow: { to: 'voicemail' },
    timeZone: 'Europe/Berlin',
    openingHours: [],
    holidays: [],
    ...over,
  };
}
