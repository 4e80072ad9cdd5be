// A call of the inbox that is still to finish: the same note, dispositions and Save as in the call box.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '#shared/desktop/history-contract.ts';
import type { DraftView } from '#shared/domain/call-view.ts';
import { useClient, useLive } from '../client/desktop-context.tsx';
import { useAsked } from '../client/use-asked.ts';
import { SaveBar } from '../features/wrap-up/save-bar.tsx';
import { saveObstacle } from '../features/wrap-up/save-readiness.ts';
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
  const dispositions = useLive('dispositions').filter((each) => each.projectId === entry.projectId);
  const draft = useDraft(initial);
  const finish = useFinishCall(entry.callId, () => draft.keeper.flush());
  const obstacle = saveObstacle(draft, dispositions, entry.dispositionRequired);
  useWrapUpKeys({
    dispositions,
    onChoose: (id) => draft.keeper.setDisposition(id),
    onSave: () => {
      if (obstacle === null) void finish.save();
    },
  });
  return (
    <div className={styles.form}>
      <NoteField draft={draft} roomy />
      <DispositionPicker
        dispositions={dispositions}
        chosen={draft.dispositionId}
        onChoose={(id) => draft.keeper.setDisposition(id)}
        optional={!entry.dispositionRequired}
      />
      <SaveBar finish={finish} obstacle={obstacle} />
    </div>
  );
}
