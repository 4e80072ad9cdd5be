// Practice mode's accounts: a click fills the form, so that anyone can try it within a minute.
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountType } from '#shared/desktop/session-contract.ts';
import { IconSchool } from '../../parts/icons.ts';
import styles from './sample-accounts.module.css';

interface SampleAccount {
  readonly username: string;
  readonly password: string;
  readonly accountType: AccountType;
}

export interface SampleAccountsProps {
  readonly accounts: readonly SampleAccount[];
  onPick(account: SampleAccount): void;
}

export function SampleAccounts({ accounts, onPick }: SampleAccountsProps) {
  const { t } = useTranslation();
  return (
    <section className={styles.samples} aria-label={t('signIn.practiceTitle')}>
      <h2 className={styles.title}>
        <IconSchool size={16} stroke={2} aria-hidden="true" />
        {t('signIn.practiceTitle')}
      </h2>
      <p className={styles.text}>{t('signIn.practice')}</p>
      <div className={styles.list}>
        {accounts.map((account) => (
          <UnstyledButton key={account.username} className={styles.account} onClick={() => onPick(account)}>
            <span className={styles.name}>{account.username}</span>
            <span className={styles.kind}>{t(`accountType.${account.accountType}`)}</span>
          </UnstyledButton>
        ))}
      </div>
    </section>
  );
}
