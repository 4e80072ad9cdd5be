// A call of the inbox that is still to finish: the same note, dispositions and Save as in the call box.
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '#shared/desktop/history-contract.ts';
import type { CallFormView } from '#shared/domain/call-form-view.ts';
import type { DraftView } from '#shared/domain/call-view.ts';
import { useClient, useLive, useMainEvent } from '../client/desktop-context.tsx';
import { useAsked } from '../client/use-asked.ts';
import { CallForm } from '../features/call-form/call-form.tsx';
import { useMissingText } from '../features/call-form/use-missing-text.ts';
import { SaveBar, type SaveBarProps } from '../features/wrap-up/save-bar.tsx';
import { isOfFields, saveObstacle } from '../features/wrap-up/save-readiness.ts';
import { useFinishCall } from '../features/wrap-up/use-finish-call.ts';
import { useWrapUpKeys } from '../features/wrap-up/use-wrap-up-keys.ts';
import { NoteField } from '../features/write-note/note-field.tsx';
import { useDraft } from '../features/write-note/use-draft.ts';
import { CallBackButton } from '../parts/call-back-button.tsx';
import { CutOffNotice } from '../parts/cut-off-notice.tsx';
import { DetailPage } from '../parts/detail-page.tsx';
import { DispositionPicker } from '../parts/disposition-picker.tsx';
import { Notice } from '../parts/notice.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { When } from '../parts/time.tsx';
import styles from './finish-detail.module.css';
import { focusFirstProblem } from './first-problem.ts';

export function FinishDetail({ entry }: { readonly entry: HistoryEntry }) {
  const { t } = useTranslation();
  const client = useClient();
  const { callId } = entry;
  const draft = useAsked(useCallback(() => client.call('drafts.get', { callId }), [client, callId]));
  return (
    <DetailPage
      remote={entry.remote}
      line={
        <>
          {[t('inbox.toFinishTitle'), entry.projectName].filter(Boolean).join(' · ')} ·{' '}
          <When atMs={entry.startedAtMs} />
        </>
      }
      actions={<CallBackButton remote={entry.remote} quiet />}
    >
      <Notice tone="warn">{t('inbox.toFinishHint')}</Notice>
      <CutOffNotice call={entry} />
      <RefusalNotice reason={draft.refusal} />
      {draft.answer && <FinishForm entry={entry} initial={draft.answer} />}
    </DetailPage>
  );
}

function FinishForm({ entry, initial }: { readonly entry: HistoryEntry; readonly initial: DraftView }) {
  const client = useClient();
  const { callId } = entry;
  const dispositions = useLive('dispositions').filter((each) => each.projectId === entry.projectId);
  const draft = useDraft(initial);
  const asked = useAsked(useCallback(() => client.call('calls.form', { callId }), [client, callId]));
  useMainEvent('drafts.changed', (changed) => {
    if (changed.callId === callId) asked.again();
  });
  useMainEvent('records.changed', asked.again);
  useMainEvent('callForms.changed', asked.again);
  const root = useRef<HTMLDivElement>(null);
  const finish = useFinishCall(callId, () => draft.keeper.flush());
  const form = asked.answer ?? null;
  const obstacle = saveObstacle(draft, dispositions, entry.dispositionRequired, form);
  const save = async () => {
    if (obstacle !== null && !isOfFields(obstacle)) return;
    await finish.save();
    focusFirstProblem(root.current);
  };
  useWrapUpKeys({
    dispositions,
    onChoose: (id) => draft.keeper.setDisposition(id),
    onSave: () => void save(),
  });
  return (
    <div ref={root} className={styles.form}>
      <RefusalNotice reason={asked.refusal} />
      {form && (
        <CallForm
          call={entry}
          form={form}
          control={{ draft: draft.form, change: (part) => draft.keeper.setForm(part) }}
          showMissing
        >
          <NoteField draft={draft} />
          <DispositionPicker
            dispositions={dispositions}
            chosen={draft.dispositionId}
            onChoose={(id) => draft.keeper.setDisposition(id)}
            optional={!entry.dispositionRequired}
          />
        </CallForm>
      )}
      {form && (
        <Saving form={form} finish={{ ...finish, save }} obstacle={isOfFields(obstacle) ? null : obstacle} />
      )}
    </div>
  );
}

function Saving({ form, ...props }: SaveBarProps & { readonly form: CallFormView }) {
  return <SaveBar {...props} missing={useMissingText(form)} />;
}
