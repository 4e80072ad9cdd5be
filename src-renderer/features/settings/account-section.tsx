// Who is signed in here, what protects their account, and signing out, here or everywhere (not while a call runs).
import { useTranslation } from 'react-i18next';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import { Button } from '../../parts/button.tsx';
import { IconLogout } from '../../parts/icons.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { ChangePassword } from './change-password.tsx';
import { SecondFactor } from './second-factor.tsx';
import styles from './settings.module.css';

export function AccountSection() {
  const { t } = useTranslation();
  const session = useLive('session');
  const busy = useLive('presence').activity === 'onCall';
  const signOut = useCommand('session.signOut');
  const everywhere = useCommand('account.signOutEverywhere');
  if (session.state !== 'signedIn') return null;
  const { user } = session;
  return (
    <>
      <div className={styles.choice}>
        <div className={styles.choiceText}>
          <div className={styles.label}>{user.displayName}</div>
          <p className={styles.hint}>
            {user.username} · {t(`accountType.${user.accountType}`)} ·{' '}
            {t('common.extension', { extension: user.extension })}
          </p>
        </div>
        <Button
          icon={IconLogout}
          disabled={busy || signOut.running}
          hint={t('settings.signOutHint')}
          onClick={() => void signOut.run(null)}
        >
          {t('settings.signOut')}
        </Button>
      </div>
      {busy && <p className={styles.hint}>{t('settings.signOutBusy')}</p>}
      <RefusalNotice reason={signOut.refusal} />
      <ChangePassword />
      <SecondFactor />
      <div className={styles.choice}>
        <div className={styles.choiceText}>
          <div className={styles.label}>{t('settings.signOutEverywhere')}</div>
          <p className={styles.hint}>{t('settings.signOutEverywhereHint')}</p>
        </div>
        <Button disabled={busy || everywhere.running} onClick={() => void everywhere.run(null)}>
          {t('settings.signOutEverywhere')}
        </Button>
      </div>
      <RefusalNotice reason={everywhere.refusal} />
    </>
  );
}
