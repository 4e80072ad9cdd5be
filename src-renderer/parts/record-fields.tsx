// The fields of a record as a project asks for them, for the call form, and for the live preview of its settings. What is
// typed stays as typed; what cannot be read is said at its field.
import { Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { assertNever } from '#shared/domain/assert-never.ts';
import type { CustomField } from '#shared/domain/call-form.ts';
import type { FieldProblem } from '#shared/domain/call-form-view.ts';
import type { FormField } from '#shared/domain/form-fields.ts';
import styles from './record-fields.module.css';

export interface RecordFieldsProps {
  readonly fields: readonly FormField[];
  valueOf(field: string): string;
  readonly problems: readonly FieldProblem[];
  /** Whether a required field that is empty says so already; others say at once what is wrong. */
  readonly showMissing: boolean;
  /** Absent where the fields are only looked at. */
  onChange?: ((field: string, typed: string) => void) | undefined;
}

export function RecordFields(props: RecordFieldsProps) {
  const { t } = useTranslation('form');
  const { fields, problems, showMissing, onChange } = props;
  const errorOf = (field: string) => {
    const found = problems.find((each) => each.field === field);
    if (!found || (found.problem === 'required' && !showMissing)) return undefined;
    return t(`problem.${found.problem}`);
  };
  const one = (field: string, label: string, required: boolean) => ({
    name: field,
    label,
    value: props.valueOf(field),
    withAsterisk: required,
    'aria-required': required || undefined,
    error: errorOf(field),
    readOnly: onChange === undefined,
    autoComplete: 'off',
    onText: (typed: string) => onChange?.(field, typed),
  });
  return (
    <div className={styles.frame}>
      <div className={styles.fields}>
        {fields.map(({ key, required, custom }) => {
          if (custom) return <OwnField key={key} field={custom} {...one(key, custom.label, required)} />;
          if (key === 'description')
            return <LongText key={key} {...one(key, t('field.description'), required)} />;
          if (key !== 'number') return <Text key={key} {...one(key, t(`field.${key}`), required)} />;
          return (
            <div key={key} className={styles.pair} data-field={key}>
              <Text {...one('number', t('field.number'), required)} inputMode="tel" dir="ltr" />
              <Text {...one('extension', t('field.extension'), false)} inputMode="tel" dir="ltr" />
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface OneProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly withAsterisk: boolean;
  readonly error: string | undefined;
  readonly readOnly: boolean;
  readonly autoComplete: string;
  onText(typed: string): void;
}

/** The direction follows what is typed: a name from right to left stands as it is read. */
function Text({
  onText,
  ...rest
}: OneProps & { inputMode?: 'tel' | 'decimal'; dir?: 'ltr'; type?: 'date' | 'text'; placeholder?: string }) {
  return (
    <TextInput
      dir="auto"
      spellCheck={false}
      {...rest}
      data-field={rest.name}
      onChange={(event) => onText(event.currentTarget.value)}
    />
  );
}

function LongText({ onText, ...rest }: OneProps) {
  return (
    <Textarea
      dir="auto"
      size="sm"
      rows={2}
      {...rest}
      data-field={rest.name}
      onChange={(event) => onText(event.currentTarget.value)}
    />
  );
}

function OwnField({ field, onText, ...rest }: OneProps & { readonly field: CustomField }) {
  const { t } = useTranslation('form');
  switch (field.type) {
    case 'text':
      return <Text onText={onText} {...rest} />;
    case 'number':
      return <Text onText={onText} {...rest} inputMode="decimal" />;
    case 'date': {
      // The browser's own field would not show what is no date.
      const isDate = rest.value === '' || /^\d{4}-\d{2}-\d{2}$/.test(rest.value);
      return <Text onText={onText} {...rest} type={isDate ? 'date' : 'text'} />;
    }
    case 'choice':
      return (
        <Choice
          {...rest}
          onText={onText}
          offered={field.choices.map((choice) => ({ value: choice, label: choice }))}
        />
      );
    case 'yesNo':
      return (
        <Choice
          {...rest}
          onText={onText}
          offered={[
            { value: 'yes', label: t('yes') },
            { value: 'no', label: t('no') },
          ]}
        />
      );
    default:
      return assertNever(field.type);
  }
}

function Choice({
  offered,
  onText,
  autoComplete: _none,
  ...rest
}: OneProps & { readonly offered: readonly { readonly value: string; readonly label: string }[] }) {
  const { t } = useTranslation('form');
  // What was chosen before the choices were changed can still be seen.
  const former =
    rest.value === '' || offered.some(({ value }) => value === rest.value)
      ? []
      : [{ value: rest.value, label: t('noLonger', { value: rest.value }) }];
  return (
    <Select
      {...rest}
      data-field={rest.name}
      data={[{ value: '', label: '–' }, ...offered, ...former]}
      onChange={(chosen) => onText(chosen ?? '')}
    />
  );
}
