// The drawer's sections on when a project is open: time zone, week, holidays.
import { useTranslation } from 'react-i18next';
import { useNow } from '../../client/use-now.ts';
import { Chip } from '../../parts/chip.tsx';
import { ChoiceCards } from '../../parts/choice-cards.tsx';
import { DrawerSection } from '../../parts/drawer.tsx';
import { readWeek } from '../../parts/hours-draft.ts';
import { hoursOf } from '../../parts/opening-week.ts';
import { WeekGrid } from '../../parts/week-grid.tsx';
import { HolidaysField } from './holidays-field.tsx';
import { wallTime } from './opening-now.ts';
import type { SectionProps } from './rung-section.tsx';
import { TimeZoneField } from './time-zone-field.tsx';
import { useOpeningText } from './use-opening-text.ts';

export interface HoursSectionProps extends SectionProps {
  /** What the hub has said. */
  readonly zoneRefused: string | undefined;
  readonly hoursRefused: string | undefined;
}

/** The week that "At these hours" begins with. */
const usualHours = '09:00–17:00';

export function HoursSection({ edit, problems, zoneRefused, hoursRefused }: HoursSectionProps) {
  const { t } = useTranslation('admin');
  const openingText = useOpeningText();
  const nowMs = useNow(30_000);
  const { values, set } = edit;
  const { hours, holidays, timeZone } = values;
  const unsure = problems.hours.never || problems.hours.days.size > 0;
  const opening = openingText(
    { timeZone, holidays, openingHours: hours.always ? [] : hoursOf(readWeek(hours)) },
    nowMs,
  );
  const begin = () => {
    const empty = Object.values(hours.days).every((day) => day.trim() === '');
    const days = empty
      ? { ...hours.days, 1: usualHours, 2: usualHours, 3: usualHours, 4: usualHours, 5: usualHours }
      : hours.days;
    set('hours', { always: false, days });
  };
  return (
    <>
      <DrawerSection
        title={t('projects.section.hours')}
        hint={t('projects.section.hoursHint')}
        tools={unsure ? undefined : <Chip tone={opening.tone}>{opening.text}</Chip>}
      >
        <TimeZoneField
          value={timeZone}
          nowMs={nowMs}
          error={zoneRefused}
          onChange={(name) => set('timeZone', name)}
        />
        <ChoiceCards
          label={t('projects.section.hours')}
          labelShown={false}
          cards={[
            { value: 'always', label: t('projects.always'), hint: t('projects.alwaysHint') },
            { value: 'hours', label: t('projects.atHours'), hint: t('projects.atHoursHint') },
          ]}
          value={hours.always ? 'always' : 'hours'}
          onChange={(value) => (value === 'always' ? set('hours', { ...hours, always: true }) : begin())}
        />
        {!hours.always && (
          <WeekGrid hours={hours} problems={problems.hours} onChange={(next) => set('hours', next)} />
        )}
        {hoursRefused && <p role="alert">{hoursRefused}</p>}
      </DrawerSection>
      <DrawerSection title={t('projects.section.holidays')} hint={t('projects.section.holidaysHint')}>
        <HolidaysField
          holidays={holidays}
          today={wallTime(timeZone, nowMs)?.date ?? ''}
          onChange={(next) => set('holidays', next)}
        />
      </DrawerSection>
    </>
  );
}
