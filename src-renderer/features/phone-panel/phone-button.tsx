// The phone button at the far right of the agent window: shows how the phone stands, opens the phone panel (CALL-1).
import { Popover } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../client/desktop-context.tsx';
import { type Icon, IconPhone, IconPhoneOff } from '../../parts/icons.ts';
import styles from './phone-panel.module.css';

export type PhoneState = 'on' | 'connecting' | 'offline' | 'off';

/** One word for the switch and the registration together. */
export function usePhoneState(): PhoneState {
  const { on, registration } = useLive('phone');
  if (!on) return 'off';
  if (registration.state === 'online') return 'on';
  return registration.state === 'connecting' ? 'connecting' : 'offline';
}

const icons: Record<PhoneState, Icon> = {
  on: IconPhone,
  connecting: IconPhone,
  offline: IconPhoneOff,
  off: IconPhoneOff,
};

export interface PhoneButtonProps {
  readonly opened: boolean;
  onToggle(opened: boolean): void;
  /** The panel. */
  readonly children: ReactNode;
}

export function PhoneButton({ opened, onToggle, children }: PhoneButtonProps) {
  const { t } = useTranslation();
  const state = usePhoneState();
  const IconShown = icons[state];
  return (
    <Popover opened={opened} onChange={onToggle} position="bottom-end" width={344} trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.button}
          data-state={state}
          aria-label={t('phone.buttonLabel', { state: t(`phone.${state}`) })}
          onClick={() => onToggle(!opened)}
        >
          <IconShown size={16} stroke={2} aria-hidden="true" />
          <span>{t(`phone.${state}`)}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label={t('phone.title')}>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}
