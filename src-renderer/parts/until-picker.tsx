// When a status ends by itself: presets and a time of day (the next time that it is so late). Used for one's own status
// and for one that a supervisor sets.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import styles from './until-picker.module.css';

const minuteMs = 60_000;
const presetsMin = [15, 30, 60] as const;

export interface UntilPickerProps {
  readonly untilMs: number | null;
  onChoose(untilMs: number | null): void;
}

export function UntilPicker({ untilMs, onChoose }: UntilPickerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [time, setTime] = useState(untilMs === null ? '' : timeField(untilMs));
  const [wrong, setWrong] = useState(false);
  const chooseTime = () => {
    if (time.trim() === '' || (untilMs !== null && time === timeField(untilMs))) return;
    const atMs = nextTime(time, Date.now());
    setWrong(atMs === null);
    if (atMs !== null) onChoose(atMs);
  };
  return (
    <fieldset className={styles.until}>
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
          className="oh-figures"
          inputMode="numeric"
          maxLength={5}
          placeholder={t('presence.untilExample')}
          aria-label={t('presence.untilAtLabel')}
          aria-invalid={wrong || undefined}
          value={time}
          onChange={(event) => {
            setTime(event.currentTarget.value);
            setWrong(false);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') chooseTime();
          }}
          onBlur={chooseTime}
        />
      </div>
    </fieldset>
  );
}

function timeField(atMs: number): string {
  const at = new Date(atMs);
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}

/**
 * @param text a time of day as people type it: "13:30", "13.30", "1330", "9".
 * @returns its next moment, tomorrow where today's is past; null where it is no time of day.
 */
export function nextTime(text: string, nowMs: number): number | null {
  const [, hours, minutes = '0'] = /^\s*(\d{1,2})(?:[:.]?(\d{2}))?\s*$/.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  const at = new Date(nowMs);
  at.setHours(Number(hours), Number(minutes), 0, 0);
  if (at.getTime() <= nowMs) at.setDate(at.getDate() + 1);
  return at.getTime();
}
