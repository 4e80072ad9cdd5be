// The hours of each weekday: typed in one field a day, drawn beside it, copied to other days with a key or a click.
import { Popover, TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './button.tsx';
import { type HoursDraft, type HoursProblems, readWeek } from './hours-draft.ts';
import { IconCopy } from './icons.ts';
import { moveByArrow } from './list-keys.ts';
import {
  carriedInto,
  clock,
  dayAfter,
  formatDay,
  parseDay,
  type Week,
  type Weekday,
  weekdays,
} from './opening-week.ts';
import styles from './week-grid.module.css';
import { weekdayName } from './weekday-name.ts';

export interface WeekGridProps {
  readonly hours: HoursDraft;
  readonly problems: HoursProblems;
  onChange(hours: HoursDraft): void;
}

const workdays: readonly Weekday[] = [1, 2, 3, 4, 5];

export function WeekGrid({ hours, problems, onChange }: WeekGridProps) {
  const { t, i18n } = useTranslation('admin');
  const fields = useRef(new Map<Weekday, HTMLInputElement>());
  const [focused, setFocused] = useState<Weekday | null>(null);
  const week = readWeek(hours);
  const set = (days: readonly Weekday[], text: string) =>
    onChange({ ...hours, days: { ...hours.days, ...Object.fromEntries(days.map((day) => [day, text])) } });
  const tidy = (text: string) => {
    const read = parseDay(text);
    return 'spans' in read ? formatDay(read.spans) : text;
  };
  const focus = (weekday: Weekday) => {
    const field = fields.current.get(weekday);
    field?.focus();
    field?.select();
  };
  const onKeyDown = (event: KeyboardEvent, weekday: Weekday) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const next = (weekday + step) as Weekday;
    if (step === 0 || event.ctrlKey || !weekdays.includes(next)) return;
    event.preventDefault();
    const text = tidy(hours.days[weekday]);
    // First: the field that is left writes its own day as it is left.
    focus(next);
    if (event.altKey) set([weekday, next], text);
  };
  return (
    <fieldset className={styles.week} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      <legend className="oh-unseen">{t('projects.week')}</legend>
      <p className={styles.hint}>{t('projects.weekHint')}</p>
      <div className={styles.day} aria-hidden="true">
        <span className={`oh-figures ${styles.scale}`}>
          {[0, 6, 12, 18].map((hour) => (
            <span key={hour}>{hour}</span>
          ))}
        </span>
      </div>
      {weekdays.map((weekday) => {
        // What is being written need not be a span yet.
        const wrong = weekday === focused ? undefined : problems.days.get(weekday);
        const carried = carriedInto(week, weekday);
        const name = weekdayName(i18n.language, weekday);
        return (
          <div key={weekday} className={styles.day}>
            <span className={styles.dayName} aria-hidden="true">
              {name}
            </span>
            <TextInput
              ref={(element) => {
                if (element) fields.current.set(weekday, element);
                else fields.current.delete(weekday);
              }}
              aria-label={name}
              aria-keyshortcuts="Alt+ArrowDown Alt+ArrowUp"
              classNames={{ input: 'oh-figures' }}
              placeholder={t('projects.closed')}
              maxLength={200}
              value={hours.days[weekday]}
              error={wrong !== undefined}
              onChange={(event) => set([weekday], event.currentTarget.value)}
              onFocus={() => setFocused(weekday)}
              onBlur={() => {
                setFocused(null);
                const text = tidy(hours.days[weekday]);
                if (text !== hours.days[weekday]) set([weekday], text);
              }}
              onKeyDown={(event) => onKeyDown(event, weekday)}
            />
            <DayStrip week={week} weekday={weekday} />
            <CopyDay
              weekday={weekday}
              onCopy={(days) => set([weekday, ...days], tidy(hours.days[weekday]))}
            />
            {wrong && (
              <p className={`${styles.problem} ${styles.below}`} role="alert">
                {t(problemKeys[wrong], { day: name })}
              </p>
            )}
            {carried > 0 && (
              <p className={`${styles.hint} ${styles.below}`}>
                {t('projects.carried', { time: clock(carried) })}
              </p>
            )}
          </div>
        );
      })}
      {problems.never && (
        <p className={styles.problem} role="alert">
          {t('projects.hoursNever')}
        </p>
      )}
    </fieldset>
  );
}

const problemKeys = {
  unreadable: 'projects.hoursUnreadable',
  noTime: 'projects.hoursNoTime',
  overlap: 'projects.hoursOverlap',
  clash: 'projects.hoursClash',
} as const;

const dayMinutes = 1_440;

/** What is typed, drawn: midnight to midnight. The field beside it says the same. */
function DayStrip({ week, weekday }: { readonly week: Week; readonly weekday: Weekday }) {
  const percent = (minute: number) => `${(100 * Math.min(minute, dayMinutes)) / dayMinutes}%`;
  const carried = carriedInto(week, weekday);
  return (
    <div className={styles.strip} aria-hidden="true">
      {carried > 0 && (
        <span className={styles.span} data-carried style={{ left: 0, width: percent(carried) }} />
      )}
      {week[weekday].map(({ opensAt, closesAt }) => (
        <span
          key={opensAt}
          className={styles.span}
          style={{ left: percent(opensAt), width: percent(Math.min(closesAt, dayMinutes) - opensAt) }}
        />
      ))}
    </div>
  );
}

function CopyDay(props: { readonly weekday: Weekday; onCopy(days: readonly Weekday[]): void }) {
  const { t, i18n } = useTranslation('admin');
  const [opened, setOpened] = useState(false);
  const next = dayAfter(props.weekday);
  const label = t('projects.copyDay', { day: weekdayName(i18n.language, props.weekday) });
  const ways = [
    [t('projects.copyNext', { day: weekdayName(i18n.language, next) }), [next]],
    [t('projects.copyWorkdays'), workdays],
    [t('projects.copyAll'), weekdays],
  ] as const;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <IconButton
          icon={IconCopy}
          label={label}
          aria-haspopup="menu"
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        />
      </Popover.Target>
      <Popover.Dropdown
        p={0}
        aria-label={label}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          setOpened(false);
        }}
      >
        <div role="menu" aria-label={label} tabIndex={-1} className={styles.copies} onKeyDown={moveByArrow}>
          {ways.map(([word, days]) => (
            <button
              key={word}
              type="button"
              role="menuitem"
              data-item
              className={styles.copy}
              onClick={() => {
                props.onCopy(days);
                setOpened(false);
              }}
            >
              {word}
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
