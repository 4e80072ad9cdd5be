// The form of the current call in the detail side, with the call's note, disposition and Save: what the call box has, and
// the record besides. It takes no focus by itself.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '#shared/domain/call-view.ts';
import { useLive } from '../client/desktop-context.tsx';
import { CallForm } from '../features/call-form/call-form.tsx';
import { useFormTitle } from '../features/call-form/use-form-title.ts';
import { useMissingText } from '../features/call-form/use-missing-text.ts';
import { SaveBar } from '../features/wrap-up/save-bar.tsx';
import { isOfFields, saveObstacle } from '../features/wrap-up/save-readiness.ts';
import { useFinishCall } from '../features/wrap-up/use-finish-call.ts';
import { useWrapUpKeys } from '../features/wrap-up/use-wrap-up-keys.ts';
import { NoteField } from '../features/write-note/note-field.tsx';
import { useDraft } from '../features/write-note/use-draft.ts';
import { IconButton } from '../parts/button.tsx';
import { DispositionPicker } from '../parts/disposition-picker.tsx';
import { IconX } from '../parts/icons.ts';
import { focusFirstProblem } from './first-problem.ts';
import styles from './form-detail.module.css';

export interface FormDetailProps {
  readonly call: CallView;
  onPutAside(): void;
}

export function FormDetail({ call, onPutAside }: FormDetailProps) {
  const { t } = useTranslation('form');
  const title = useFormTitle()(call, call.form);
  const missing = useMissingText(call.form);
  const root = useRef<HTMLElement>(null);
  const dispositions = useLive('dispositions').filter((each) => each.projectId === call.projectId);
  const draft = useDraft(call.draft);
  const finish = useFinishCall(call.callId, () => draft.keeper.flush());
  const wrapUp = call.phase === 'wrapUp';
  const obstacle = saveObstacle(draft, dispositions, call.dispositionRequired, call.form);
  const save = async () => {
    if (obstacle !== null && !isOfFields(obstacle)) return;
    await finish.save();
    focusFirstProblem(root.current);
  };
  useWrapUpKeys(
    wrapUp
      ? {
          dispositions,
          onChoose: (id) => draft.keeper.setDisposition(id),
          onSave: () => void save(),
        }
      : null,
  );
  return (
    <article ref={root} className={styles.page} aria-label={title}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        <IconButton icon={IconX} label={t('putAside')} onClick={onPutAside} />
      </header>
      <div className={styles.body}>
        <CallForm
          call={call}
          form={call.form}
          control={{ draft: draft.form, change: (part) => draft.keeper.setForm(part) }}
          showMissing={wrapUp}
        >
          <NoteField draft={draft} />
          {wrapUp && (
            <DispositionPicker
              dispositions={dispositions}
              chosen={draft.dispositionId}
              onChoose={(id) => draft.keeper.setDisposition(id)}
              optional={!call.dispositionRequired}
            />
          )}
        </CallForm>
      </div>
      {wrapUp && (
        <footer className={styles.foot}>
          <SaveBar
            finish={{ ...finish, save }}
            obstacle={isOfFields(obstacle) ? null : obstacle}
            missing={missing}
          />
        </footer>
      )}
    </article>
  );
}
