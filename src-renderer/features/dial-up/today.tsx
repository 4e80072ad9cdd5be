// What the agent has done today: attempts by outcome, and the time that they took.
import { useTranslation } from 'react-i18next';
import type { DialUpView } from '#shared/desktop/dial-up-contract.ts';
import { outcomeButton } from '#shared/domain/dial-up.ts';
import { formatDuration } from '../../i18n/use-format.ts';
import { useOrderWords } from '../../parts/order-words.ts';
import styles from './today.module.css';

export function Today({ today }: Pick<DialUpView, 'today'>) {
  const { t } = useTranslation('dialUp');
  const words = useOrderWords();
  // Of as many, always in the same order: the hub's is none.
  const places = outcomeButton.options;
  const sorted = today.byButton.toSorted(
    (one, other) =>
      other.count - one.count ||
      places.indexOf(one.button) - places.indexOf(other.button) ||
      one.label.localeCompare(other.label),
  );
  return (
    <section className={styles.today} aria-label={t('today.title')}>
      <span className={styles.title}>{t('today.title')}</span>
      {today.attempts === 0 ? (
        <span className={styles.part}>{t('today.none')}</span>
      ) : (
        <>
          <span className={`oh-figures ${styles.part}`}>
            {t('today.attempts', { count: today.attempts })}
          </span>
          {sorted.map(({ button, label, count }) => (
            <span key={`${button} ${label}`} className={styles.part}>
              {words.button(button, label)} <strong className="oh-figures">{count}</strong>
            </span>
          ))}
          <span className={`oh-figures ${styles.part}`}>
            {t('today.worked', { time: formatDuration(today.workedMs) })}
          </span>
        </>
      )}
    </section>
  );
}
