// How a user comes in: their password, their second factor, and whether they may at all (TEAM-9). Each acts at once.
import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminUser } from '#shared/admin/users-contract.ts';
import { useAdminLists } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { DrawerAction, DrawerSection } from '../../parts/drawer.tsx';
import { InlineForm } from '../../parts/inline-form.tsx';
import { NewPasswordFields, newPasswordProblem } from '../../parts/new-password-fields.tsx';
import { Notice } from '../../parts/notice.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';

export interface AccessSectionProps {
  readonly user: AdminUser;
  readonly name: string;
  onChanged(after: AdminUser): void;
}

export function AccessSection(props: AccessSectionProps) {
  const { t } = useTranslation('admin');
  return (
    <DrawerSection title={t('access.title')}>
      <PasswordAction {...props} />
      <SecondFactorAction {...props} />
      <DisableAction {...props} />
    </DrawerSection>
  );
}

function PasswordAction({ user, onChanged }: AccessSectionProps) {
  const { t } = useTranslation('admin');
  const readOnly = useReadOnly();
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  return (
    <DrawerAction
      label={t('access.password')}
      hint={t('access.passwordHint')}
      below={
        open ? (
          <PasswordForm
            user={user}
            onEnd={(after) => {
              setOpen(false);
              setDone(after !== null);
              if (after) onChanged(after);
            }}
          />
        ) : (
          done && <Notice>{t('access.passwordDone')}</Notice>
        )
      }
    >
      {!open && (
        <Button size="small" disabled={readOnly} onClick={() => setOpen(true)}>
          {t('access.setPassword')}
        </Button>
      )}
    </DrawerAction>
  );
}

function PasswordForm({ user, onEnd }: { readonly user: AdminUser; onEnd(after: AdminUser | null): void }) {
  const { t } = useTranslation('admin');
  const reset = useCommand('admin.users.resetPassword');
  const [next, setNext] = useState({ password: '', repeated: '' });
  const [mustChange, setMustChange] = useState(true);
  const [tried, setTried] = useState(false);
  const problem = newPasswordProblem(next.password, next.repeated);
  const submit = async () => {
    setTried(true);
    if (problem !== null || reset.running) return;
    const { password } = next;
    const after = await reset.run({ userId: user.userId, password, mustChangePassword: mustChange });
    if (after) onEnd(after);
  };
  return (
    <InlineForm
      label={t('access.setPassword')}
      word={t('access.setPassword')}
      running={reset.running}
      onSubmit={() => void submit()}
      onCancel={() => onEnd(null)}
    >
      <NewPasswordFields
        {...next}
        autoFocus
        problem={tried ? problem : null}
        refusal={reset.refusal}
        onChange={(changed) => {
          setNext(changed);
          reset.forget();
        }}
      />
      <Checkbox
        label={t('users.mustChangePassword')}
        checked={mustChange}
        onChange={(event) => setMustChange(event.currentTarget.checked)}
      />
    </InlineForm>
  );
}

function SecondFactorAction({ user, onChanged }: AccessSectionProps) {
  const { t } = useTranslation('admin');
  const readOnly = useReadOnly();
  const reset = useCommand('admin.users.resetSecondFactor');
  const [asking, setAsking] = useState<'require' | 'reset' | 'drop' | null>(null);
  const run = async (due: boolean) => {
    const after = await reset.run({ userId: user.userId, due });
    setAsking(null);
    if (after) onChanged(after);
  };
  const hints = {
    on: 'access.secondFactorOn',
    due: 'access.secondFactorDue',
    off: 'access.secondFactorOff',
  } as const;
  const disabled = readOnly || reset.running;
  return (
    <DrawerAction
      label={t('access.secondFactor')}
      hint={t(hints[user.secondFactor])}
      below={
        <>
          {asking && (
            <Confirm
              title={t(`access.${asking}Ask`)}
              text={t(`access.${asking}Text`)}
              word={t(`access.${asking}SecondFactor`)}
              running={reset.running}
              onYes={() => void run(asking !== 'drop')}
              onNo={() => setAsking(null)}
            />
          )}
          <RefusalNotice reason={reset.refusal} />
        </>
      }
    >
      {user.secondFactor === 'off' && (
        <Button size="small" disabled={disabled} onClick={() => setAsking('require')}>
          {t('access.requireSecondFactor')}
        </Button>
      )}
      {user.secondFactor === 'on' && (
        <Button size="small" disabled={disabled} onClick={() => setAsking('reset')}>
          {t('access.resetSecondFactor')}
        </Button>
      )}
      {user.secondFactor !== 'off' && (
        <Button size="small" disabled={disabled} onClick={() => setAsking('drop')}>
          {t('access.dropSecondFactor')}
        </Button>
      )}
    </DrawerAction>
  );
}

function DisableAction({ user, name, onChanged }: AccessSectionProps) {
  const { t } = useTranslation('admin');
  const format = useFormat();
  const readOnly = useReadOnly();
  const lists = useAdminLists();
  const set = useCommand('admin.users.setDisabled');
  const [asking, setAsking] = useState(false);
  const disabled = user.disabledAtMs !== null;
  const run = async () => {
    const after = await set.run({ userId: user.userId, version: user.version, disabled: !disabled });
    setAsking(false);
    if (after) onChanged(after);
    else await lists.ask('users');
  };
  return (
    <DrawerAction
      label={t('access.account')}
      hint={
        user.disabledAtMs === null
          ? t('access.disableHint')
          : t('access.disabledHint', { time: format.dateTime(user.disabledAtMs) })
      }
      below={
        <>
          {asking && (
            <Confirm
              title={t('access.disableAsk', { name })}
              text={t('access.disableText')}
              word={t('access.disable')}
              running={set.running}
              onYes={() => void run()}
              onNo={() => setAsking(false)}
            />
          )}
          <RefusalNotice reason={set.refusal} />
        </>
      }
    >
      <Button
        size="small"
        disabled={readOnly || set.running}
        onClick={() => (disabled ? void run() : setAsking(true))}
      >
        {t(disabled ? 'access.enable' : 'access.disable')}
      </Button>
    </DrawerAction>
  );
}
