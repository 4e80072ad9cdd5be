// Somebody else changed what is being edited: each field that both have changed, with both values, to be decided before
// saving; and the names of those that were taken over because nobody typed in them here.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import styles from './changed-meanwhile.module.css';
import { Notice } from './notice.tsx';
import type { Edit } from './use-edit.ts';

export interface ChangedMeanwhileProps<V extends object> {
  readonly edit: Edit<V>;
  label(field: keyof V & string): string;
  /** A field's value as people read it. */
  show(field: keyof V & string, value: V[keyof V & string]): ReactNode;
}

/** Draws nothing while nobody else has changed anything. Saving waits while `edit.conflicts` has any. */
export function ChangedMeanwhile<V extends object>({ edit, label, show }: ChangedMeanwhileProps<V>) {
  const { t } = useTranslation('admin');
  const { conflicts, takenOver } = edit;
  if (conflicts.length === 0 && takenOver.length === 0) return null;
  return (
    <Notice tone="warn" title={t('meanwhile.title')}>
      {takenOver.length > 0 && <p>{t('meanwhile.takenOver', { fields: takenOver.map(label).join(', ') })}</p>}
      {conflicts.length > 0 && (
        <>
          <p>{t('meanwhile.decide')}</p>
          {conflicts.map(({ field, theirs }) => (
            <section key={field} className={styles.conflict} aria-label={label(field)}>
              <div className={styles.field}>{label(field)}</div>
              <dl className={styles.values}>
                <div>
                  <dt>{t('meanwhile.theirs')}</dt>
                  <dd>{show(field, theirs)}</dd>
                </div>
                <div>
                  <dt>{t('meanwhile.mine')}</dt>
                  <dd>{show(field, edit.values[field])}</dd>
                </div>
              </dl>
              <div className={styles.buttons}>
                <Button size="small" onClick={() => edit.settle(field, 'theirs')}>
                  {t('meanwhile.takeTheirs')}
                </Button>
                <Button size="small" onClick={() => edit.settle(field, 'mine')}>
                  {t('meanwhile.keepMine')}
                </Button>
              </div>
            </section>
          ))}
        </>
      )}
    </Notice>
  );
}
