// What a project's settings must keep to, beyond their shape. Pure; called by project-changes.ts.
import type { ProjectSettings } from '#shared/admin/projects-contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { StoredProject } from './stored-project.ts';

/** @throws CommandFailed 'hoursMalformed', 'timeZoneUnknown' */
export function requireGoodHours({ openingHours, holidays, timeZone }: ProjectSettings): void {
  if (openingHours.some(({ opensAtMinute, closesAtMinute }) => opensAtMinute >= closesAtMinute)) {
    throw new CommandFailed(
      'hoursMalformed',
      'A project cannot close before it opens. Nothing was changed; hours past midnight stand on both days.',
    );
  }
  if (overlap(openingHours)) {
    throw new CommandFailed(
      'hoursMalformed',
      'Two of the opening hours overlap. Nothing was changed; make one of them, or let the second begin where the first ends.',
    );
  }
  if (new Set(holidays.map(({ date }) => date)).size < holidays.length) {
    throw new CommandFailed('hoursMalformed', 'A holiday stands there twice. Nothing was changed.');
  }
  if (!isTimeZone(timeZone)) {
    throw new CommandFailed(
      'timeZoneUnknown',
      `No time zone is called ${timeZone}. Nothing was changed; an example is Europe/Berlin.`,
    );
  }
}

/**
 * @param id the project whose calls would be sent on.
 * @param others all projects that take calls.
 * @throws CommandFailed 'noSuchProject', 'overflowCircle'
 */
export function requireWayOut(
  id: ProjectId,
  { overflow }: Pick<ProjectSettings, 'overflow'>,
  others: readonly StoredProject[],
): void {
  const byId = new Map(others.map((each) => [each.project.id, each]));
  if (overflow.to === 'project' && overflow.projectId !== id && !byId.has(overflow.projectId)) {
    throw new CommandFailed(
      'noSuchProject',
      'The project to send calls on to is no longer there. Nothing was changed.',
    );
  }
  const passed = new Set<ProjectId>([id]);
  let next = overflow;
  while (next.to === 'project') {
    if (passed.has(next.projectId)) {
      throw new CommandFailed(
        'overflowCircle',
        'These projects would send each other their calls for ever. Nothing was changed; let one go to voicemail.',
      );
    }
    passed.add(next.projectId);
    next = byId.get(next.projectId)?.overflow ?? { to: 'voicemail' };
  }
}

function overlap(hours: ProjectSettings['openingHours']): boolean {
  const inOrder = [...hours].sort((a, b) => a.weekday - b.weekday || a.opensAtMinute - b.opensAtMinute);
  return inOrder.some((each, index) => {
    const next = inOrder[index + 1];
    return next?.weekday === each.weekday && next.opensAtMinute < each.closesAtMinute;
  });
}

/** An IANA name that this computer's ICU knows. */
export function isTimeZone(name: string): boolean {
  // Offsets such as +02:00 would be taken, too, and know no summer time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
