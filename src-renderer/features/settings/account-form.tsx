// A short form about one's own account, inline, where it was asked for: Enter goes on, Escape calls it off. With the field of
// the password of now, which most of them begin with.
import { PasswordInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import styles from './settings.module.css';

export interface AccountFormProps {
  readonly label: string;
  /** The button's word: what is done. */
  readonly word: string;
  readonly busy: boolean;
  onSubmit(): void;
  onCancel(): void;
  readonly children: ReactNode;
}

export function AccountForm({ label, word, busy, onSubmit, onCancel, children }: AccountFormProps) {
  const { t } = useTranslation();
  return (
    <form
      className={styles.inlineForm}
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      {children}
      <div className={styles.actions}>
        <Button type="submit" tone="accent" disabled={busy}>
          {word}
        </Button>
        <Button tone="plain" onClick={onCancel}>
          {t('settings.cancel')}
        </Button>
      </div>
    </form>
  );
}

export interface PasswordOfNowProps {
  readonly value: string;
  readonly error: string | null;
  onChange(password: string): void;
}

export function PasswordOfNow({ value, error, onChange }: PasswordOfNowProps) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      label={t('settings.passwordNow')}
      autoComplete="current-password"
      autoFocus
      maxLength={500}
      visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
      value={value}
      error={error}
      errorProps={{ role: 'alert' }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
