// The columns of the list of imports.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordImport } from '#shared/admin/records-contract.ts';
import type { Column } from '../../parts/data-table.tsx';
import { When } from '../../parts/time.tsx';
import { ImportState } from './import-state.tsx';
import styles from './records.module.css';

export function useImportColumns(): readonly Column<RecordImport>[] {
  const { t, i18n } = useTranslation('admin');
  return useMemo(() => {
    const format = new Intl.NumberFormat(i18n.language);
    const figure = (key: 'rows' | 'created' | 'updated' | 'bad', leastPx: number): Column<RecordImport> => ({
      key,
      title: t(`records.${key}`),
      leastPx,
      share: 0,
      sortBy: (each) => each[key],
      cell: (each) =>
        key !== 'rows' && each.settings === null ? (
          <span className={styles.quiet}>–</span>
        ) : (
          <span className={`oh-figures ${key === 'bad' && each.bad > 0 ? styles.bad : ''}`}>
            {format.format(each[key])}
          </span>
        ),
    });
    return [
      {
        key: 'file',
        title: t('records.file'),
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
        title: t('records.state'),
        leastPx: 152,
        share: 0,
        sortBy: ({ state }) => state,
        cell: (each) => <ImportState shown={each} />,
      },
      figure('rows', 72),
      figure('created', 64),
      figure('updated', 72),
      figure('bad', 88),
      {
        key: 'who',
        title: t('records.who'),
        leastPx: 104,
        share: 1,
        sortBy: ({ madeBy }) => madeBy.toLowerCase(),
        cell: ({ madeBy }) => <span title={madeBy}>{madeBy}</span>,
      },
      {
        key: 'when',
        title: t('records.when'),
        leastPx: 112,
        share: 0,
        sortBy: ({ madeAtMs }) => madeAtMs,
        cell: ({ madeAtMs }) => <When atMs={madeAtMs} />,
      },
    ];
  }, [t, i18n.language]);
}
