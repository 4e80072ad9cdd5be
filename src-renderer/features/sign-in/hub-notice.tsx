// What stands between the person and signing in that is not their fault: the hub away, or not one that this Offhook
// can use, or a session that ended.
import { useTranslation } from 'react-i18next';
import { useLive } from '../../client/desktop-context.tsx';
import { Notice } from '../../parts/notice.tsx';
import { NextAttempt } from '../../parts/time.tsx';

export function HubNotice() {
  const { t } = useTranslation();
  const network = useLive('network');
  const { trouble } = useLive('hubAddress');
  const session = useLive('session');
  if (network.state === 'offline') {
    const next = network.retryAtMs !== null && <NextAttempt atMs={network.retryAtMs} />;
    if (trouble !== null && trouble !== 'notReachable') {
      return (
        <Notice tone="warn" title={t(`signIn.trouble.${trouble}`)}>
          {t(`refusal.${trouble}`)} {next}
        </Notice>
      );
    }
    return (
      <Notice tone="warn" title={t('signIn.hubAwayTitle')}>
        {t('signIn.hubAway')} {next}
      </Notice>
    );
  }
  if (network.state === 'connecting') return <Notice>{t('signIn.hubConnecting')}</Notice>;
  if (session.state === 'signedOut' && session.ended) {
    return (
      <Notice tone="warn">
        {t(session.ended === 'byHub' ? 'signIn.endedByHub' : 'signIn.endedTooLong')}
      </Notice>
    );
  }
  return null;
}
