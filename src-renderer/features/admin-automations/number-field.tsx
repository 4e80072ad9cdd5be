// A whole number in a sentence; nothing else can be typed. 0 stands for an empty field.
import { TextInput } from '@mantine/core';
import styles from './automations.module.css';

export interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly error: string | undefined;
  readonly unit?: string;
  onChange(value: number): void;
}

export function NumberField({ label, value, error, unit, onChange }: NumberFieldProps) {
  return (
    <>
      <TextInput
        className={styles.number}
        classNames={{ input: 'oh-figures' }}
        aria-label={label}
        inputMode="numeric"
        maxLength={6}
        value={value === 0 ? '' : String(value)}
        error={error}
        onChange={(event) => onChange(Number(event.currentTarget.value.replace(/\D/g, '')))}
      />
      {unit !== undefined && <span className={styles.unit}>{unit}</span>}
    </>
  );
}
