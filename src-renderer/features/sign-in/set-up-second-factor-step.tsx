// A second factor that must be set up before going on: the authenticator takes up the secret, a first code shows that it
// has it, and the recovery codes are put away. Loaded only where it is due (sign-in-window.tsx).
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../client/desktop-context.tsx';
import { useRefusalText } from '../../client/use-refusal-text.ts';
import type { Language } from '../../i18n/texts.ts';
import { AuthenticatorSecret } from '../../parts/authenticator-secret.tsx';
import { CodeField } from '../../parts/code-field.tsx';
import { RecoveryCodes } from '../../parts/recovery-codes.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './sign-in-form.module.css';
import { SignInHead } from './sign-in-head.tsx';
import { SignInStep } from './sign-in-step.tsx';

export interface SetUpSecondFactorStepProps {
  readonly language: Language;
  readonly secret: string;
  readonly address: string;
}

export function SetUpSecondFactorStep({ language, secret, address }: SetUpSecondFactorStepProps) {
  const { t } = useTranslation();
  const refusalText = useRefusalText();
  const setUp = useCommand('session.setUpSecondFactor');
  const goOn = useCommand('session.goOn');
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const field = useRef<HTMLInputElement>(null);

  if (codes) {
    return (
      <main className={styles.page}>
        <SignInHead language={language} />
        <div className={styles.form}>
          <h2 className={styles.stepTitle}>{t('signIn.setUpDoneTitle')}</h2>
          <RefusalNotice reason={goOn.refusal} />
          <RecoveryCodes codes={codes} onKept={() => void goOn.run(null)} />
        </div>
      </main>
    );
  }
  const submit = async () => {
    const lacking = code.trim() === '';
    setMissing(lacking);
    if (lacking) return field.current?.focus();
    const done = await setUp.run({ code });
    if (done) setCodes(done.recoveryCodes);
    else field.current?.select();
  };
  const refused = setUp.refusal === null ? null : refusalText(setUp.refusal);
  return (
    <SignInStep
      language={language}
      title={t('signIn.setUpTitle')}
      lead={t('signIn.setUpLead')}
      submit={t('signIn.setUpSubmit')}
      busy={setUp.running}
      onSubmit={() => void submit()}
    >
      <AuthenticatorSecret secret={secret} address={address} />
      <CodeField ref={field} value={code} missing={missing} refused={refused} onChange={setCode} />
    </SignInStep>
  );
}
