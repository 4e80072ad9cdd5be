// A password of one's own, where the one that was typed is good for this sign-in only.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../client/desktop-context.tsx';
import type { Language } from '../../i18n/texts.ts';
import { NewPasswordFields, newPasswordProblem } from '../../parts/new-password-fields.tsx';
import { SignInStep } from './sign-in-step.tsx';

export function NewPasswordStep({ language }: { readonly language: Language }) {
  const { t } = useTranslation();
  const set = useCommand('session.newPassword');
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [tried, setTried] = useState(false);
  const problem = newPasswordProblem(password, repeated);

  const submit = () => {
    setTried(true);
    if (problem === null) void set.run({ password });
  };
  return (
    <SignInStep
      language={language}
      title={t('signIn.newPasswordTitle')}
      lead={t('signIn.newPasswordLead')}
      submit={t('signIn.setPassword')}
      busy={set.running}
      onSubmit={submit}
    >
      <NewPasswordFields
        password={password}
        repeated={repeated}
        problem={tried ? problem : null}
        refusal={set.refusal}
        autoFocus
        onChange={(next) => {
          setPassword(next.password);
          setRepeated(next.repeated);
          set.forget();
        }}
      />
    </SignInStep>
  );
}
