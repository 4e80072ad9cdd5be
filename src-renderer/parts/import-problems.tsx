// What is wrong with a file, by row: the list before anything of it is taken in.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from './data-table.tsx';
import styles from './import-problems.module.css';

export interface RowProblem {
  /** As a spreadsheet counts them. */
  readonly row: number;
  /** Its heading; null where the whole row is meant. */
  readonly column: string | null;
}

export interface ImportProblemsProps<P extends RowProblem> {
  readonly problems: readonly P[];
  textOf(problem: P): string;
}

export function ImportProblems<P extends RowProblem>({ problems, textOf }: ImportProblemsProps<P>) {
  const { t } = useTranslation('admin');
  const rows = useMemo(() => problems.map((problem, index) => ({ problem, key: String(index) })), [problems]);
  const columns: readonly Column<(typeof rows)[number]>[] = [
    {
      key: 'row',
      title: t('csvImport.row'),
      leastPx: 64,
      share: 0,
      figures: true,
      cell: ({ problem }) => problem.row,
    },
    {
      key: 'column',
      title: t('csvImport.column'),
      leastPx: 104,
      share: 0,
      cell: ({ problem }) => problem.column ?? t('csvImport.wholeRow'),
      hint: ({ problem }) => problem.column ?? '',
    },
    {
      key: 'problem',
      title: t('csvImport.problem'),
      leastPx: 160,
      share: 1,
      cell: ({ problem }) => textOf(problem),
      hint: ({ problem }) => textOf(problem),
    },
  ];
  return (
    <div className={styles.problems} data-few={rows.length < 7 || undefined}>
      <DataTable
        label={t('csvImport.problemList')}
        columns={columns}
        rows={rows}
        rowKey={({ key }) => key}
        chosen={null}
        onOpen={() => undefined}
        firstSorting={null}
        empty={null}
      />
    </div>
  );
}
