// What was tried with an order so far, newest first.
import { useTranslation } from 'react-i18next';
import type { Attempt } from '#shared/domain/order.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { When } from '../../parts/time.tsx';
import { useModeNames } from '../../parts/use-mode-names.ts';
import styles from './orders.module.css';
import { useOutcomeName } from './use-outcome-name.ts';

export function Attempts({ attempts }: { readonly attempts: readonly Attempt[] }) {
  const { t } = useTranslation('admin');
  const format = useFormat();
  const modeName = useModeNames();
  const outcomeName = useOutcomeName();
  const statuses = useAdminList('orderStatuses').answer?.statuses ?? [];
  if (attempts.length === 0) return <p className={styles.quiet}>{t('orders.noAttempts')}</p>;
  return (
    <ol className={styles.attempts}>
      {attempts.map((each) => {
        const status = statuses.find(({ id }) => id === each.statusId)?.label ?? t('callMode.goneStatus');
        return (
          <li key={each.attemptId} className={styles.attempt}>
            <div className={styles.attemptHead}>
              <span className={styles.name}>{outcomeName(each)}</span>
              <span className={styles.quiet}>{t(`orders.effect.${each.effect}`, { status })}</span>
              <span className={styles.attemptWhen}>
                <When atMs={each.endedAtMs} />
              </span>
            </div>
            <div className={styles.quiet}>
              {t('orders.attemptBy', { agent: each.userName, mode: modeName(each.mode) })}
            </div>
            {each.callBack && (
              <div>
                {t(each.callBack.own ? 'orders.callBackOwn' : 'orders.callBackAt', {
                  time: format.dateTime(each.callBack.atMs),
                })}
              </div>
            )}
            {each.note !== '' && <p className={styles.note}>{each.note}</p>}
          </li>
        );
      })}
    </ol>
  );
}
