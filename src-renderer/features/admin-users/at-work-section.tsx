// What a supervisor does to somebody who works at this moment (SUP-2): set their status, end their wrap-up, sign them out.
import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminUser } from '#shared/admin/users-contract.ts';
import type { PersonPresence } from '#shared/domain/person.ts';
import { type ChoosableStatus, choosableStatus, type StatusLabel } from '#shared/domain/presence.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { DrawerAction, DrawerSection } from '../../parts/drawer.tsx';
import { Notice } from '../../parts/notice.tsx';
import { PresenceChip, StandingSince } from '../../parts/presence-chip.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { UntilPicker } from '../../parts/until-picker.tsx';
import { usePeople } from '../../parts/use-people.ts';
import styles from './users.module.css';

export function AtWorkSection({ user, name }: { readonly user: AdminUser; readonly name: string }) {
  const { t } = useTranslation('admin');
  const labels = useAdminList('statuses').answer?.statuses ?? [];
  const found = usePeople(user.extension);
  const presence = found?.people.find((each) => each.userId === user.userId)?.presence ?? null;
  if (user.disabledAtMs !== null) return null;
  return (
    <DrawerSection
      title={t('atWork.title')}
      tools={
        presence && (
          <span className={styles.now}>
            <PresenceChip presence={presence} labels={labels} />
            <StandingSince presence={presence} />
          </span>
        )
      }
    >
      <StatusAction user={user} labels={labels} />
      <WrapUpAction user={user} presence={presence} />
      <SignOutAction user={user} name={name} />
    </DrawerSection>
  );
}

function StatusAction({
  user,
  labels,
}: {
  readonly user: AdminUser;
  readonly labels: readonly StatusLabel[];
}) {
  const { t } = useTranslation('admin');
  const { t: usual } = useTranslation();
  const readOnly = useReadOnly();
  const set = useCommand('supervise.setStatus');
  const [chosen, setChosen] = useState<string>('available');
  const format = useFormat();
  const [untilMs, setUntilMs] = useState<number | null>(null);
  const [done, setDone] = useState<{ readonly untilMs: number | null } | null>(null);
  const label = labels.find((each) => each.id === chosen);
  const status: ChoosableStatus = label?.actsAs ?? choosableStatus.parse(chosen);
  // As for one's own: available has no end.
  const endable = status !== 'available';
  const run = async () => {
    const until = { untilMs: endable ? untilMs : null };
    const answer = await set.run({ userId: user.userId, status, labelId: label?.id ?? null, ...until });
    setDone(answer === undefined ? null : until);
  };
  const changed = () => {
    setDone(null);
    set.forget();
  };
  return (
    <DrawerAction
      label={t('atWork.status')}
      hint={t('atWork.statusHint')}
      below={
        <>
          {endable && !readOnly && (
            <UntilPicker
              key={chosen}
              untilMs={untilMs}
              onChoose={(atMs) => {
                setUntilMs(atMs);
                changed();
              }}
            />
          )}
          {done && (
            <Notice>
              {done.untilMs === null
                ? t('atWork.statusSet')
                : t('atWork.statusSetUntil', { time: format.time(done.untilMs) })}
            </Notice>
          )}
          <RefusalNotice reason={set.refusal} />
        </>
      }
    >
      <Select
        className={styles.statusSelect}
        aria-label={t('atWork.status')}
        disabled={readOnly}
        value={chosen}
        onChange={(value) => {
          setChosen(value ?? 'available');
          setUntilMs(null);
          changed();
        }}
        data={[
          ...choosableStatus.options.map((status) => ({
            value: status as string,
            label: usual(`presence.${status}`),
          })),
          ...labels.map(({ id, label: word }) => ({ value: id as string, label: word })),
        ]}
      />
      <Button disabled={readOnly || set.running} onClick={() => void run()}>
        {t('atWork.set')}
      </Button>
    </DrawerAction>
  );
}

function WrapUpAction({
  user,
  presence,
}: {
  readonly user: AdminUser;
  /** Null where it is not known. */
  readonly presence: PersonPresence | null;
}) {
  const { t } = useTranslation('admin');
  const readOnly = useReadOnly();
  const end = useCommand('supervise.endWrapUp');
  const [done, setDone] = useState(false);
  return (
    <DrawerAction
      label={t('atWork.wrapUp')}
      hint={t('atWork.wrapUpHint')}
      below={
        <>
          {done && <Notice>{t('atWork.wrapUpEnded')}</Notice>}
          <RefusalNotice reason={end.refusal} />
        </>
      }
    >
      <Button
        size="small"
        disabled={readOnly || end.running || (presence !== null && presence.activity !== 'wrapUp')}
        onClick={() => void end.run({ userId: user.userId }).then((answer) => setDone(answer !== undefined))}
      >
        {t('atWork.endWrapUp')}
      </Button>
    </DrawerAction>
  );
}

function SignOutAction({ user, name }: { readonly user: AdminUser; readonly name: string }) {
  const { t } = useTranslation('admin');
  const readOnly = useReadOnly();
  const signOut = useCommand('supervise.signOut');
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState(false);
  const run = async () => {
    setDone((await signOut.run({ userId: user.userId })) !== undefined);
    setAsking(false);
  };
  return (
    <DrawerAction
      label={t('atWork.session')}
      hint={t('atWork.signOutHint')}
      below={
        <>
          {asking && (
            <Confirm
              title={t('atWork.signOutAsk', { name })}
              text={t('atWork.signOutText')}
              word={t('atWork.signOut')}
              running={signOut.running}
              onYes={() => void run()}
              onNo={() => setAsking(false)}
            />
          )}
          {done && !asking && <Notice>{t('atWork.signedOut')}</Notice>}
          <RefusalNotice reason={signOut.refusal} />
        </>
      }
    >
      <Button size="small" disabled={readOnly || signOut.running} onClick={() => setAsking(true)}>
        {t('atWork.signOut')}
      </Button>
    </DrawerAction>
  );
}
