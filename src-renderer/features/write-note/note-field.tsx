// The note of a call with its mark: saved (only what is on disk), saving, or not saved and why.
import { type Ref, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useRefusalText } from '../../client/use-refusal-text.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { IconAlertTriangle, IconCheck } from '../../parts/icons.ts';
import styles from './note-field.module.css';
import type { Draft } from './use-draft.ts';

export interface NoteFieldProps {
  readonly draft: Draft;
  readonly ref?: Ref<HTMLTextAreaElement>;
  readonly disabled?: boolean;
  /** roomy: the note is the main thing. */
  readonly roomy?: boolean;
}

export function NoteField({ draft, ref, disabled, roomy }: NoteFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className={styles.field} data-failed={draft.state === 'failed' || undefined}>
      <div className={styles.head}>
        <label htmlFor={id} className={styles.label}>
          {t('note.label')}
        </label>
        <SavedMark draft={draft} id={`${id}-mark`} />
      </div>
      <textarea
        id={id}
        ref={ref}
        className={styles.text}
        data-roomy={roomy || undefined}
        value={draft.note}
        maxLength={100_000}
        disabled={disabled}
        placeholder={t('note.placeholder')}
        aria-describedby={`${id}-mark`}
        aria-invalid={draft.state === 'failed' || undefined}
        onChange={(event) => draft.keeper.setNote(event.currentTarget.value)}
        onBlur={() => void draft.keeper.flush()}
      />
      <FailedWrite draft={draft} />
    </div>
  );
}

function SavedMark({ draft, id }: { readonly draft: Draft; readonly id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (draft.state === 'failed') {
    return (
      <span id={id} className={styles.mark} data-tone="bad">
        <IconAlertTriangle size={14} stroke={2} aria-hidden="true" />
        {t('note.notSaved')}
      </span>
    );
  }
  if (draft.state === 'writing') {
    return (
      <span id={id} className={styles.mark}>
        {t('note.saving')}
      </span>
    );
  }
  if (draft.savedAtMs === null) {
    return (
      <span id={id} className={styles.mark}>
        {t('note.empty')}
      </span>
    );
  }
  return (
    <span id={id} className={styles.mark} data-tone="good">
      <IconCheck size={14} stroke={2.25} aria-hidden="true" />
      <span className="oh-figures">{t('note.saved', { time: format.time(draft.savedAtMs) })}</span>
    </span>
  );
}

function FailedWrite({ draft }: { readonly draft: Draft }) {
  const text = useRefusalText();
  return (
    <div role="alert" className={styles.failed}>
      {draft.refusal === null ? null : text(draft.refusal)}
    </div>
  );
}
