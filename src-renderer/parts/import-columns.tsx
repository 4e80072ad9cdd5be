// The columns of a file that is to be imported, each with its first values and what it is of the thing that it becomes.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './import-columns.module.css';
import type { ImportChoices } from './import-job.ts';

export interface ImportColumnsProps<T extends string> {
  readonly header: readonly string[];
  /** As they stand in the file. */
  readonly firstRows: readonly (readonly string[])[];
  /** What each column is; null for those that are not imported. */
  readonly columns: readonly (T | null)[];
  readonly choices: readonly ImportChoices[];
  /** Those that more columns are than may be. */
  readonly twice: ReadonlySet<T>;
  /** What was chosen, from its value in `choices`. */
  parse(value: string): T;
  onChange(place: number, target: T | null): void;
}

const valuesShown = 3;
const none = 'none';

export function ImportColumns<T extends string>(props: ImportColumnsProps<T>) {
  const { header, firstRows, columns, twice } = props;
  const { t } = useTranslation('admin');
  const data = [
    { value: none, label: t('csvImport.leftAside') },
    ...props.choices.map(({ group, items }) => ({ group, items: [...items] })),
  ];
  const rows = header.map((heading, place) => ({
    key: `${place} ${heading}`,
    name: heading || t('csvImport.unnamedColumn', { place: place + 1 }),
    values: firstRows.flatMap((row) => row[place]?.trim() || []).slice(0, valuesShown),
    target: columns[place] ?? null,
  }));
  return (
    <ul className={styles.columns}>
      {rows.map(({ key, name, values, target }, place) => (
        <li key={key} className={styles.column} data-aside={target === null || undefined}>
          <div className={styles.words}>
            <div className={styles.name}>{name}</div>
            <div className={styles.values} title={values.join('\n')}>
              {values.length > 0 ? values.join(' · ') : t('csvImport.noValues')}
            </div>
          </div>
          <Select
            aria-label={t('csvImport.targetOf', { column: name })}
            allowDeselect={false}
            searchable
            data={data}
            value={target ?? none}
            error={target !== null && twice.has(target) ? t('csvImport.twice') : null}
            onChange={(value) =>
              props.onChange(place, value === null || value === none ? null : props.parse(value))
            }
          />
        </li>
      ))}
    </ul>
  );
}
