// When somebody calls back, and who: day, time, a few usual times, own or anyone's. Each choice is written at once.
import { type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkedOrder } from '#shared/desktop/dial-up-contract.ts';
import { useNow } from '../../client/use-now.ts';
import { useFormat } from '../../i18n/use-format.ts';
import styles from './call-back-fields.module.css';
import { dayOf, daysFrom, momentOf, timeOf, tomorrowMorning } from './local-time.ts';

const minuteMs = 60_000;
const presetsMinutes = [30, 120] as const;
const daysAhead = 60;

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
  const now = useNow(60_000);
  const { callBackAtMs, own } = draft;
  /** As typed, while it is another than what is kept. */
  const [typed, setTyped] = useState<string | null>(null);
  const [typedWrong, setTypedWrong] = useState(false);
  const day = callBackAtMs === null ? dayOf(now) : dayOf(callBackAtMs);
  const choose = (atMs: number | null) => {
    setTyped(null);
    setTypedWrong(false);
    onChange({ callBackAtMs: atMs });
  };
  const takeTyped = () => {
    if (typed === null) return;
    if (typed.trim() === '') return choose(null);
    const atMs = momentOf(day, typed);
    setTypedWrong(atMs === null);
    if (atMs !== null) choose(atMs);
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
        <DaySelect
          day={day}
          nowMs={now}
          onChoose={(chosen) => choose(momentOf(chosen, callBackAtMs === null ? '9' : timeOf(callBackAtMs)))}
        />
        <input
          ref={timeRef}
          className={`oh-figures ${styles.time}`}
          inputMode="numeric"
          maxLength={5}
          placeholder="14:30"
          aria-label={t('callBack.time')}
          aria-keyshortcuts="b Alt+b"
          aria-invalid={wrong || typedWrong || undefined}
          value={typed ?? (callBackAtMs === null ? '' : timeOf(callBackAtMs))}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') takeTyped();
          }}
          onBlur={takeTyped}
        />
        <span className={styles.by} role="radiogroup" aria-label={t('callBack.who')}>
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
        </span>
      </div>
      <div className={styles.row}>
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
        {callBackAtMs !== null && (
          <button type="button" className={styles.preset} onClick={() => choose(null)}>
            {t('callBack.clear')}
          </button>
        )}
      </div>
    </fieldset>
  );
}

interface DaySelectProps {
  readonly day: string;
  readonly nowMs: number;
  onChoose(day: string): void;
}

/** A list rather than a calendar field, which speaks the system's language and not the window's. */
function DaySelect({ day, nowMs, onChoose }: DaySelectProps) {
  const { t, i18n } = useTranslation('dialUp');
  const locale = i18n.language === 'en' ? 'en-GB' : i18n.language;
  const days = daysFrom(nowMs, daysAhead);
  const shown = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' });
  const name = (each: string, at: number) => {
    if (at === 0) return t('callBack.today');
    if (at === 1) return t('callBack.tomorrowDay');
    return shown.format(momentOf(each, '12') ?? nowMs);
  };
  return (
    <select
      className={styles.day}
      aria-label={t('callBack.date')}
      value={day}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      {(days.includes(day) ? days : [...days, day]).map((each, at) => (
        <option key={each} value={each}>
          {name(each, at)}
        </option>
      ))}
    </select>
  );
}
