// Asks for the password before something about the account changes, inline, where it was asked for. Enter goes on,
// Escape calls it off.
import { PasswordInput } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRefusalText } from '../../client/use-refusal-text.ts';
import { Button } from '../../parts/button.tsx';
import styles from './settings.module.css';

export interface AskPasswordProps {
  /** What it is for; also the button's word. */
  readonly action: string;
  readonly busy: boolean;
  readonly refusal: string | null;
  onPassword(password: string): void;
  onCancel(): void;
}

export function AskPassword({ action, busy, refusal, onPassword, onCancel }: AskPasswordProps) {
  const { t } = useTranslation();
  const refusalText = useRefusalText();
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const refused = refusal === null ? null : refusalText(refusal);
  return (
    <form
      className={styles.inlineForm}
      aria-label={action}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        setMissing(password === '');
        if (password !== '' && !busy) onPassword(password);
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <PasswordInput
        label={t('settings.passwordNow')}
        autoComplete="current-password"
        autoFocus
        maxLength={500}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
        value={password}
        error={missing ? t('signIn.passwordMissing') : refused}
        errorProps={{ role: 'alert' }}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <div className={styles.actions}>
        <Button type="submit" tone="accent" disabled={busy}>
          {action}
        </Button>
        <Button tone="plain" onClick={onCancel}>
          {t('settings.cancel')}
        </Button>
      </div>
    </form>
  );
}
