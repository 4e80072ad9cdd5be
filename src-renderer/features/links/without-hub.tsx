// OFF-1 after a restart: the hub has not been there since, and who is remembered works with what this computer has kept.
// Inline at the top of the agent window, until the session is taken up; put aside, the chip at the top right goes on saying it.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../client/desktop-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { NextAttempt } from '../../parts/time.tsx';
import styles from './link-chips.module.css';

export function WithoutHub() {
  const { t } = useTranslation();
  const format = useFormat();
  const session = useLive('session');
  const network = useLive('network');
  const { trouble } = useLive('hubAddress');
  const { sameSinceMs } = useLive('sync');
  const [putAside, setPutAside] = useState(false);
  if (session.state !== 'signedIn' || session.atHub || putAside) return null;
  return (
    <div className={styles.withoutHub}>
      <Notice
        tone="warn"
        title={t('withoutHub.title')}
        actions={
          <Button size="small" onClick={() => setPutAside(true)}>
            {t('withoutHub.putAside')}
          </Button>
        }
      >
        {sameSinceMs === null
          ? t('withoutHub.kept')
          : t('withoutHub.keptAsOf', { time: format.dateTime(sameSinceMs) })}{' '}
        {t('withoutHub.work')}{' '}
        {trouble !== null && trouble !== 'notReachable'
          ? t(`refusal.${trouble}`)
          : network.retryAtMs !== null && <NextAttempt atMs={network.retryAtMs} />}
      </Notice>
    </div>
  );
}
