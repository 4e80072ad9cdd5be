// The second factor: turned on (password, QR code, a first code, recovery codes), its recovery codes renewed, turned off.
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useCommand } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';
import { useRefusalText } from '../../client/use-refusal-text.ts';
import { AuthenticatorSecret } from '../../parts/authenticator-secret.tsx';
import { Button } from '../../parts/button.tsx';
import { CodeField } from '../../parts/code-field.tsx';
import { RecoveryCodes } from '../../parts/recovery-codes.tsx';
import { AccountForm } from './account-form.tsx';
import { AskPassword } from './ask-password.tsx';
import styles from './settings.module.css';

type Face =
  | { readonly kind: 'rest' }
  | { readonly kind: 'password'; readonly aim: 'turnOn' | 'turnOff' | 'renewCodes' }
  | { readonly kind: 'firstCode'; readonly secret: string; readonly address: string }
  | { readonly kind: 'codes'; readonly codes: readonly string[] };

const rest: Face = { kind: 'rest' };

export function SecondFactor() {
  const { t } = useTranslation();
  const client = useClient();
  const { answer, again } = useAsked(useCallback(() => client.call('account.get', null), [client]));
  const propose = useCommand('account.proposeSecondFactor');
  const end = useCommand('account.endSecondFactor');
  const renew = useCommand('account.renewRecoveryCodes');
  const [face, setFace] = useState<Face>(rest);
  const commands = { turnOn: propose, turnOff: end, renewCodes: renew } as const;

  const become = (next: Face) => {
    for (const command of Object.values(commands)) command.forget();
    setFace(next);
    if (next.kind === 'rest') again();
  };
  const withPassword = async (aim: keyof typeof commands, password: string) => {
    if (aim === 'turnOn') {
      const proposed = await propose.run({ password });
      if (proposed) become({ kind: 'firstCode', ...proposed });
    } else if (aim === 'renewCodes') {
      const renewed = await renew.run({ password });
      if (renewed) become({ kind: 'codes', codes: renewed.recoveryCodes });
    } else if ((await end.run({ password })) !== undefined) become(rest);
  };

  if (answer === undefined) return <p className={styles.hint}>{t('settings.accountAway')}</p>;
  const ask = (aim: keyof typeof commands) => (
    <Button onClick={() => become({ kind: 'password', aim })}>{t(`settings.${aim}`)}</Button>
  );
  return (
    <>
      <div className={styles.choice}>
        <div className={styles.choiceText}>
          <div className={styles.label}>{t('settings.secondFactor')}</div>
          <p className={styles.hint}>
            {answer.secondFactor
              ? t('settings.secondFactorOnHint', { count: answer.recoveryCodesLeft })
              : t('settings.secondFactorOffHint')}
          </p>
        </div>
        {face.kind === 'rest' && (answer.secondFactor ? ask('turnOff') : ask('turnOn'))}
        {face.kind === 'rest' && answer.secondFactor && ask('renewCodes')}
      </div>
      {face.kind === 'password' && (
        <AskPassword
          key={face.aim}
          action={t(face.aim === 'turnOn' ? 'settings.goOn' : `settings.${face.aim}`)}
          busy={commands[face.aim].running}
          refusal={commands[face.aim].refusal}
          onPassword={(password) => void withPassword(face.aim, password)}
          onCancel={() => become(rest)}
        />
      )}
      {face.kind === 'firstCode' && (
        <FirstCode
          {...face}
          onConfirmed={(codes) => become({ kind: 'codes', codes })}
          onCancel={() => become(rest)}
        />
      )}
      {face.kind === 'codes' && <RecoveryCodes codes={face.codes} onKept={() => become(rest)} />}
    </>
  );
}

interface FirstCodeProps {
  readonly secret: string;
  readonly address: string;
  onConfirmed(recoveryCodes: readonly string[]): void;
  onCancel(): void;
}

function FirstCode({ secret, address, onConfirmed, onCancel }: FirstCodeProps) {
  const { t } = useTranslation();
  const refusalText = useRefusalText();
  const confirm = useCommand('account.confirmSecondFactor');
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState(false);
  const refused = confirm.refusal === null ? null : refusalText(confirm.refusal);

  const submit = async () => {
    setMissing(code.trim() === '');
    if (code.trim() === '' || confirm.running) return;
    const confirmed = await confirm.run({ code });
    if (confirmed) onConfirmed(confirmed.recoveryCodes);
  };
  return (
    <AccountForm
      label={t('settings.secondFactor')}
      word={t('settings.finish')}
      busy={confirm.running}
      onSubmit={() => void submit()}
      onCancel={onCancel}
    >
      <AuthenticatorSecret secret={secret} address={address} />
      <CodeField value={code} missing={missing} refused={refused} onChange={setCode} />
    </AccountForm>
  );
}
