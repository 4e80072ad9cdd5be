// The note of a call with its mark: saved (only what is on disk), saving, or not saved and why.
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { SavedNote } from '../../parts/saved-note.tsx';
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
  return (
    <SavedNote
      label={t('note.label')}
      placeholder={t('note.placeholder')}
      note={draft}
      ref={ref}
      disabled={disabled}
      roomy={roomy}
      onType={(note) => draft.keeper.setNote(note)}
      onLeave={() => void draft.keeper.flush()}
    />
  );
}
