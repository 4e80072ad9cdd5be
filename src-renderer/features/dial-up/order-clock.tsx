// How long the order is on the desk, against the time that its mode sets.
import { useTranslation } from 'react-i18next';
import { useNow } from '../../client/use-now.ts';
import { formatDuration } from '../../i18n/use-format.ts';
import styles from './order-clock.module.css';

export interface OrderClockProps {
  readonly sinceMs: number;
  /** 0: none. */
  readonly standardTimeMinutes: number;
}

export function OrderClock({ sinceMs, standardTimeMinutes }: OrderClockProps) {
  const { t } = useTranslation('dialUp');
  const now = useNow();
  const workedMs = now - sinceMs;
  const over = standardTimeMinutes > 0 && workedMs > standardTimeMinutes * 60_000;
  return (
    <div className={styles.clock} data-over={over || undefined}>
      <span className={styles.label}>{t('waited')}</span>
      <span className={`oh-figures ${styles.time}`} role="timer" aria-label={t('waited')}>
        {formatDuration(workedMs)}
      </span>
      {standardTimeMinutes > 0 && (
        <span className={`oh-figures ${styles.standard}`}>
          {over ? t('over') : t('standard', { minutes: standardTimeMinutes })}
        </span>
      )}
    </div>
  );
}
