// A person's own password: the one of now, and a new one, twice.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../client/desktop-context.tsx';
import { useRefusalText } from '../../client/use-refusal-text.ts';
import { Button } from '../../parts/button.tsx';
import { NewPasswordFields, newPasswordProblem } from '../../parts/new-password-fields.tsx';
import { Notice } from '../../parts/notice.tsx';
import { AccountForm, PasswordOfNow } from './account-form.tsx';
import styles from './settings.module.css';

/** Said at the field of the password of now; everything else is about the new one. */
const aboutNow = ['passwordWrong', 'slowDown', 'hubAway', 'signedOut'];

export function ChangePassword() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  return (
    <>
      <div className={styles.choice}>
        <div className={styles.choiceText}>
          <div className={styles.label}>{t('settings.password')}</div>
          <p className={styles.hint}>{t('settings.changePasswordHint')}</p>
        </div>
        {!open && (
          <Button
            onClick={() => {
              setOpen(true);
              setDone(false);
            }}
          >
            {t('settings.changePassword')}
          </Button>
        )}
      </div>
      {done && <Notice>{t('settings.passwordChanged')}</Notice>}
      {open && (
        <PasswordForm
          onEnd={(changed) => {
            setOpen(false);
            setDone(changed);
          }}
        />
      )}
    </>
  );
}

function PasswordForm({ onEnd }: { onEnd(changed: boolean): void }) {
  const { t } = useTranslation();
  const refusalText = useRefusalText();
  const change = useCommand('account.changePassword');
  const [now, setNow] = useState('');
  const [next, setNext] = useState({ password: '', repeated: '' });
  const [tried, setTried] = useState(false);
  const problem = newPasswordProblem(next.password, next.repeated);
  const { refusal } = change;
  const isAboutNow = refusal !== null && aboutNow.includes(refusal);

  const submit = async () => {
    setTried(true);
    if (now === '' || problem !== null || change.running) return;
    const changed = await change.run({ password: now, newPassword: next.password });
    if (changed !== undefined) onEnd(true);
  };
  const lacking = tried && now === '' ? t('signIn.passwordMissing') : null;
  return (
    <AccountForm
      label={t('settings.changePassword')}
      word={t('settings.changePassword')}
      busy={change.running}
      onSubmit={() => void submit()}
      onCancel={() => onEnd(false)}
    >
      <PasswordOfNow
        value={now}
        error={lacking ?? (isAboutNow ? refusalText(refusal) : null)}
        onChange={setNow}
      />
      <NewPasswordFields
        {...next}
        problem={tried ? problem : null}
        refusal={isAboutNow ? null : refusal}
        onChange={(changed) => {
          setNext(changed);
          change.forget();
        }}
      />
    </AccountForm>
  );
}
