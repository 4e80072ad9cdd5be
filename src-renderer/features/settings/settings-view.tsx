// What a person sets on this computer. Each setting is kept the moment it is changed.
import { SegmentedControl, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsView as Settings } from '#shared/desktop/settings-contract.ts';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { AccountSection } from './account-section.tsx';
import { KeysSection } from './keys-section.tsx';
import styles from './settings.module.css';

export interface SettingsViewProps {
  /** The device pickers, which the phone panel shows too. */
  readonly devices: ReactNode;
}

export function SettingsView({ devices }: SettingsViewProps) {
  const { t } = useTranslation();
  const settings = useLive('settings');
  const change = useCommand('settings.change');
  const set = (part: Partial<Settings>) => void change.run(part);
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t('settings.title')}</h1>
      <RefusalNotice reason={change.refusal} />
      <SettingsSection title={t('settings.appearance')}>
        <Choice label={t('settings.language')}>
          <SegmentedControl
            aria-label={t('settings.language')}
            value={settings.language}
            onChange={(language) => set({ language: language as Settings['language'] })}
            data={[
              { value: 'en', label: 'English' },
              { value: 'de', label: 'Deutsch' },
            ]}
          />
        </Choice>
        <Choice label={t('settings.theme')}>
          <SegmentedControl
            aria-label={t('settings.theme')}
            value={settings.theme}
            onChange={(theme) => set({ theme: theme as Settings['theme'] })}
            data={[
              { value: 'system', label: t('settings.themeSystem') },
              { value: 'light', label: t('settings.themeLight') },
              { value: 'dark', label: t('settings.themeDark') },
            ]}
          />
        </Choice>
      </SettingsSection>
      <SettingsSection title={t('settings.audio')}>{devices}</SettingsSection>
      <SettingsSection title={t('settings.processing')}>
        {(['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const).map((name) => (
          <Switch
            key={name}
            labelPosition="left"
            classNames={{ body: styles.switchBody ?? '', labelWrapper: styles.switchLabel ?? '' }}
            label={t(`settings.${name}`)}
            description={t(`settings.${name}Hint`)}
            checked={settings[name]}
            onChange={(event) => set({ [name]: event.currentTarget.checked })}
          />
        ))}
        <Choice label={t('settings.dtmf')} hint={t('settings.dtmfHint')}>
          <SegmentedControl
            aria-label={t('settings.dtmf')}
            value={settings.dtmfTransport}
            onChange={(dtmfTransport) => set({ dtmfTransport: dtmfTransport as Settings['dtmfTransport'] })}
            data={[
              { value: 'rfc4733', label: t('settings.dtmfRfc4733') },
              { value: 'info', label: t('settings.dtmfInfo') },
            ]}
          />
        </Choice>
      </SettingsSection>
      <SettingsSection title={t('settings.keys')}>
        <KeysSection />
      </SettingsSection>
      <SettingsSection title={t('settings.account')}>
        <AccountSection />
      </SettingsSection>
    </div>
  );
}

function SettingsSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      <div className={styles.body}>{children}</div>
    </section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

function Choice({ label, hint, children }: ChoiceProps) {
  return (
    <div className={styles.choice}>
      <div className={styles.choiceText}>
        <div className={styles.label}>{label}</div>
        {hint && <p className={styles.hint}>{hint}</p>}
      </div>
      {children}
    </div>
  );
}
