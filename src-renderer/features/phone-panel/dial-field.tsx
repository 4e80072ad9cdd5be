// Where a number or an extension is typed. Whether it can be dialled is for main to say.
import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../client/desktop-context.tsx';
import { useRefusalText } from '../../client/use-refusal-text.ts';
import { Button } from '../../parts/button.tsx';
import { IconPhone } from '../../parts/icons.ts';
import styles from './phone-panel.module.css';

export interface DialFieldProps {
  readonly start: string;
  onDialled(): void;
}

export function DialField({ start, onDialled }: DialFieldProps) {
  const { t } = useTranslation();
  const text = useRefusalText();
  const dial = useCommand('calls.dial');
  const [target, setTarget] = useState(start);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if ((await dial.run({ target })) !== undefined) onDialled();
  };
  return (
    <form className={styles.dial} onSubmit={(event) => void submit(event)} noValidate>
      <TextInput
        className={styles.dialInput}
        classNames={{ input: 'oh-figures' }}
        aria-label={t('phone.dialLabel')}
        placeholder={t('phone.dialPlaceholder')}
        inputMode="tel"
        autoComplete="off"
        spellCheck={false}
        maxLength={500}
        data-autofocus
        value={target}
        error={dial.refusal ? text(dial.refusal) : null}
        onChange={(event) => {
          setTarget(event.currentTarget.value);
          dial.forget();
        }}
      />
      <Button type="submit" tone="go" icon={IconPhone} className={styles.dialButton} disabled={dial.running}>
        {t('phone.dial')}
      </Button>
    </form>
  );
}
