// Asks for the password before something about the account changes.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRefusalText } from '../../client/use-refusal-text.ts';
import { AccountForm, PasswordOfNow } from './account-form.tsx';

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
  const submit = () => {
    setMissing(password === '');
    if (password !== '' && !busy) onPassword(password);
  };
  return (
    <AccountForm label={action} word={action} busy={busy} onSubmit={submit} onCancel={onCancel}>
      <PasswordOfNow
        value={password}
        error={missing ? t('signIn.passwordMissing') : refused}
        onChange={setPassword}
      />
    </AccountForm>
  );
}
