// Whether a call can be saved as it stands, and if not, why: said before Save is tried. Main decides in the end.
import type { Disposition } from '#shared/domain/disposition.ts';
import type { DispositionId } from '#shared/domain/ids.ts';

export type SaveObstacle = 'dispositionRequired' | 'dispositionGone' | 'noteRequired';

/** @param dispositions those of the call's project; where there are none, none is asked for. */
export function saveObstacle(
  draft: { readonly note: string; readonly dispositionId: DispositionId | null },
  dispositions: readonly Disposition[],
  dispositionRequired: boolean,
): SaveObstacle | null {
  const chosen = dispositions.find((each) => each.id === draft.dispositionId);
  if (!chosen && dispositions.length > 0) {
    if (draft.dispositionId !== null) return 'dispositionGone';
    if (dispositionRequired) return 'dispositionRequired';
  }
  if (chosen?.noteRequired && draft.note.trim() === '') return 'noteRequired';
  return null;
}
