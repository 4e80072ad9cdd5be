// A whole number with its unit, such as seconds, typed as text until it is saved.
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './projects.module.css';

export interface CountFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly unit?: string;
  readonly value: string;
  onChange(value: string): void;
  /** Said where it is not a number within these. */
  readonly limits: { readonly least: number; readonly most: number };
  readonly wrong: boolean;
}

export function CountField({ label, hint, unit, value, onChange, limits, wrong }: CountFieldProps) {
  const { t } = useTranslation('admin');
  return (
    <TextInput
      label={label}
      description={hint}
      inputMode="numeric"
      maxLength={6}
      classNames={{ input: 'oh-figures' }}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      rightSection={unit ? <span className={styles.suffix}>{unit}</span> : undefined}
      value={value}
      error={wrong ? t('projects.countOutside', limits) : undefined}
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
