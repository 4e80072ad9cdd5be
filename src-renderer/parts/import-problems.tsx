// What is wrong with a file, by row: the list before anything of it is taken in. As a table alone, and as the section of a
// drawer in which an import is set.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportProblem } from '#shared/admin/import-contract.ts';
import { type Column, DataTable } from './data-table.tsx';
import { DrawerSection } from './drawer.tsx';
import styles from './import-problems.module.css';
import { useImportProblemText } from './use-import-problem-text.ts';

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

export interface ImportProblemListProps {
  /** The first of them. */
  readonly problems: readonly ImportProblem[];
  /** In the whole file. */
  readonly badRows: number;
}

/** Nothing where nothing is wrong. */
export function ImportProblemList({ problems, badRows }: ImportProblemListProps) {
  const { t } = useTranslation('admin');
  const textOf = useImportProblemText();
  if (problems.length === 0) return null;
  return (
    <DrawerSection
      title={t('csvImport.problemList')}
      hint={badRows > problems.length ? t('csvImport.firstProblems', { count: problems.length }) : undefined}
    >
      <ImportProblems problems={problems} textOf={(problem) => textOf(problem)} />
    </DrawerSection>
  );
}
