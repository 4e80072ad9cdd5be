// A whole number with its unit, such as seconds, typed as text until it is saved.
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './count-field.module.css';
import type { CountLimits } from './count-limits.ts';

export interface CountFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly unit?: string;
  readonly value: string;
  onChange(value: string): void;
  /** Said where it is not a number within these. */
  readonly limits: CountLimits;
  readonly wrong: boolean;
}

export function CountField({ label, hint, unit, value, onChange, limits, wrong }: CountFieldProps) {
  const { t } = useTranslation('admin');
  return (
    <TextInput
      label={label}
      description={hint}
      inputMode="numeric"
      maxLength={String(limits.most).length + 1}
      classNames={{ input: 'oh-figures' }}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      rightSection={unit ? <span className={styles.suffix}>{unit}</span> : undefined}
      value={value}
      error={wrong ? t('projects.countOutside', { least: limits.least, most: limits.most }) : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
        const now = Number(value);
        if (step === 0 || event.altKey || !Number.isInteger(now)) return;
        event.preventDefault();
        onChange(String(Math.min(limits.most, Math.max(limits.least, now + step))));
      }}
    />
  );
}
