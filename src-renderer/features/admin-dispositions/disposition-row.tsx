// One disposition in the editor: handle, colour, label, key, note required, remove.
import { Checkbox, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ColorChoice } from '../../parts/color-choice.tsx';
import { ListName, ListRemove, ListRow, ListTick } from '../../parts/list-editor.tsx';
import type { Reorder } from '../../parts/use-reorder.ts';
import type { Row, RowProblem } from './disposition-groups.ts';
import styles from './dispositions.module.css';

export interface DispositionRowProps {
  readonly row: Row;
  /** Labels by the keys that are given. */
  readonly givenKeys: ReadonlyMap<string, string>;
  readonly problem: RowProblem | undefined;
  readonly reorder: Reorder;
  /** Just added: its label has the keyboard. */
  readonly fresh: boolean;
  onChange(change: Partial<Row>): void;
  onKey(key: string | null): void;
  onStep(step: 1 | -1): void;
  /** Enter in the label: the next one. */
  onNext(): void;
  onRemove(): void;
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

export function DispositionRow(props: DispositionRowProps) {
  const { row, givenKeys, problem } = props;
  const { t } = useTranslation('admin');
  const name = row.label.trim() || t('dispositions.unnamed');
  return (
    <ListRow
      itemKey={row.rowKey}
      name={name}
      className={styles.row ?? ''}
      reorder={props.reorder}
      onStep={props.onStep}
    >
      <span className={styles.color}>
        <ColorChoice color={row.color} of={name} onChange={(color) => props.onChange({ color })} />
      </span>
      <ListName
        label={t('dispositions.label')}
        placeholder={t('dispositions.labelPlaceholder')}
        maxLength={100}
        value={row.label}
        error={problem ? t(`dispositions.${problem}`) : undefined}
        fresh={props.fresh}
        onChange={(label) => props.onChange({ label })}
        onNext={props.onNext}
      />
      <Select
        className={styles.key}
        aria-label={t('dispositions.key')}
        value={row.key ?? ''}
        error={problem === 'keyTwice'}
        comboboxProps={{ width: 232, position: 'bottom-start' }}
        maxDropdownHeight={360}
        data={[
          { value: '', label: t('dispositions.keyNone') },
          ...digits.map((key) => ({ value: key, label: key })),
        ]}
        renderOption={({ option }) => {
          const label = option.value === row.key ? undefined : givenKeys.get(option.value);
          return label === undefined
            ? option.label
            : t('dispositions.keyTaken', { key: option.value, label });
        }}
        onChange={(key) => props.onKey(key === '' ? null : key)}
      />
      <ListTick className={styles.note ?? ''}>
        <Checkbox
          label={t('dispositions.noteRequired')}
          title={t('dispositions.noteRequiredHint')}
          checked={row.noteRequired}
          onChange={(event) => props.onChange({ noteRequired: event.currentTarget.checked })}
        />
      </ListTick>
      <ListRemove word={t('dispositions.remove', { label: name })} onRemove={props.onRemove} />
    </ListRow>
  );
}
