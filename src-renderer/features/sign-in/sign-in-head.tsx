// The head of every step of the sign-in: whose product this is, and the language.
import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../client/desktop-context.tsx';
import type { Language } from '../../i18n/texts.ts';
import { Mark } from '../../parts/mark.tsx';
import styles from './sign-in-form.module.css';

export function SignInHead({ language }: { readonly language: Language }) {
  const { t } = useTranslation();
  const change = useCommand('settings.change');
  return (
    <header className={styles.head}>
      <Mark sizePx={36} />
      <h1 className={styles.product}>{t('common.appName')}</h1>
      <SegmentedControl
        className={styles.language}
        size="xs"
        aria-label={t('signIn.language')}
        value={language}
        onChange={(chosen) => void change.run({ language: chosen as Language })}
        data={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
      />
    </header>
  );
}
