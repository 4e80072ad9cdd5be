// When somebody calls back, and who: date, time, a few usual times, own or anyone's. Each choice is written at once.
import { type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkedOrder } from '#shared/desktop/dial-up-contract.ts';
import { useFormat } from '../../i18n/use-format.ts';
import styles from './call-back-fields.module.css';
import { dateField, momentOf, timeField, tomorrowMorning } from './local-time.ts';

const minuteMs = 60_000;
const presetsMinutes = [30, 120] as const;

export interface CallBackFieldsProps {
  readonly draft: WorkedOrder['draft'];
  /** It was asked for and is missing, or is no time to come. */
  readonly wrong: boolean;
  readonly timeRef: Ref<HTMLInputElement>;
  onChange(change: { callBackAtMs?: number | null; own?: boolean }): void;
}

export function CallBackFields({ draft, wrong, timeRef, onChange }: CallBackFieldsProps) {
  const { t } = useTranslation('dialUp');
  const format = useFormat();
  const { callBackAtMs, own } = draft;
  const [typed, setTyped] = useState<{ date: string; time: string } | null>(null);
  const date = typed?.date ?? (callBackAtMs === null ? '' : dateField(callBackAtMs));
  const time = typed?.time ?? (callBackAtMs === null ? '' : timeField(callBackAtMs));
  const type = (next: { date: string; time: string }) => {
    // Whoever types a time means today, unless they say otherwise.
    const whole = { ...next, date: next.date || (next.time === '' ? '' : dateField(Date.now())) };
    const atMs = momentOf(whole.date, whole.time);
    setTyped(atMs === null ? whole : null);
    if (atMs !== null || callBackAtMs !== null) onChange({ callBackAtMs: atMs });
  };
  const choose = (atMs: number | null) => {
    setTyped(null);
    onChange({ callBackAtMs: atMs });
  };
  return (
    <fieldset className={styles.callBack}>
      <legend className={styles.legend}>
        {t('callBack.title')}
        {callBackAtMs !== null && (
          <span className={`oh-figures ${styles.at}`}>{format.dateTime(callBackAtMs)}</span>
        )}
      </legend>
      <div className={styles.row}>
        <input
          type="date"
          className={`oh-figures ${styles.date}`}
          aria-label={t('callBack.date')}
          aria-invalid={wrong || undefined}
          value={date}
          onChange={(event) => type({ date: event.currentTarget.value, time })}
        />
        <input
          type="time"
          ref={timeRef}
          className={`oh-figures ${styles.time}`}
          aria-label={t('callBack.time')}
          aria-keyshortcuts="b Alt+b"
          aria-invalid={wrong || undefined}
          value={time}
          onChange={(event) => type({ date, time: event.currentTarget.value })}
        />
        {presetsMinutes.map((minutes) => (
          <button
            key={minutes}
            type="button"
            className={styles.preset}
            onClick={() => choose(Date.now() + minutes * minuteMs)}
          >
            {minutes < 60
              ? t('callBack.inMinutes', { count: minutes })
              : t('callBack.inHours', { count: minutes / 60 })}
          </button>
        ))}
        <button type="button" className={styles.preset} onClick={() => choose(tomorrowMorning(Date.now()))}>
          {t('callBack.tomorrow')}
        </button>
      </div>
      <div className={styles.row} role="radiogroup" aria-label={t('callBack.who')}>
        {([false, true] as const).map((mine) => (
          <label key={String(mine)} className={styles.who}>
            <input
              type="radio"
              name="call-back-by"
              checked={own === mine}
              onChange={() => onChange({ own: mine })}
            />
            {t(mine ? 'callBack.own' : 'callBack.anyone')}
          </label>
        ))}
        {callBackAtMs !== null && (
          <button type="button" className={styles.preset} onClick={() => choose(null)}>
            {t('callBack.clear')}
          </button>
        )}
      </div>
    </fieldset>
  );
}
