// Whether a call can be saved as it stands, and if not, why: said before Save is tried. Main decides in the end.
import type { Disposition } from '#shared/domain/disposition.ts';
import type { DispositionId } from '#shared/domain/ids.ts';

export type SaveObstacle = 'dispositionRequired' | 'noteRequired';

export function saveObstacle(
  draft: { readonly note: string; readonly dispositionId: DispositionId | null },
  dispositions: readonly Disposition[],
  dispositionRequired: boolean,
): SaveObstacle | null {
  if (dispositionRequired && draft.dispositionId === null) return 'dispositionRequired';
  const chosen = dispositions.find((each) => each.id === draft.dispositionId);
  if (chosen?.noteRequired && draft.note.trim() === '') return 'noteRequired';
  return null;
}
