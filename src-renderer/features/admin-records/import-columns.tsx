// The columns of a file, each with its first values and what it is of a record.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type ImportTarget, importTarget } from '#shared/admin/records-contract.ts';
import type { CustomField } from '#shared/domain/call-form.ts';
import { targetGroups, targetsTwice, targetWord } from './import-targets.ts';
import styles from './records.module.css';

export interface ImportColumnsProps {
  readonly header: readonly string[];
  readonly firstRows: readonly (readonly string[])[];
  readonly columns: readonly (ImportTarget | null)[];
  readonly ownFields: readonly CustomField[];
  onChange(place: number, target: ImportTarget | null): void;
}

const valuesShown = 3;
const none = 'none';

export function ImportColumns({ header, firstRows, columns, ownFields, onChange }: ImportColumnsProps) {
  const { t } = useTranslation('admin');
  const own = ownFields.map(({ key, label }) => ({ value: `fields.${key}`, label }));
  const data = [
    { value: none, label: t('records.leftAside') },
    ...targetGroups.map(({ group, targets }) => ({
      group: t(`records.groups.${group}`),
      items: targets.map((target) => ({
        value: target as string,
        label: t(`records.targets.${targetWord(target)}`),
      })),
    })),
    ...(own.length > 0 ? [{ group: t('records.groups.own'), items: own }] : []),
  ];
  const twice = targetsTwice(columns);
  const rows = header.map((heading, place) => ({
    key: `${place} ${heading}`,
    name: heading || t('records.unnamedColumn', { place: place + 1 }),
    values: firstRows.flatMap((row) => row[place]?.trim() || []).slice(0, valuesShown),
    target: columns[place] ?? null,
  }));
  return (
    <ul className={styles.columns}>
      {rows.map(({ key, name, values, target }, place) => (
        <li key={key} className={styles.column} data-aside={target === null || undefined}>
          <div className={styles.columnWords}>
            <div className={styles.columnName}>{name}</div>
            <div className={styles.values} title={values.join('\n')}>
              {values.length > 0 ? values.join(' · ') : t('records.noValues')}
            </div>
          </div>
          <Select
            className={styles.target}
            aria-label={t('records.targetOf', { column: name })}
            allowDeselect={false}
            searchable
            data={data}
            value={target ?? none}
            error={target !== null && twice.has(target) ? t('records.twice') : null}
            onChange={(value) => onChange(place, value === none ? null : importTarget.parse(value))}
          />
        </li>
      ))}
    </ul>
  );
}
