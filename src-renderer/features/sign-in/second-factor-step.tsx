// The second factor: the authenticator's code, or a recovery code where the authenticator is not at hand.
import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../client/desktop-context.tsx';
import { useRefusalText } from '../../client/use-refusal-text.ts';
import type { Language } from '../../i18n/texts.ts';
import { Button } from '../../parts/button.tsx';
import { SignInStep } from './sign-in-step.tsx';

export function SecondFactorStep({ language }: { readonly language: Language }) {
  const { t } = useTranslation();
  const refusalText = useRefusalText();
  const show = useCommand('session.secondFactor');
  const [recovering, setRecovering] = useState(false);
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the other kind of code is another question.
  useEffect(() => field.current?.focus(), [recovering]);

  const submit = async () => {
    const lacking = code.trim() === '';
    setMissing(lacking);
    if (lacking) field.current?.focus();
    else if ((await show.run({ code })) === undefined) field.current?.select();
  };
  const refused = show.refusal === null ? null : refusalText(show.refusal);
  return (
    <SignInStep
      language={language}
      title={t('signIn.secondFactorTitle')}
      lead={t(recovering ? 'signIn.recoveryLead' : 'signIn.secondFactorLead')}
      submit={t('signIn.submit')}
      busy={show.running}
      onSubmit={() => void submit()}
      other={
        <Button
          tone="plain"
          onClick={() => {
            setRecovering(!recovering);
            setCode('');
            setMissing(false);
            show.forget();
          }}
        >
          {t(recovering ? 'signIn.useAuthenticator' : 'signIn.useRecoveryCode')}
        </Button>
      }
    >
      <TextInput
        ref={field}
        label={t(recovering ? 'signIn.recoveryCode' : 'signIn.code')}
        inputMode={recovering ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={100}
        value={code}
        error={missing ? t('signIn.codeMissing') : refused}
        errorProps={{ role: 'alert' }}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
    </SignInStep>
  );
}
