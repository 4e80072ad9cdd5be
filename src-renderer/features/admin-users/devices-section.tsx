// The devices that ring for a user: Offhook's own, and those of another make, whose credential is shown once (CALL-20).
import { TextInput } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminUser, ShownCredential, UserDevice } from '#shared/admin/users-contract.ts';
import { useClient, useCommand, useMainEvent } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';
import { useRefusalText } from '../../client/use-refusal-text.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { Chip } from '../../parts/chip.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Copyable } from '../../parts/copyable.tsx';
import { DrawerSection } from '../../parts/drawer.tsx';
import { IconCheck, IconMinus, IconPlus } from '../../parts/icons.ts';
import { InlineForm } from '../../parts/inline-form.tsx';
import { Notice } from '../../parts/notice.tsx';
import { QrPicture } from '../../parts/qr-picture.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './users.module.css';

export function DevicesSection({
  user,
  mayChange,
}: {
  readonly user: AdminUser;
  readonly mayChange: boolean;
}) {
  const { t } = useTranslation('admin');
  const client = useClient();
  const readOnly = useReadOnly();
  const { userId } = user;
  const devices = useAsked(
    useCallback(() => client.call('admin.users.devices', { userId }), [client, userId]),
  );
  const [adding, setAdding] = useState(false);
  const [shown, setShown] = useState<ShownCredential | null>(null);
  useMainEvent('admin.changed', ({ kind }) => {
    if (kind === 'users') devices.again();
  });
  return (
    <DrawerSection
      title={t('devices.title')}
      hint={mayChange ? t('devices.hint') : undefined}
      tools={
        mayChange &&
        !adding &&
        !shown && (
          <Button size="small" icon={IconPlus} disabled={readOnly} onClick={() => setAdding(true)}>
            {t('devices.add')}
          </Button>
        )
      }
    >
      {shown && <Credential credential={shown} onDone={() => setShown(null)} />}
      {adding && (
        <AddDevice
          user={user}
          onEnd={(credential) => {
            setAdding(false);
            setShown(credential);
            if (credential) devices.again();
          }}
        />
      )}
      <RefusalNotice reason={devices.answer ? null : devices.refusal} />
      {devices.answer?.length === 0 && !shown && !adding && (
        <p className={styles.hint}>{t('devices.none')}</p>
      )}
      <ul>
        {devices.answer?.map((device) => (
          <Device
            key={device.deviceId}
            user={user}
            device={device}
            mayChange={mayChange}
            onChanged={(credential) => {
              setShown(credential);
              devices.again();
            }}
          />
        ))}
      </ul>
    </DrawerSection>
  );
}

function Device(props: {
  readonly user: AdminUser;
  readonly device: UserDevice;
  readonly mayChange: boolean;
  onChanged(credential: ShownCredential | null): void;
}) {
  const { user, device, mayChange, onChanged } = props;
  const { t } = useTranslation('admin');
  const format = useFormat();
  const readOnly = useReadOnly();
  const rotate = useCommand('admin.users.rotateDevice');
  const remove = useCommand('admin.users.removeDevice');
  const [asking, setAsking] = useState<'rotate' | 'remove' | null>(null);
  const [rotated, setRotated] = useState(false);
  const { userId } = user;
  const { deviceId } = device;
  const name = device.label ?? t('devices.offhook');
  const running = rotate.running || remove.running;
  const run = async () => {
    if (asking === 'remove') {
      if ((await remove.run({ userId, deviceId })) !== undefined) onChanged(null);
    } else {
      const credential = await rotate.run({ userId, deviceId });
      if (credential !== undefined) {
        setRotated(credential === null);
        onChanged(credential);
      }
    }
    setAsking(null);
  };
  return (
    <li className={styles.device}>
      <div className={styles.deviceWords}>
        <div className={styles.deviceName}>
          <span>{name}</span>
          <Chip icon={device.registered ? IconCheck : IconMinus} tone={device.registered ? 'good' : 'quiet'}>
            {t(device.registered ? 'devices.registered' : 'devices.notRegistered')}
          </Chip>
        </div>
        <div className={`oh-figures ${styles.deviceWhat}`}>
          {device.authorizationUser}
          {device.madeAtMs !== null && ` · ${t('devices.since', { time: format.dateTime(device.madeAtMs) })}`}
        </div>
      </div>
      {mayChange && (
        <div className={styles.buttons}>
          <Button
            size="small"
            tone="plain"
            aria-label={`${t('devices.rotate')}: ${name}`}
            disabled={readOnly || running}
            onClick={() => setAsking('rotate')}
          >
            {t('devices.rotate')}
          </Button>
          <Button
            size="small"
            tone="plain"
            aria-label={`${t('devices.remove')}: ${name}`}
            disabled={readOnly || running}
            onClick={() => setAsking('remove')}
          >
            {t('devices.remove')}
          </Button>
        </div>
      )}
      {(asking || rotated || rotate.refusal || remove.refusal) && (
        <div className={styles.deviceBelow}>
          {asking && (
            <Confirm
              title={t(`devices.${asking}Ask`, { name })}
              text={t(
                asking === 'rotate'
                  ? 'devices.rotateText'
                  : device.make === 'offhook'
                    ? 'devices.removeOwnText'
                    : 'devices.removeText',
              )}
              word={t(`devices.${asking}`)}
              running={running}
              onYes={() => void run()}
              onNo={() => setAsking(null)}
            />
          )}
          {rotated && !asking && <Notice>{t('devices.rotated')}</Notice>}
          <RefusalNotice reason={rotate.refusal ?? remove.refusal} />
        </div>
      )}
    </li>
  );
}

function AddDevice({
  user,
  onEnd,
}: {
  readonly user: AdminUser;
  onEnd(credential: ShownCredential | null): void;
}) {
  const { t } = useTranslation('admin');
  const refusalText = useRefusalText();
  const add = useCommand('admin.users.addDevice');
  const [label, setLabel] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = async () => {
    setMissing(label.trim() === '');
    if (label.trim() === '' || add.running) return;
    const credential = await add.run({ userId: user.userId, label });
    if (credential) onEnd(credential);
  };
  const refused = add.refusal === null ? undefined : refusalText(add.refusal);
  return (
    <InlineForm
      label={t('devices.add')}
      word={t('devices.make')}
      running={add.running}
      onSubmit={() => void submit()}
      onCancel={() => onEnd(null)}
    >
      <TextInput
        label={t('devices.label')}
        description={t('devices.labelHint')}
        autoFocus
        maxLength={100}
        value={label}
        error={missing ? t('devices.labelMissing') : refused}
        errorProps={{ role: 'alert' }}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
    </InlineForm>
  );
}

function Credential({ credential, onDone }: { readonly credential: ShownCredential; onDone(): void }) {
  const { t } = useTranslation('admin');
  return (
    <section className={styles.credential} aria-label={t('devices.shownTitle')}>
      <Notice tone="warn" title={t('devices.shownTitle')}>
        {t('devices.shownText')}
      </Notice>
      <span className={styles.qr}>
        <QrPicture text={credential.qrText} alt={t('devices.qrPicture')} sizePx={176} />
      </span>
      <Copyable label={t('devices.user')} value={credential.uri} />
      <Copyable label={t('devices.authorizationUser')} value={credential.authorizationUser} />
      <Copyable label={t('devices.password')} value={credential.password} />
      <Copyable label={t('devices.server')} value={credential.webSocketUrl} />
      <div className={styles.buttons}>
        <Button size="small" tone="accent" onClick={onDone}>
          {t('devices.done')}
        </Button>
      </div>
    </section>
  );
}
