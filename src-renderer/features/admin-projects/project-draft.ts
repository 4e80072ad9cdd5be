// A project as it stands in the form: what is typed is text until it is saved. Says what is wrong with it, field by
// field, before the hub is asked; what only the hub can know (a number that is an extension) comes back as a refusal.
import type { AdminProject, Holiday, Overflow, ProjectSettings } from '#shared/admin/projects-contract.ts';
import type { AdminUser } from '#shared/admin/users-contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { isCount } from '../../parts/count-limits.ts';
import {
  daysOf,
  type HoursDraft,
  type HoursProblems,
  hoursProblems,
  readWeek,
} from '../../parts/hours-draft.ts';
import { closedWeek, hoursOf, weekOf } from '../../parts/opening-week.ts';
import { countryOf, lacksCountry, readNumber, shownNumber } from './phone-numbers.ts';

export interface ProjectDraft
  extends Pick<
    ProjectSettings,
    'name' | 'queueName' | 'memberIds' | 'distribution' | 'onDecline' | 'dispositionRequired' | 'timeZone'
  > {
  readonly numbers: readonly string[];
  /** Whole numbers as typed. */
  readonly ringSeconds: string;
  readonly wrapUpSeconds: string;
  readonly mostWaiting: string;
  readonly longestWaitSeconds: string;
  readonly overflow: Overflow;
  readonly hours: HoursDraft;
  /** By date. */
  readonly holidays: readonly Holiday[];
}
export type DraftField = keyof ProjectDraft & string;

export const limits = {
  ringSeconds: { least: 5, most: 120 },
  wrapUpSeconds: { least: 0, most: 3_600 },
  mostWaiting: { least: 0, most: 1_000 },
  longestWaitSeconds: { least: 0, most: 3_600 },
} as const;
export type CountField = keyof typeof limits;

/** How a new project begins. @param timeZone IANA name, that of whoever makes it */
export function newProject(timeZone: string): ProjectDraft {
  return {
    name: '',
    queueName: '',
    numbers: [],
    memberIds: [],
    distribution: 'longestIdle',
    ringSeconds: '20',
    onDecline: 'voicemail',
    wrapUpSeconds: '60',
    dispositionRequired: true,
    mostWaiting: '10',
    longestWaitSeconds: '300',
    overflow: { to: 'voicemail' },
    timeZone,
    hours: { always: true, days: daysOf(closedWeek) },
    holidays: [],
  };
}

export function draftOf(settings: ProjectSettings): ProjectDraft {
  return {
    name: settings.name,
    queueName: settings.queueName,
    numbers: settings.numbers.map(shownNumber),
    memberIds: settings.memberIds,
    distribution: settings.distribution,
    ringSeconds: seconds(settings.ringTimeoutMs),
    onDecline: settings.onDecline,
    wrapUpSeconds: seconds(settings.wrapUpMs),
    dispositionRequired: settings.dispositionRequired,
    mostWaiting: String(settings.mostWaiting),
    longestWaitSeconds: seconds(settings.longestWaitMs),
    overflow: settings.overflow,
    timeZone: settings.timeZone,
    hours: { always: settings.openingHours.length === 0, days: daysOf(weekOf(settings.openingHours)) },
    holidays: byDate(settings.holidays),
  };
}

/** @param draft without problems (see `problemsOf`) */
export function settingsOf(draft: ProjectDraft): ProjectSettings {
  const name = draft.name.trim();
  return {
    name,
    queueName: draft.queueName.trim() || name,
    numbers: draft.numbers.map(
      (number) => readNumber(number, countryOf(draft.numbers))?.dialled ?? number.trim(),
    ),
    memberIds: draft.memberIds,
    distribution: draft.distribution,
    ringTimeoutMs: Number(draft.ringSeconds) * 1000,
    onDecline: draft.onDecline,
    wrapUpMs: Number(draft.wrapUpSeconds) * 1000,
    dispositionRequired: draft.dispositionRequired,
    mostWaiting: Number(draft.mostWaiting),
    longestWaitMs: Number(draft.longestWaitSeconds) * 1000,
    overflow: draft.overflow,
    timeZone: draft.timeZone,
    openingHours: draft.hours.always ? [] : hoursOf(readWeek(draft.hours)),
    holidays: byDate(draft.holidays),
  };
}

