// The fields that a project adds, to records (FORM-7) or to orders: label, type, what can be chosen, required, order. A field that records have
// values of keeps its type.
import { Checkbox, Select, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { customField } from '#shared/domain/call-form.ts';
import { mostOwnFields, type OwnProblem, type OwnRow } from './custom-field-rows.ts';
import styles from './custom-fields-editor.module.css';
import { ListEditor, ListName, ListRemove, ListTick } from './list-editor.tsx';

export interface CustomFieldsEditorProps {
  /** Where it is not called as in the call form. */
  readonly label?: string;
  readonly rows: readonly OwnRow[];
  readonly problems: ReadonlyMap<string, OwnProblem>;
  onChange(rows: readonly OwnRow[]): void;
}

const types = customField.shape.type.options;

export function CustomFieldsEditor({ label, rows, problems, onChange }: CustomFieldsEditorProps) {
  const { t } = useTranslation('admin');
  return (
    <ListEditor<OwnRow, OwnProblem>
      label={label ?? t('callForm.ownFields')}
      rows={rows}
      rowKey={({ rowKey }) => rowKey}
      nameOf={({ label }) => label}
      unnamed={t('callForm.unnamed')}
      problems={problems}
      rowClass={styles.own ?? ''}
      add={{
        word: t('callForm.addField'),
        noneText: t('callForm.noOwnFields'),
        most: mostOwnFields,
        make: (rowKey) => ({ rowKey, key: null, label: '', type: 'text', choices: [], required: false }),
      }}
      onChange={onChange}
    >
      {(row, { fresh, problem, change, next, remove }) => {
        const name = row.label.trim() || t('callForm.unnamed');
        const ofChoices = problem === 'choicesMissing' || problem === 'choiceTwice';
        const error = problem && t(`callForm.${problem}`);
        return (
          <>
            <ListName
              label={t('callForm.label')}
              placeholder={t('callForm.labelPlaceholder')}
              maxLength={100}
              value={row.label}
              error={ofChoices ? undefined : error}
              fresh={fresh}
              onChange={(label) => change({ label })}
              onNext={next}
            />
            <Select
              className={styles.type}
              aria-label={t('callForm.type')}
              title={row.key === null ? undefined : t('callForm.typeStays')}
              disabled={row.key !== null}
              data={types.map((type) => ({ value: type, label: t(`callForm.types.${type}`) }))}
              value={row.type}
              onChange={(type) => type !== null && change({ type: type as OwnRow['type'] })}
            />
            <ListTick className={styles.tick ?? ''}>
              <Checkbox
                label={t('callForm.required')}
                aria-label={t('callForm.requiredOf', { name })}
                checked={row.required}
                onChange={(event) => change({ required: event.currentTarget.checked })}
              />
            </ListTick>
            <ListRemove
              word={t('callForm.remove', { name })}
              hint={t('callForm.removeHint')}
              onRemove={remove}
            />
            {row.type === 'choice' && (
              <Textarea
                className={styles.choices}
                aria-label={t('callForm.choicesOf', { name })}
                placeholder={t('callForm.choicesPlaceholder')}
                autosize
                minRows={2}
                maxRows={8}
                // One a line, so that a list can be pasted.
                value={row.choices.join('\n')}
                error={ofChoices ? error : undefined}
                onChange={(event) => change({ choices: event.currentTarget.value.split('\n') })}
              />
            )}
          </>
        );
      }}
    </ListEditor>
  );
}
