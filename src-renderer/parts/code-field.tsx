// The code that an authenticator shows, as it is typed when the second factor is set up.
import { TextInput } from '@mantine/core';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';

export interface CodeFieldProps {
  readonly ref?: Ref<HTMLInputElement>;
  readonly value: string;
  /** Sending was tried without one. */
  readonly missing: boolean;
  /** Why the last one was not taken, in words. */
  readonly refused: string | null;
  onChange(code: string): void;
}

export function CodeField({ ref, value, missing, refused, onChange }: CodeFieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      {...(ref && { ref })}
      label={t('signIn.code')}
      inputMode="numeric"
      autoComplete="one-time-code"
      autoFocus
      maxLength={100}
      value={value}
      error={missing ? t('signIn.codeMissing') : refused}
      errorProps={{ role: 'alert' }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
