// The days on which a project is closed whatever the week says: by date, those that are over dimmed.
import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Holiday } from '#shared/admin/projects-contract.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { IconX } from '../../parts/icons.ts';
import { byDate } from './project-draft.ts';
import styles from './projects.module.css';

export interface HolidaysFieldProps {
  readonly holidays: readonly Holiday[];
  /** In the project's time zone, as 2026-11-21. */
  readonly today: string;
  onChange(holidays: Holiday[]): void;
}

export function HolidaysField({ holidays, today, onChange }: HolidaysFieldProps) {
  const { t, i18n } = useTranslation('admin');
  const [date, setDate] = useState('');
  const [name, setName] = useState('');
  const dateField = useRef<HTMLInputElement>(null);
  const shownDate = new Intl.DateTimeFormat(i18n.language === 'en' ? 'en-GB' : i18n.language, {
    weekday: 'short',
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const dateText = (each: string) => shownDate.format(Date.parse(`${each}T00:00:00Z`));
  const twice = holidays.some((each) => each.date === date);

  const add = () => {
    if (date === '' || twice) return;
    onChange(byDate([...holidays, { date, name: name.trim() }]));
    setDate('');
    setName('');
    dateField.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || date === '') return;
    event.preventDefault();
    add();
  };
  return (
    <div className={styles.holidays}>
      {holidays.length === 0 && <p className={styles.hint}>{t('projects.noHolidays')}</p>}
      {holidays.map((each, at) => (
        <div key={each.date} className={styles.holiday} data-past={each.date < today || undefined}>
          <span className={`oh-figures ${styles.date}`}>
            {dateText(each.date)}
            {each.date < today && <span className={styles.hint}>{t('projects.holidayPast')}</span>}
          </span>
          <TextInput
            aria-label={t('projects.holidayNameOf', { date: dateText(each.date) })}
            placeholder={t('projects.holidayName')}
            maxLength={100}
            value={each.name}
            onChange={(event) => onChange(holidays.with(at, { ...each, name: event.currentTarget.value }))}
          />
          <IconButton
            icon={IconX}
            label={t('projects.removeHoliday', { date: dateText(each.date) })}
            onClick={() => {
              onChange(holidays.toSpliced(at, 1));
              dateField.current?.focus();
            }}
          />
        </div>
      ))}
      <div className={styles.addHoliday}>
        <TextInput
          ref={dateField}
          type="date"
          label={t('projects.holidayDate')}
          classNames={{ input: 'oh-figures' }}
          value={date}
          error={twice ? t('projects.holidayTwice') : undefined}
          onChange={(event) => setDate(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <TextInput
          label={t('projects.holidayName')}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <Button disabled={date === '' || twice} onClick={add}>
          {t('projects.addHoliday')}
        </Button>
      </div>
    </div>
  );
}
