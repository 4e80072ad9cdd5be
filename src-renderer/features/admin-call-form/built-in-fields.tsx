// The fields that every record has: which of them the form shows, in which order, and which must be filled in.
import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BuiltInField } from '#shared/domain/call-form.ts';
import { ReorderHandle } from '../../parts/reorder-handle.tsx';
import { useReorder } from '../../parts/use-reorder.ts';
import styles from './call-form.module.css';
import { type BuiltInRow, placed } from './form-draft.ts';

export interface BuiltInFieldsProps {
  readonly rows: readonly BuiltInRow[];
  onChange(rows: readonly BuiltInRow[]): void;
  /** One was moved; to be read out. */
  onMoved(name: string, place: number, count: number): void;
}

export function BuiltInFields({ rows, onChange, onMoved }: BuiltInFieldsProps) {
  const { t } = useTranslation('admin');
  const { t: tForm } = useTranslation('form');
  const placeOf = (key: string) => rows.findIndex(({ field }) => field === key);
  const move = (key: string, to: number) => {
    if (to < 0 || to >= rows.length) return;
    onChange(placed(rows, placeOf(key), to));
    onMoved(tForm(`field.${key as BuiltInField}`), to + 1, rows.length);
  };
  const reorder = useReorder({
    onOver: (dragged, over) => move(dragged, placeOf(over)),
    onStep: (key, step) => move(key, placeOf(key) + step),
  });
  const change = (field: BuiltInField, part: Partial<BuiltInRow>) =>
    onChange(rows.map((row) => (row.field === field ? { ...row, ...part } : row)));
  return (
    <ol className={styles.list} aria-label={t('callForm.fields')}>
      {rows.map(({ field, shown, required }) => {
        const name = tForm(`field.${field}`);
        return (
          <li
            key={field}
            className={styles.builtIn}
            aria-label={name}
            data-hidden={!shown || undefined}
            {...reorder.itemProps(field)}
          >
            <ReorderHandle name={name} {...reorder.handleProps(field)} />
            <Checkbox
              label={name}
              checked={shown}
              onChange={(event) => change(field, { shown: event.currentTarget.checked, required: false })}
            />
            <Checkbox
              label={t('callForm.required')}
              aria-label={t('callForm.requiredOf', { name })}
              disabled={!shown}
              checked={required}
              onChange={(event) => change(field, { required: event.currentTarget.checked })}
            />
          </li>
        );
      })}
    </ol>
  );
}
