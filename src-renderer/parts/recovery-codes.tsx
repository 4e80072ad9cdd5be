// Recovery codes, shown once: to copy, to print, and to be put away. In the settings, and in a sign-in that asks for a
// second factor.
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import styles from './recovery-codes.module.css';
import { useCopy } from './use-copy.ts';

export interface RecoveryCodesProps {
  readonly codes: readonly string[];
  onKept(): void;
}

export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const { t } = useTranslation();
  const { ref: list, copied, copy } = useCopy<HTMLOListElement>();
  return (
    <section className={styles.codes} aria-label={t('settings.recoveryCodes')}>
      <Notice tone="warn" title={t('settings.recoveryCodes')}>
        {t('settings.recoveryCodesHint')}
      </Notice>
      <ol ref={list} className={styles.list}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className={`${styles.actions} ${styles.screenOnly}`}>
        <Button onClick={copy}>{t(copied ? 'settings.copied' : 'settings.copyCodes')}</Button>
        <Button onClick={() => window.print()}>{t('settings.printCodes')}</Button>
        <Button tone="accent" onClick={onKept}>
          {t('settings.codesKept')}
        </Button>
      </div>
    </section>
  );
}
