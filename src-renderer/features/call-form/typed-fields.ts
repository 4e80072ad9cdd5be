// What changes in the draft when somebody types into a field of the form. Pure. Called by about-record.tsx.
import type { FormDraft } from '#shared/domain/form-draft.ts';
import type { RecordId } from '#shared/domain/ids.ts';

/** Of a record that is made, and of one that there is. */
export type Target = 'new' | RecordId;

/**
 * @param shown what the field showed when nothing was typed into it: a field that is put back to it is not touched any more
 */
export function withTyped(
  draft: FormDraft,
  target: Target,
  field: string,
  typed: string,
  shown: string,
): Pick<FormDraft, 'typed' | 'seen'> {
  const before = draft.seen[target]?.[field] ?? shown;
  const { [field]: _typed, ...othersTyped } = draft.typed[target] ?? {};
  const { [field]: _seen, ...othersSeen } = draft.seen[target] ?? {};
  const untouched = typed === before;
  return {
    typed: { ...draft.typed, [target]: untouched ? othersTyped : { ...othersTyped, [field]: typed } },
    // Of a new record there is nothing that others could have changed.
    seen:
      target === 'new'
        ? draft.seen
        : { ...draft.seen, [target]: untouched ? othersSeen : { ...othersSeen, [field]: before } },
  };
}
