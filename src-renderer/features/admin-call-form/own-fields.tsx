// The fields that a project adds (FORM-7): label, type, what can be chosen, required, order. A field that records have
// values of keeps its type.
import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { customField } from '#shared/domain/call-form.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { IconPlus, IconX } from '../../parts/icons.ts';
import { ReorderHandle } from '../../parts/reorder-handle.tsx';
import { type Reorder, useReorder } from '../../parts/use-reorder.ts';
import styles from './call-form.module.css';
import { mostOwnFields, type OwnProblem, type OwnRow, placed } from './form-draft.ts';

export interface OwnFieldsProps {
  readonly rows: readonly OwnRow[];
  readonly problems: ReadonlyMap<string, OwnProblem>;
  onChange(rows: readonly OwnRow[]): void;
  onMoved(name: string, place: number, count: number): void;
}

const types = customField.shape.type.options;
let made = 0;

export function OwnFields({ rows, problems, onChange, onMoved }: OwnFieldsProps) {
  const { t } = useTranslation('admin');
  const [fresh, setFresh] = useState<string | null>(null);
  const placeOf = (key: string) => rows.findIndex(({ rowKey }) => rowKey === key);
  const move = (key: string, to: number) => {
    if (to < 0 || to >= rows.length) return;
    onChange(placed(rows, placeOf(key), to));
    onMoved(rows[placeOf(key)]?.label ?? '', to + 1, rows.length);
  };
  const reorder = useReorder({
    onOver: (dragged, over) => move(dragged, placeOf(over)),
    onStep: (key, step) => move(key, placeOf(key) + step),
  });
  const add = () => {
    if (rows.length >= mostOwnFields) return;
    made += 1;
    const rowKey = `new ${made}`;
    onChange([...rows, { rowKey, key: null, label: '', type: 'text', choices: [], required: false }]);
    setFresh(rowKey);
  };
  return (
    <>
      {rows.length === 0 && <p className={styles.hint}>{t('callForm.noOwnFields')}</p>}
      <ol className={styles.list} aria-label={t('callForm.ownFields')}>
        {rows.map((row) => (
          <OwnField
            key={row.rowKey}
            row={row}
            // One that was just added is not wrong for having no label yet.
            problem={fresh === row.rowKey && row.label === '' ? undefined : problems.get(row.rowKey)}
            fresh={fresh === row.rowKey}
            reorder={reorder}
            onChange={(part) =>
              onChange(rows.map((each) => (each.rowKey === row.rowKey ? { ...each, ...part } : each)))
            }
            onNext={add}
            onRemove={() => onChange(rows.filter((each) => each.rowKey !== row.rowKey))}
          />
        ))}
      </ol>
      <div className={styles.tools}>
        <Button icon={IconPlus} disabled={rows.length >= mostOwnFields} onClick={add}>
          {t('callForm.addField')}
        </Button>
      </div>
    </>
  );
}

interface OwnFieldProps {
  readonly row: OwnRow;
  readonly problem: OwnProblem | undefined;
  readonly fresh: boolean;
  readonly reorder: Reorder;
  onChange(part: Partial<OwnRow>): void;
  onNext(): void;
  onRemove(): void;
}

function OwnField({ row, problem, fresh, reorder, onChange, onNext, onRemove }: OwnFieldProps) {
  const { t } = useTranslation('admin');
  const name = row.label.trim() || t('callForm.unnamed');
  const ofChoices = problem === 'choicesMissing' || problem === 'choiceTwice';
  const error = problem && t(`callForm.${problem}`);
  return (
    <li className={styles.own} aria-label={name} {...reorder.itemProps(row.rowKey)}>
      <ReorderHandle name={name} {...reorder.handleProps(row.rowKey)} />
      <TextInput
        aria-label={t('callForm.label')}
        placeholder={t('callForm.labelPlaceholder')}
        maxLength={100}
        autoFocus={fresh}
        value={row.label}
        error={ofChoices ? undefined : error}
        onChange={(event) => onChange({ label: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey) return;
          event.preventDefault();
          onNext();
        }}
      />
      <Select
        className={styles.type}
        aria-label={t('callForm.type')}
        title={row.key === null ? undefined : t('callForm.typeStays')}
        disabled={row.key !== null}
        data={types.map((type) => ({ value: type, label: t(`callForm.types.${type}`) }))}
        value={row.type}
        onChange={(type) => type !== null && onChange({ type: type as OwnRow['type'] })}
      />
      <span className={styles.tick}>
        <Checkbox
          label={t('callForm.required')}
          aria-label={t('callForm.requiredOf', { name })}
          checked={row.required}
          onChange={(event) => onChange({ required: event.currentTarget.checked })}
        />
      </span>
      <IconButton
        className={styles.remove}
        icon={IconX}
        label={t('callForm.remove', { name })}
        hint={`${t('callForm.remove', { name })}. ${t('callForm.removeHint')}`}
        onClick={onRemove}
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
          onChange={(event) => onChange({ choices: event.currentTarget.value.split('\n') })}
        />
      )}
    </li>
  );
}
