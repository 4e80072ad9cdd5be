// A record being changed, where it stands. Only what was changed is told, beside what it was, so that what others change
// meanwhile stays theirs.
import { useTranslation } from 'react-i18next';
import { recordName, type WholeRecord } from '#shared/domain/record.ts';
import type { RecordDraft } from '#shared/domain/record-draft.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { contentOf, madeChange } from './record-changes.ts';
import { RecordForm } from './record-form.tsx';
import { filledFrom } from './record-form-fields.ts';
import { useCustomFields } from './use-custom-fields.ts';
import type { Unsaved } from './use-unsaved.ts';

export interface EditRecordProps {
  readonly record: WholeRecord;
  readonly unsaved: Unsaved<RecordDraft>;
  onDone(): void;
}

export function EditRecord({ record, unsaved, onDone }: EditRecordProps) {
  const { t } = useTranslation('records');
  const change = useCommand('records.change');
  const draft: RecordDraft = unsaved.value ?? {
    before: contentOf(record),
    values: contentOf(record),
    typed: {},
  };
  const { before, values } = draft;
  const customFields = useCustomFields(values.projectId);
  const { content, problems } = filledFrom(draft, customFields, false);
  const made = madeChange(before, content);
  const save = async () => {
    if (made === null) return onDone();
    const saved = await change.run({ recordId: record.id, ...made });
    if (saved) onDone();
  };
  return (
    <RecordForm
      draft={draft}
      customFields={customFields}
      problems={problems}
      // What cannot be read is no change, and still typed.
      typed={unsaved.value !== null && (made !== null || problems.length > 0)}
      saveWord={t('record.save')}
      problem={recordName(content) === '' && recordName(before) !== '' ? t('record.nameNeeded') : null}
      running={change.running}
      refusal={change.refusal ?? unsaved.refusal}
      onChange={(next) => unsaved.keep({ ...draft, ...next })}
      onSave={() => void save()}
      onCancel={onDone}
    />
  );
}
