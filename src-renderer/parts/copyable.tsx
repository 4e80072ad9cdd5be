// A value that must go elsewhere as it is: selectable, and copied with one click.
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import styles from './copyable.module.css';
import { useCopy } from './use-copy.ts';

export function Copyable({ label, value }: { readonly label: string; readonly value: string }) {
  const { t } = useTranslation('admin');
  const { ref: text, copied, copy } = useCopy();
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <div className={styles.label}>{label}</div>
        <code ref={text} className={styles.value}>
          {value}
        </code>
      </div>
      <Button size="small" aria-label={`${t('common.copy')}: ${label}`} onClick={copy}>
        {t(copied ? 'common.copied' : 'common.copy')}
      </Button>
    </div>
  );
}
