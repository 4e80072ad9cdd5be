// The columns of a list of imports, whatever they import.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from './data-table.tsx';
import type { ImportJob } from './import-job.ts';
import styles from './import-list.module.css';
import { ImportState } from './import-state.tsx';
import { When } from './time.tsx';

export function useImportListColumns(): readonly Column<ImportJob>[] {
  const { t, i18n } = useTranslation('admin');
  return useMemo(() => {
    const format = new Intl.NumberFormat(i18n.language);
    const figure = (
      key: 'rows' | 'created' | 'updated' | 'bad',
      leastPx: number,
      rank: number,
    ): Column<ImportJob> => ({
      key,
      title: t(`csvImport.${key}`),
      leastPx,
      share: 0,
      rank,
      sortBy: (each) => each[key],
      cell: (each) =>
        key !== 'rows' && each.state === 'uploaded' ? (
          <span className={styles.none}>–</span>
        ) : (
          <span className={`oh-figures ${key === 'bad' && each.bad > 0 ? styles.bad : ''}`}>
            {format.format(each[key])}
          </span>
        ),
    });
    return [
      {
        key: 'file',
        title: t('csvImport.file'),
        leastPx: 160,
        share: 2,
        sortBy: ({ fileName }) => fileName.toLowerCase(),
        cell: ({ fileName }) => (
          <span className={styles.name} title={fileName}>
            {fileName}
          </span>
        ),
      },
      {
        key: 'state',
        title: t('csvImport.state'),
        leastPx: 152,
        share: 0,
        sortBy: ({ state }) => state,
        cell: (each) => <ImportState shown={each} />,
      },
      figure('rows', 72, 3),
      figure('created', 64, 4),
      figure('updated', 72, 5),
      figure('bad', 112, 2),
      {
        key: 'who',
        title: t('csvImport.who'),
        leastPx: 104,
        share: 1,
        rank: 6,
        sortBy: ({ madeBy }) => madeBy.toLowerCase(),
        cell: ({ madeBy }) => <span title={madeBy}>{madeBy}</span>,
      },
      {
        key: 'when',
        title: t('csvImport.when'),
        leastPx: 112,
        share: 0,
        rank: 1,
        sortBy: ({ madeAtMs }) => madeAtMs,
        cell: ({ madeAtMs }) => <When atMs={madeAtMs} />,
      },
    ];
  }, [t, i18n.language]);
}
