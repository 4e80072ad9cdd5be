// A record that is being written, of the kind that its list is of; kept as it is typed until it is created or discarded.
import { useTranslation } from 'react-i18next';
import type { ListName } from '#shared/desktop/records-contract.ts';
import type { RecordId } from '#shared/domain/ids.ts';
import { emptyRecordContent, recordName } from '#shared/domain/record.ts';
import { type NewRecordDraft, newRecordDraft } from '#shared/domain/record-draft.ts';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import styles from './record-detail.module.css';
import { RecordForm } from './record-form.tsx';
import { filledFrom } from './record-form-fields.ts';
import { useCustomFields } from './use-custom-fields.ts';
import { useUnsaved } from './use-unsaved.ts';

export interface NewRecordProps {
  readonly list: ListName;
  /** With the record that was created; null where it was called off. */
  onDone(created: RecordId | null): void;
}

export function NewRecord({ list, onDone }: NewRecordProps) {
  const { t } = useTranslation('records');
  const session = useLive('session');
  const create = useCommand('records.create');
  const unsaved = useUnsaved(`new:${list}`, null, newRecordDraft);
  const projectId = session.state === 'signedIn' ? session.open.primaryId : null;
  const draft: NewRecordDraft = unsaved.value ?? {
    values: {
      ...emptyRecordContent,
      kind: list === 'leads' ? 'lead' : 'contact',
      projectId,
      numbers: [{ number: '', extension: '', label: 'main' }],
    },
    typed: {},
  };
  const customFields = useCustomFields(draft.values.projectId);
  const { content, problems } = filledFrom(draft, customFields, true);
  const save = async () => {
    const created = await create.run({ content });
    if (!created) return;
    unsaved.end();
    onDone(created.record.id);
  };
  return (
    <div className={styles.page}>
      <h2 className={styles.name}>{t(list === 'leads' ? 'record.newLead' : 'record.newContact')}</h2>
      <RecordForm
        draft={draft}
        customFields={customFields}
        problems={problems}
        typed={unsaved.value !== null}
        saveWord={t('record.create')}
        problem={recordName(content) === '' ? t('record.nameNeeded') : null}
        running={create.running}
        refusal={create.refusal ?? unsaved.refusal}
        onChange={(next) => unsaved.keep({ ...draft, ...next })}
        onSave={() => void save()}
        onCancel={() => {
          unsaved.end();
          onDone(null);
        }}
      />
    </div>
  );
}
