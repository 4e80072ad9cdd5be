// A new password, twice, with what is wrong with it said at its field. Whether it is good enough the hub decides.
import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRefusalText } from '../client/use-refusal-text.ts';

export type NewPasswordProblem = 'missing' | 'differ';

export function newPasswordProblem(password: string, repeated: string): NewPasswordProblem | null {
  if (password === '') return 'missing';
  return password === repeated ? null : 'differ';
}

export interface NewPasswordFieldsProps {
  readonly password: string;
  readonly repeated: string;
  /** Null until somebody has tried to go on. */
  readonly problem: NewPasswordProblem | null;
  readonly refusal: string | null;
  readonly autoFocus?: boolean;
  onChange(next: { readonly password: string; readonly repeated: string }): void;
}

export function NewPasswordFields(props: NewPasswordFieldsProps) {
  const { password, repeated, problem, refusal, autoFocus = false, onChange } = props;
  const { t } = useTranslation();
  const refusalText = useRefusalText();
  const refused = refusal === null ? null : refusalText(refusal);
  const shared = {
    autoComplete: 'new-password',
    maxLength: 500,
    errorProps: { role: 'alert' },
    visibilityToggleButtonProps: { 'aria-label': t('signIn.showPassword') },
  };
  return (
    <>
      <PasswordInput
        {...shared}
        label={t('signIn.newPassword')}
        description={t('signIn.newPasswordHint')}
        autoFocus={autoFocus}
        value={password}
        error={problem === 'missing' ? t('signIn.passwordMissing') : refused}
        onChange={(event) => onChange({ password: event.currentTarget.value, repeated })}
      />
      <PasswordInput
        {...shared}
        label={t('signIn.repeatPassword')}
        value={repeated}
        error={problem === 'differ' ? t('signIn.passwordsDiffer') : null}
        onChange={(event) => onChange({ password, repeated: event.currentTarget.value })}
      />
    </>
  );
}
