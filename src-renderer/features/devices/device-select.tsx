// One device out of those that are there; a chosen one that is unplugged stays shown, and says so.
import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './devices.module.css';

export interface DeviceSelectProps {
  readonly label: string;
  readonly devices: readonly { readonly id: string; readonly label: string }[];
  /** Null: the system's default. */
  readonly chosen: string | null;
  onChoose(id: string | null): void;
  readonly beside?: ReactNode;
}

/** Mantine's Select needs a text for "none chosen". */
const systemDefault = '';

export function DeviceSelect({ label, devices, chosen, onChoose, beside }: DeviceSelectProps) {
  const { t } = useTranslation();
  const named = devices.filter((device) => device.id !== systemDefault && device.id !== 'default');
  const gone = chosen !== null && !named.some((device) => device.id === chosen);
  return (
    <div className={styles.select}>
      <Select
        className={styles.field}
        label={label}
        value={chosen ?? systemDefault}
        onChange={(id) => onChoose(id === null || id === systemDefault ? null : id)}
        data={[
          { value: systemDefault, label: t('settings.systemDefault') },
          ...named.map((device) => ({ value: device.id, label: device.label })),
          ...(gone ? [{ value: chosen, label: t('settings.deviceGone') }] : []),
        ]}
      />
      {beside}
    </div>
  );
}
