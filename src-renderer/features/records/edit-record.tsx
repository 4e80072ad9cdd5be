// A record being changed, where it stands. Only what was changed is told, beside what it was, so that what others change
// meanwhile stays theirs.
import { useTranslation } from 'react-i18next';
import { recordName, type WholeRecord } from '#shared/domain/record.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import type { RecordDraft } from './kept.ts';
import { contentOf, madeChange, tidied } from './record-changes.ts';
import { RecordForm } from './record-form.tsx';

export interface EditRecordProps {
  readonly record: WholeRecord;
  readonly draft: RecordDraft | null;
  onDraft(draft: RecordDraft | null): void;
  onDone(): void;
}

export function EditRecord({ record, draft, onDraft, onDone }: EditRecordProps) {
  const { t } = useTranslation('records');
  const change = useCommand('records.change');
  const { before, values } = draft ?? { before: contentOf(record), values: contentOf(record) };
  const save = async () => {
    const made = madeChange(before, tidied(values));
    if (made === null) return onDone();
    const saved = await change.run({ recordId: record.id, ...made });
    if (saved) onDone();
  };
  return (
    <RecordForm
      values={values}
      typed={draft !== null && madeChange(before, tidied(values)) !== null}
      saveWord={t('record.save')}
      problem={recordName(values) === '' && recordName(before) !== '' ? t('record.nameNeeded') : null}
      running={change.running}
      refusal={change.refusal}
      onChange={(next) => onDraft({ before, values: { ...values, ...next } })}
      onSave={() => void save()}
      onCancel={onDone}
    />
  );
}
