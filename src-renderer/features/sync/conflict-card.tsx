// One change that met another: for each field that both have changed, both values side by side, and a choice. Nothing is
// chosen beforehand, so that nobody gives their own or the other's version away by a click too many.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordConflict } from '#shared/desktop/sync-view-contract.ts';
import { recordName } from '#shared/domain/record.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../parts/button.tsx';
import { OpenRecordButton } from '../../parts/open-record.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './conflict-card.module.css';
import { useFieldWords } from './use-field-words.ts';

type Side = 'mine' | 'theirs';

export function ConflictCard({ conflict }: { readonly conflict: RecordConflict }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const words = useFieldWords(conflict.theirs.projectId);
  const resolve = useCommand('sync.resolve');
  const [choices, setChoices] = useState<Readonly<Record<string, Side>>>({});
  const { clashes, mutationId, recordId, theirs } = conflict;
  const undecided = clashes.filter((field) => choices[field] === undefined).length;
  return (
    <section className={styles.card} aria-label={recordName(theirs)}>
      <header className={styles.head}>
        <div>
          <h3 className={styles.name}>{recordName(theirs) || t('list.noName')}</h3>
          <p className={styles.quiet}>{t('sync.madeAt', { time: format.dateTime(conflict.madeAtMs) })}</p>
        </div>
        <OpenRecordButton recordId={recordId} />
      </header>
      {clashes.length === 0 && <p>{t('sync.noClash')}</p>}
      {clashes.map((field) => {
        const was = words.value(field, conflict.before);
        const sides = [
          ['mine', t('sync.mine'), words.value(field, conflict.mine)],
          ['theirs', t('sync.theirs'), words.value(field, theirs)],
        ] as const;
        return (
          <fieldset key={field} className={styles.field}>
            <legend className={styles.legend}>
              {words.name(field)}
              {was !== '' && <span className={styles.was}>{t('sync.was', { value: was })}</span>}
            </legend>
            {sides.map(([side, title, value]) => (
              <label key={side} className={styles.side} data-chosen={choices[field] === side || undefined}>
                <input
                  type="radio"
                  name={`${mutationId}-${field}`}
                  checked={choices[field] === side}
                  onChange={() => setChoices({ ...choices, [field]: side })}
                />
                <span className={styles.sideWords}>
                  <span className={styles.sideTitle}>{title}</span>
                  <span className={styles.value} data-empty={value === '' || undefined}>
                    {value === '' ? t('sync.empty') : value}
                  </span>
                </span>
              </label>
            ))}
          </fieldset>
        );
      })}
      <RefusalNotice before="records" reason={resolve.refusal} />
      <div>
        <Button
          tone="accent"
          disabled={undecided > 0 || resolve.running}
          onClick={() => void resolve.run({ mutationId, choices })}
        >
          {t('sync.resolve')}
        </Button>
      </div>
    </section>
  );
}
