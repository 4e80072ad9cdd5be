// What holds for all modes of a project while it is edited (pure).
import type { DialUpSettings } from '#shared/domain/dial-up.ts';
import { isCount } from '../../parts/count-limits.ts';
import { fieldsOf, type OwnRow, rowsOf } from '../../parts/custom-field-rows.ts';
import { daysOf, type HoursDraft, readWeek } from '../../parts/hours-draft.ts';
import { hoursOf, weekOf } from '../../parts/opening-week.ts';

export interface ProjectDraft extends Pick<DialUpSettings, 'inboundWhileHolding' | 'dials'> {
  readonly hours: HoursDraft;
  readonly countdownSeconds: string;
  readonly orderFields: readonly OwnRow[];
}
export type ProjectField = keyof ProjectDraft & string;

export const countdownLimits = { least: 1, most: 120 } as const;

export function isCountdown(typed: string): boolean {
  return isCount(typed, countdownLimits);
}

export function projectDraftOf(settings: DialUpSettings): ProjectDraft {
  const hours = settings.callingHours.map(({ weekday, fromMinute, toMinute }) => ({
    weekday,
    opensAtMinute: fromMinute,
    closesAtMinute: toMinute,
  }));
  return {
    inboundWhileHolding: settings.inboundWhileHolding,
    dials: settings.dials,
    hours: { always: hours.length === 0, days: daysOf(weekOf(hours)) },
    countdownSeconds: String(settings.countdownSeconds),
    orderFields: rowsOf(settings.orderFields),
  };
}

const usualHours = '09:00–20:00';

/** "At these hours" begins with Monday to Saturday, where nothing was typed before. */
export function beginHours(hours: HoursDraft): HoursDraft {
  if (Object.values(hours.days).some((day) => day.trim() !== '')) return { ...hours, always: false };
  const days = { ...hours.days };
  for (const weekday of [1, 2, 3, 4, 5, 6] as const) days[weekday] = usualHours;
  return { always: false, days };
}

/** @param draft without problems; a countdown that is not used and cannot be read stays as it was */
export function withProject(settings: DialUpSettings, draft: ProjectDraft): DialUpSettings {
  const { hours, countdownSeconds, orderFields, ...rest } = draft;
  const callingHours = hours.always ? [] : hoursOf(readWeek(hours));
  return {
    ...settings,
    ...rest,
    countdownSeconds: isCountdown(countdownSeconds) ? Number(countdownSeconds) : settings.countdownSeconds,
    callingHours: callingHours.map(({ weekday, opensAtMinute, closesAtMinute }) => ({
      weekday,
      fromMinute: opensAtMinute,
      toMinute: closesAtMinute,
    })),
    orderFields: fieldsOf(
      orderFields,
      settings.orderFields.map(({ key }) => key),
    ),
  };
}
