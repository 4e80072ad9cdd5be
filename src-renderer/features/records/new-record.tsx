// A record that is being written, of the kind that its list is of; kept as it is typed until it is created or discarded.
import { useTranslation } from 'react-i18next';
import type { ListName } from '#shared/desktop/records-contract.ts';
import type { RecordId } from '#shared/domain/ids.ts';
import { emptyRecordContent, type RecordContent, recordName } from '#shared/domain/record.ts';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import { useKept } from './kept.ts';
import { tidied } from './record-changes.ts';
import styles from './record-detail.module.css';
import { RecordForm } from './record-form.tsx';

export interface NewRecordProps {
  readonly list: ListName;
  /** With the record that was created; null where it was called off. */
  onDone(created: RecordId | null): void;
}

export function NewRecord({ list, onDone }: NewRecordProps) {
  const { t } = useTranslation('records');
  const session = useLive('session');
  const create = useCommand('records.create');
  const [kept, keep] = useKept<RecordContent>(`new:${list}`);
  const projectId = session.state === 'signedIn' ? session.open.primaryId : null;
  const values: RecordContent = kept ?? {
    ...emptyRecordContent,
    kind: list === 'leads' ? 'lead' : 'contact',
    projectId,
    numbers: [{ number: '', extension: '', label: 'main' }],
  };
  const save = async () => {
    const created = await create.run({ content: tidied(values) });
    if (!created) return;
    keep(null);
    onDone(created.record.id);
  };
  return (
    <div className={styles.page}>
      <h2 className={styles.name}>{t(list === 'leads' ? 'record.newLead' : 'record.newContact')}</h2>
      <RecordForm
        values={values}
        typed={kept !== null}
        saveWord={t('record.create')}
        problem={recordName(values) === '' ? t('record.nameNeeded') : null}
        running={create.running}
        refusal={create.refusal}
        onChange={(next) => keep({ ...values, ...next })}
        onSave={() => void save()}
        onCancel={() => {
          keep(null);
          onDone(null);
        }}
      />
    </div>
  );
}
