// The fields that every record has: which of them the form shows, in which order, and which must be filled in.
import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ListEditor } from '../../parts/list-editor.tsx';
import styles from './call-form.module.css';
import type { BuiltInRow } from './form-draft.ts';

export interface BuiltInFieldsProps {
  readonly rows: readonly BuiltInRow[];
  onChange(rows: readonly BuiltInRow[]): void;
}

export function BuiltInFields({ rows, onChange }: BuiltInFieldsProps) {
  const { t } = useTranslation('admin');
  const { t: tForm } = useTranslation('form');
  const nameOf = ({ field }: BuiltInRow) => tForm(`field.${field}`);
  return (
    <ListEditor<BuiltInRow>
      label={t('callForm.fields')}
      rows={rows}
      rowKey={({ field }) => field}
      nameOf={nameOf}
      isDimmed={({ shown }) => !shown}
      rowClass={styles.builtIn ?? ''}
      onChange={onChange}
    >
      {(row, { change }) => (
        <>
          <Checkbox
            label={nameOf(row)}
            checked={row.shown}
            onChange={(event) => change({ shown: event.currentTarget.checked, required: false })}
          />
          <Checkbox
            label={t('callForm.required')}
            aria-label={t('callForm.requiredOf', { name: nameOf(row) })}
            disabled={!row.shown}
            checked={row.required}
            onChange={(event) => change({ required: event.currentTarget.checked })}
          />
        </>
      )}
    </ListEditor>
  );
}
