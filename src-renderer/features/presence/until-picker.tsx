// When a status ends by itself: presets and a time of day (the next time that it is so late).
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import styles from './status-picker.module.css';

const minuteMs = 60_000;
const presetsMin = [15, 30, 60] as const;

export interface UntilPickerProps {
  readonly untilMs: number | null;
  readonly disabled: boolean;
  onChoose(untilMs: number | null): void;
}

export function UntilPicker({ untilMs, disabled, onChoose }: UntilPickerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [time, setTime] = useState(untilMs === null ? '' : timeField(untilMs));
  const chooseTime = (text: string) => {
    setTime(text);
    const atMs = nextTime(text, Date.now());
    if (atMs !== null) onChoose(atMs);
  };
  return (
    <fieldset className={styles.until} disabled={disabled}>
      <legend>
        {t('presence.untilTitle')}
        {untilMs !== null && <span className="oh-figures"> {format.time(untilMs)}</span>}
      </legend>
      <div className={styles.presets}>
        <button type="button" aria-pressed={untilMs === null} onClick={() => onChoose(null)}>
          {t('presence.untilNone')}
        </button>
        {presetsMin.map((minutes) => (
          <button
            key={minutes}
            type="button"
            onClick={() => {
              const atMs = Date.now() + minutes * minuteMs;
              setTime(timeField(atMs));
              onChoose(atMs);
            }}
          >
            {minutes === 60 ? t('presence.untilHour') : t('presence.untilMinutes', { count: minutes })}
          </button>
        ))}
        <input
          type="time"
          aria-label={t('presence.untilAtLabel')}
          value={time}
          onChange={(event) => chooseTime(event.currentTarget.value)}
        />
      </div>
    </fieldset>
  );
}

function timeField(atMs: number): string {
  const at = new Date(atMs);
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}

/** @returns the next moment of that time of day ("13:30"), tomorrow where today's is past; null where it is none. */
export function nextTime(text: string, nowMs: number): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  const at = new Date(nowMs);
  at.setHours(Number(hours), Number(minutes), 0, 0);
  if (at.getTime() <= nowMs) at.setDate(at.getDate() + 1);
  return at.getTime();
}
