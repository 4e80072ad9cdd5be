// The fields that a project defines, each by its type. A field that is emptied is taken away, not kept as ''.
import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomField } from '#shared/domain/call-form.ts';
import type { CustomValue, RecordContent } from '#shared/domain/record.ts';
import styles from './record-form.module.css';

type Values = RecordContent['fields'];

interface CustomFieldsProps {
  readonly fields: readonly CustomField[];
  readonly values: Values;
  onChange(values: Values): void;
}

export function CustomFields({ fields, values, onChange }: CustomFieldsProps) {
  if (fields.length === 0) return null;
  const set = (key: string, value: CustomValue | undefined) => {
    const { [key]: _before, ...others } = values;
    onChange(value === undefined ? others : { ...others, [key]: value });
  };
  return (
    <div className={styles.custom}>
      {fields.map((field) => (
        <OneField
          key={field.key}
          field={field}
          value={values[field.key]}
          onChange={(value) => set(field.key, value)}
        />
      ))}
    </div>
  );
}

interface OneFieldProps {
  readonly field: CustomField;
  readonly value: CustomValue | undefined;
  onChange(value: CustomValue | undefined): void;
}

function OneField({ field, value, onChange }: OneFieldProps) {
  const { t } = useTranslation('records');
  const { label, type } = field;
  switch (type) {
    case 'number':
      return <NumberField field={field} value={value} onChange={onChange} />;
    case 'yesNo':
      return (
        <Select
          label={label}
          value={value === true ? 'yes' : value === false ? 'no' : ''}
          data={[
            { value: '', label: '–' },
            { value: 'yes', label: t('record.yes') },
            { value: 'no', label: t('record.no') },
          ]}
          onChange={(chosen) => onChange(chosen === 'yes' ? true : chosen === 'no' ? false : undefined)}
        />
      );
    case 'choice': {
      // What was chosen before the choices were changed can still be seen and kept.
      const kept = typeof value === 'string' && !field.choices.includes(value) ? [value] : [];
      return (
        <Select
          label={label}
          value={value === undefined ? '' : String(value)}
          data={[
            { value: '', label: '–' },
            ...[...field.choices, ...kept].map((each) => ({ value: each, label: each })),
          ]}
          onChange={(chosen) => onChange(chosen ? chosen : undefined)}
        />
      );
    }
    case 'date':
    case 'text':
      return (
        <TextInput
          type={type}
          label={label}
          maxLength={10_000}
          autoComplete="off"
          value={value === undefined ? '' : String(value)}
          onChange={(event) => onChange(event.currentTarget.value || undefined)}
        />
      );
  }
}

function NumberField({ field, value, onChange }: OneFieldProps) {
  const { t, i18n } = useTranslation('records');
  const [text, setText] = useState(value === undefined ? '' : inWriting(value, i18n.language));
  const read = readNumber(text);
  return (
    <TextInput
      label={field.label}
      inputMode="decimal"
      autoComplete="off"
      maxLength={40}
      value={text}
      error={read === null ? t('record.numberInvalid') : null}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        const number = readNumber(typed);
        if (number !== null) onChange(number);
      }}
    />
  );
}

function inWriting(value: CustomValue, language: string): string {
  return typeof value === 'number' && language === 'de' ? String(value).replace('.', ',') : String(value);
}

/** Undefined for nothing, null for what is no number. */
function readNumber(text: string): number | undefined | null {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return undefined;
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : null;
}
