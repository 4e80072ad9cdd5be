// What would become of a file if its import were started as it is set: told first, above the columns.
import { useTranslation } from 'react-i18next';
import styles from './import-verdict.module.css';
import { Notice } from './notice.tsx';

export interface ImportVerdictProps {
  readonly rows: number;
  /** Of these, those that cannot be taken in. */
  readonly badRows: number;
  /** At least one column is something. */
  readonly hasColumn: boolean;
  /** It was changed since, and the hub has not answered yet. */
  readonly looking: boolean;
}

export function ImportVerdict({ rows, badRows, hasColumn, looking }: ImportVerdictProps) {
  const { t } = useTranslation('admin');
  if (!hasColumn) return <Notice tone="warn">{t('csvImport.noColumn')}</Notice>;
  if (looking) return <Notice>{t('csvImport.looking')}</Notice>;
  if (badRows === 0) return <Notice>{t('csvImport.allGood')}</Notice>;
  if (badRows === rows) return <Notice tone="bad">{t('csvImport.allBad')}</Notice>;
  return <Notice tone="warn">{t('csvImport.badRows', { count: badRows })}</Notice>;
}

/** Until the hub has looked through the file for the first time. */
export function ImportLooking() {
  const { t } = useTranslation('admin');
  return (
    <p className={styles.looking} role="status">
      {t('csvImport.looking')}
    </p>
  );
}
