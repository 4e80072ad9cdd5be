// The phone panel: on or off, the dial field, recent calls, devices.
import { Switch } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import { Button } from '../../parts/button.tsx';
import { IconChevronDown } from '../../parts/icons.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { NextAttempt, Since } from '../../parts/time.tsx';
import { DialField } from './dial-field.tsx';
import { usePhoneState } from './phone-button.tsx';
import styles from './phone-panel.module.css';
import { RecentCalls } from './recent-calls.tsx';
import { StillAvailable } from './still-available.tsx';

export interface PhonePanelProps {
  /** What the dial field starts with: a link that was clicked, or nothing. */
  readonly target: string;
  /** A call was started. */
  onDialled(): void;
  /** The device pickers, which the settings show too. */
  readonly devices: ReactNode;
}

export function PhonePanel({ target, onDialled, devices }: PhonePanelProps) {
  const { t } = useTranslation();
  const [devicesOpen, setDevicesOpen] = useState(false);
  return (
    <div className={styles.panel}>
      <PhoneSwitch />
      <DialField key={target} start={target} onDialled={onDialled} />
      <section aria-label={t('phone.recent')}>
        <h3 className={styles.heading}>{t('phone.recent')}</h3>
        <RecentCalls onDialled={onDialled} />
      </section>
      <section className={styles.devices}>
        <Button
          tone="plain"
          size="small"
          icon={IconChevronDown}
          aria-expanded={devicesOpen}
          onClick={() => setDevicesOpen(!devicesOpen)}
        >
          {t('phone.devices')}
        </Button>
        {devicesOpen && <div className={styles.deviceList}>{devices}</div>}
      </section>
    </div>
  );
}

function PhoneSwitch() {
  const { t } = useTranslation();
  const phone = useLive('phone');
  const state = usePhoneState();
  const turn = useCommand('phone.turn');
  const field = useRef<HTMLInputElement>(null);
  const session = useLive('session');
  const waitsForHub = session.state === 'signedIn' && !session.atHub;
  const hint =
    state === 'on'
      ? t('phone.registeredAs', { extension: phone.extension ?? '' })
      : t(state === 'offline' && waitsForHub ? 'phone.withoutHubHint' : `phone.${state}Hint`);
  return (
    <div>
      <Switch
        ref={field}
        labelPosition="left"
        classNames={{ body: styles.switchBody ?? '', labelWrapper: styles.switchLabel ?? '' }}
        label={<span className={styles.switchWord}>{t(`phone.${state}`)}</span>}
        aria-label={t('phone.switchLabel')}
        description={
          <>
            {hint} {state !== 'off' && <Since atMs={phone.registration.sinceMs} />}{' '}
            {state === 'offline' && phone.registration.retryAtMs !== null && (
              <NextAttempt atMs={phone.registration.retryAtMs} />
            )}
          </>
        }
        checked={phone.on}
        // Never disabled: that would take the keyboard out of the panel, and Escape would no longer close it.
        onChange={(event) => {
          if (!turn.running) void turn.run({ on: event.currentTarget.checked, knowingly: false });
        }}
      />
      {turn.refusal === 'stillAvailable' ? (
        <StillAvailable
          onDone={() => {
            turn.forget();
            // The button that was pressed goes with the notice; the keyboard stays in the panel.
            field.current?.focus();
          }}
        />
      ) : (
        <RefusalNotice reason={turn.refusal} />
      )}
    </div>
  );
}
