// A short form that a button of a drawer has opened, where it was pressed. Enter sends it, Escape calls it off.
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import styles from './inline-form.module.css';

export interface InlineFormProps {
  readonly label: string;
  /** The button's word: what is done. */
  readonly word: string;
  readonly running: boolean;
  onSubmit(): void;
  onCancel(): void;
  readonly children: ReactNode;
}

export function InlineForm({ label, word, running, onSubmit, onCancel, children }: InlineFormProps) {
  const { t } = useTranslation('admin');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form
      className={styles.form}
      aria-label={label}
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onCancel();
      }}
    >
      {children}
      <div className={styles.buttons}>
        <Button type="submit" size="small" tone="accent" disabled={running}>
          {word}
        </Button>
        <Button size="small" tone="plain" onClick={onCancel}>
          {t('drawer.cancel')}
        </Button>
      </div>
    </form>
  );
}
