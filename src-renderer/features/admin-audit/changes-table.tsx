// What an entry has changed, field by field: what was taken away, what came, and what stayed of a list is left out.
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '#shared/admin/system-contract.ts';
import styles from './audit.module.css';
import { useAuditWords } from './audit-words.ts';

export function ChangesTable({ changes }: { readonly changes: NonNullable<AuditEntry['changes']> }) {
  const { t } = useTranslation('admin');
  const words = useAuditWords();
  return (
    <dl className={styles.changes}>
      {changes.map(({ field, before, after }) => {
        const was = words.lines(field, before);
        const is = words.lines(field, after);
        const gone = was.filter((line) => !is.includes(line));
        const come = is.filter((line) => !was.includes(line));
        const moved = gone.length === 0 && come.length === 0;
        return (
          <div key={field} className={styles.change}>
            <dt>{words.field(field)}</dt>
            <dd>
              {(moved ? was : gone).map((line, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines may be alike, and never move
                <div key={index} className={styles.before}>
                  <span className="oh-unseen">{t('audit.before')}: </span>
                  {line}
                </div>
              ))}
              {(moved ? is : come).map((line, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines may be alike, and never move
                <div key={index} className={styles.after}>
                  <span className="oh-unseen">{t('audit.after')}: </span>
                  {line}
                </div>
              ))}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
