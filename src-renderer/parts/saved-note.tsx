// A note being typed, with its mark: saved (only what is on disk), saving, or not saved and why. How it gets to disk is
// the owner's: the note of a call, or of an order.
import { type Ref, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useRefusalText } from '../client/use-refusal-text.ts';
import { useFormat } from '../i18n/use-format.ts';
import { IconAlertTriangle, IconCheck } from './icons.ts';
import styles from './saved-note.module.css';

export interface NoteOnItsWay {
  readonly note: string;
  /** When what is shown was on disk; null where nothing was written yet. */
  readonly savedAtMs: number | null;
  readonly state: 'kept' | 'writing' | 'failed';
  /** Why the last write failed; null unless `state` is 'failed'. */
  readonly refusal: string | null;
}

export interface SavedNoteProps {
  readonly label: string;
  readonly placeholder: string;
  readonly note: NoteOnItsWay;
  readonly ref?: Ref<HTMLTextAreaElement> | undefined;
  readonly disabled?: boolean | undefined;
  /** roomy: the note is the main thing. */
  readonly roomy?: boolean | undefined;
  /** As aria-keyshortcuts has it. */
  readonly shortcut?: string;
  onType(note: string): void;
  /** The keyboard leaves it: what is typed is to be written now. */
  onLeave(): void;
}

export function SavedNote(props: SavedNoteProps) {
  const { label, placeholder, note, ref, disabled, roomy, shortcut, onType, onLeave } = props;
  const id = useId();
  const text = useRefusalText();
  return (
    <div className={styles.field} data-failed={note.state === 'failed' || undefined}>
      <div className={styles.head}>
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
        <SavedMark note={note} id={`${id}-mark`} />
      </div>
      <textarea
        id={id}
        ref={ref}
        className={styles.text}
        data-roomy={roomy || undefined}
        value={note.note}
        maxLength={100_000}
        disabled={disabled}
        placeholder={placeholder}
        aria-describedby={`${id}-mark`}
        aria-invalid={note.state === 'failed' || undefined}
        aria-keyshortcuts={shortcut}
        onChange={(event) => onType(event.currentTarget.value)}
        onBlur={onLeave}
      />
      <div role="alert" className={styles.failed}>
        {note.refusal === null ? null : text(note.refusal)}
      </div>
    </div>
  );
}

function SavedMark({ note, id }: { readonly note: NoteOnItsWay; readonly id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (note.state === 'failed') {
    return (
      <span id={id} className={styles.mark} data-tone="bad">
        <IconAlertTriangle size={14} stroke={2} aria-hidden="true" />
        {t('note.notSaved')}
      </span>
    );
  }
  if (note.state === 'writing') {
    return (
      <span id={id} className={styles.mark}>
        {t('note.saving')}
      </span>
    );
  }
  if (note.savedAtMs === null) {
    return (
      <span id={id} className={styles.mark}>
        {t('note.empty')}
      </span>
    );
  }
  return (
    <span id={id} className={styles.mark} data-tone="good">
      <IconCheck size={14} stroke={2.25} aria-hidden="true" />
      <span className="oh-figures">{t('note.saved', { time: format.time(note.savedAtMs) })}</span>
    </span>
  );
}
