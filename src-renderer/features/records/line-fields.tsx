// Numbers and e-mail addresses of a record: a line each, with a way to add one and to take one away.
import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type RecordNumber, recordNumber } from '#shared/domain/record.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { IconPlus, IconX } from '../../parts/icons.ts';
import styles from './record-form.module.css';

const most = 50;

interface NumberLinesProps {
  readonly numbers: readonly RecordNumber[];
  onChange(numbers: RecordNumber[]): void;
}

export function NumberLines({ numbers, onChange }: NumberLinesProps) {
  const { t } = useTranslation('records');
  const change = (at: number, over: Partial<RecordNumber>) =>
    onChange(numbers.map((each, index) => (index === at ? { ...each, ...over } : each)));
  return (
    <fieldset className={styles.lines}>
      <legend>{t('record.numbers')}</legend>
      {numbers.map((each, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
        <div key={at} className={styles.numberLine}>
          <TextInput
            type="tel"
            aria-label={t('record.numberField', { position: at + 1 })}
            maxLength={200}
            autoComplete="off"
            value={each.number}
            onChange={(event) => change(at, { number: event.currentTarget.value })}
          />
          <TextInput
            type="tel"
            aria-label={t('record.extensionField', { position: at + 1 })}
            placeholder={t('record.extensionShort')}
            maxLength={20}
            autoComplete="off"
            value={each.extension}
            onChange={(event) => change(at, { extension: event.currentTarget.value })}
          />
          <Select
            aria-label={t('record.numberKind', { position: at + 1 })}
            value={each.label}
            data={recordNumber.shape.label.options.map((label) => ({
              value: label,
              label: t(`record.numberLabel.${label}`),
            }))}
            onChange={(chosen) => change(at, { label: recordNumber.shape.label.parse(chosen) })}
          />
          <IconButton
            icon={IconX}
            label={t('record.removeNumber', { position: at + 1 })}
            onClick={() => onChange(numbers.filter((_each, index) => index !== at))}
          />
        </div>
      ))}
      {numbers.length < most && (
        <Button
          size="small"
          tone="plain"
          icon={IconPlus}
          onClick={() => onChange([...numbers, { number: '', extension: '', label: 'mobile' }])}
        >
          {t('record.addNumber')}
        </Button>
      )}
    </fieldset>
  );
}

interface EmailLinesProps {
  readonly emails: readonly string[];
  onChange(emails: string[]): void;
}

export function EmailLines({ emails, onChange }: EmailLinesProps) {
  const { t } = useTranslation('records');
  return (
    <fieldset className={styles.lines}>
      <legend>{t('record.emails')}</legend>
      {emails.map((email, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
        <div key={at} className={styles.emailLine}>
          <TextInput
            type="email"
            aria-label={t('record.emailField', { position: at + 1 })}
            maxLength={320}
            autoComplete="off"
            value={email}
            onChange={(event) => {
              const typed = event.currentTarget.value;
              onChange(emails.map((each, index) => (index === at ? typed : each)));
            }}
          />
          <IconButton
            icon={IconX}
            label={t('record.removeEmail', { position: at + 1 })}
            onClick={() => onChange(emails.filter((_each, index) => index !== at))}
          />
        </div>
      ))}
      {emails.length < most && (
        <Button size="small" tone="plain" icon={IconPlus} onClick={() => onChange([...emails, ''])}>
          {t('record.addEmail')}
        </Button>
      )}
    </fieldset>
  );
}
