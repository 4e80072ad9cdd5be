// A further step of the sign-in, after the password was right: a title, what it is about, its fields, and the way on and
// back. Enter goes on, Escape goes back to the beginning.
import type { FormEvent, KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../client/desktop-context.tsx';
import type { Language } from '../../i18n/texts.ts';
import { Button } from '../../parts/button.tsx';
import { HubNotice } from './hub-notice.tsx';
import styles from './sign-in-form.module.css';
import { SignInHead } from './sign-in-head.tsx';

export interface SignInStepProps {
  readonly language: Language;
  readonly title: string;
  readonly lead: string;
  readonly submit: string;
  readonly busy: boolean;
  readonly children: ReactNode;
  /** Beside the way back. */
  readonly other?: ReactNode;
  onSubmit(): void;
}

export function SignInStep(props: SignInStepProps) {
  const { language, title, lead, submit, busy, children, other, onSubmit } = props;
  const { t } = useTranslation();
  const giveUp = useCommand('session.giveUp');
  const back = () => void giveUp.run(null);
  return (
    <main className={styles.page}>
      <SignInHead language={language} />
      <form
        className={styles.form}
        aria-label={title}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (!busy) onSubmit();
        }}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === 'Escape') back();
        }}
      >
        <h2 className={styles.stepTitle}>{title}</h2>
        <p className={styles.lead}>{lead}</p>
        <HubNotice />
        {children}
        <Button type="submit" tone="accent" size="large" wide disabled={busy}>
          {busy ? t('signIn.submitting') : submit}
        </Button>
        <div className={styles.ways}>
          <Button tone="plain" onClick={back}>
            {t('signIn.back')}
          </Button>
          {other}
        </div>
      </form>
    </main>
  );
}
