// Username, password, account type, language, remember: the five fields of TEAM-1, and what stands in the way.
import { Checkbox, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountType } from '#shared/desktop/session-contract.ts';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import type { Language } from '../../i18n/texts.ts';
import { Button } from '../../parts/button.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { HubNotice } from './hub-notice.tsx';
import { SampleAccounts } from './sample-accounts.tsx';
import styles from './sign-in-form.module.css';
import { SignInHead } from './sign-in-head.tsx';
import { TeamServer } from './team-server.tsx';

export interface SignInFormProps {
  readonly rememberedUsername: string;
  readonly language: Language;
}

const accountTypes = ['clerk', 'admin', 'superAdmin'] as const;

export function SignInForm({ rememberedUsername, language }: SignInFormProps) {
  const { t } = useTranslation();
  const session = useLive('session');
  const signIn = useCommand('session.signIn');
  const change = useCommand('settings.change');
  const [username, setUsername] = useState(rememberedUsername);
  const [password, setPassword] = useState('');
  const [accountType, setAccountType] = useState<AccountType>('clerk');
  const [remember, setRemember] = useState(rememberedUsername !== '');
  const [missing, setMissing] = useState<'username' | 'password' | null>(null);
  const usernameField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [takenOver, setTakenOver] = useState(false);

  // The form was there before React was: what has been typed and chosen meanwhile stays.
  useLayoutEffect(() => {
    setUsername((drawn) => usernameField.current?.value ?? drawn);
    setPassword((drawn) => passwordField.current?.value ?? drawn);
    const fields = new FormData(form.current ?? undefined);
    setAccountType((drawn) =>
      (accountTypes as readonly unknown[]).includes(fields.get('accountType'))
        ? (fields.get('accountType') as AccountType)
        : drawn,
    );
    setRemember(fields.has('remember'));
    setTakenOver(true);
  }, []);
  useEffect(() => {
    if (!takenOver || form.current?.dataset.pressed === undefined) return;
    delete form.current.dataset.pressed;
    form.current.requestSubmit();
  }, [takenOver]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const lacking = username.trim() === '' ? 'username' : password === '' ? 'password' : null;
    setMissing(lacking);
    if (lacking === 'username') usernameField.current?.focus();
    if (lacking === 'password') passwordField.current?.focus();
    if (lacking || signIn.running) return;
    await change.run({ username: remember ? username.trim() : '' });
    const signedIn = await signIn.run({ username: username.trim(), password, accountType, remember });
    if (signedIn === undefined) passwordField.current?.select();
  };
  const samples = session.state === 'signedOut' ? session.sampleAccounts : [];
  const canRemember = session.state === 'signedOut' && session.canRemember;
  const finishing = session.state === 'signedIn';

  return (
    <main className={styles.page}>
      <SignInHead language={language} />
      <form ref={form} className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <HubNotice />
        <RefusalNotice reason={signIn.refusal} />
        <TextInput
          ref={usernameField}
          label={t('signIn.username')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={200}
          data-autofocus={rememberedUsername === '' || undefined}
          autoFocus={rememberedUsername === ''}
          value={username}
          error={missing === 'username' ? t('signIn.usernameMissing') : null}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordInput
          ref={passwordField}
          label={t('signIn.password')}
          autoComplete="current-password"
          maxLength={500}
          autoFocus={rememberedUsername !== ''}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
          value={password}
          error={missing === 'password' ? t('signIn.passwordMissing') : null}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <div>
          <div className={styles.label} id="account-type">
            {t('signIn.accountType')}
          </div>
          <SegmentedControl
            fullWidth
            name="accountType"
            aria-labelledby="account-type"
            value={accountType}
            onChange={(chosen) => setAccountType(chosen as AccountType)}
            data={accountTypes.map((value) => ({
              value,
              label: t(`accountType.${value}`),
            }))}
          />
        </div>
        <Checkbox
          name="remember"
          label={t(canRemember ? 'signIn.rememberMe' : 'signIn.remember')}
          description={t(canRemember ? 'signIn.rememberMeHint' : 'signIn.rememberHint')}
          checked={remember}
          onChange={(event) => setRemember(event.currentTarget.checked)}
        />
        <Button type="submit" tone="accent" size="large" wide disabled={signIn.running || finishing}>
          {signIn.running || finishing ? t('signIn.submitting') : t('signIn.submit')}
        </Button>
      </form>
      <TeamServer />
      {samples.length > 0 && (
        <SampleAccounts
          accounts={samples}
          onPick={(account) => {
            setUsername(account.username);
            setPassword(account.password);
            setAccountType(account.accountType);
            setMissing(null);
            signIn.forget();
          }}
        />
      )}
    </main>
  );
}