export type NumberProblem =
  | { readonly kind: 'malformed' | 'national' | 'twice' }
  | { readonly kind: 'taken'; readonly by: string }
  | { readonly kind: 'extension'; readonly of: string };

/** What else there is: as far as this admin sees it. */
export interface Surroundings {
  /** All projects but the edited one. */
  readonly others: readonly AdminProject[];
  readonly users: readonly Pick<AdminUser, 'extension' | 'firstName' | 'lastName'>[];
  /** Of the edited one; null for a new one. */
  readonly id: ProjectId | null;
}

export interface DraftProblems {
  readonly name: 'missing' | 'taken' | null;
  /** By place in the draft's list. */
  readonly numbers: ReadonlyMap<number, NumberProblem>;
  readonly counts: ReadonlySet<CountField>;
  readonly overflow: 'missing' | 'circle' | null;
  readonly hours: HoursProblems;
  /** Places of holidays that stand there twice. */
  readonly holidays: ReadonlySet<number>;
}

export function problemsOf(draft: ProjectDraft, surroundings: Surroundings): DraftProblems {
  const { others, id } = surroundings;
  const name = draft.name.trim();
  const sameName = (other: AdminProject) => other.settings.name.toLowerCase() === name.toLowerCase();
  return {
    name: name === '' ? 'missing' : others.some(sameName) ? 'taken' : null,
    numbers: numberProblems(draft.numbers, surroundings),
    counts: new Set(
      (Object.keys(limits) as CountField[]).filter((field) => !isCount(draft[field], limits[field])),
    ),
    overflow: overflowProblem(draft.overflow, others, id),
    hours: hoursProblems(draft.hours),
    holidays: new Set(
      draft.holidays.flatMap(({ date }, at) =>
        draft.holidays.findIndex((each) => each.date === date) < at ? [at] : [],
      ),
    ),
  };
}

export function isFine(problems: DraftProblems): boolean {
  return (
    problems.name === null &&
    problems.numbers.size === 0 &&
    problems.counts.size === 0 &&
    problems.overflow === null &&
    problems.hours.days.size === 0 &&
    !problems.hours.never &&
    problems.holidays.size === 0
  );
}

export function byDate(holidays: readonly Holiday[]): Holiday[] {
  return [...holidays].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

function numberProblems(
  numbers: readonly string[],
  { others, users }: Surroundings,
): ReadonlyMap<number, NumberProblem> {
  const owners = new Map(
    others.flatMap(({ settings }) => settings.numbers.map((number) => [number, settings.name])),
  );
  const holders = new Map(users.map((user) => [user.extension, `${user.firstName} ${user.lastName}`]));
  const country = countryOf(numbers);
  const seen = new Set<string>();
  const problems = new Map<number, NumberProblem>();
  for (const [at, typed] of numbers.entries()) {
    const dialled = readNumber(typed, country)?.dialled;
    if (dialled === undefined) {
      problems.set(at, { kind: lacksCountry(typed) ? 'national' : 'malformed' });
      continue;
    }
    const project = owners.get(dialled);
    const user = holders.get(dialled);
    if (project !== undefined) problems.set(at, { kind: 'taken', by: project });
    else if (user !== undefined) problems.set(at, { kind: 'extension', of: user });
    else if (seen.has(dialled)) problems.set(at, { kind: 'twice' });
    seen.add(dialled);
  }
  return problems;
}

function overflowProblem(
  overflow: Overflow,
  others: readonly AdminProject[],
  id: ProjectId | null,
): DraftProblems['overflow'] {
  if (overflow.to === 'voicemail') return null;
  if (overflow.projectId === '') return 'missing';
  return id !== null && leadsBack(overflow.projectId, others, id) ? 'circle' : null;
}

/** Whether calls sent on to this project would come back to the edited one. */
export function leadsBack(to: ProjectId, others: readonly AdminProject[], id: ProjectId): boolean {
  const seen = new Set<ProjectId>();
  let at: ProjectId = to;
  while (!seen.has(at)) {
    if (at === id) return true;
    seen.add(at);
    const next = others.find((each) => each.id === at)?.settings.overflow;
    if (next?.to !== 'project') return false;
    at = next.projectId;
  }
  return false;
}

/** Settings come from REST too, in milliseconds. */
function seconds(ms: number): string {
  return String(Math.round(ms / 1000));
}
