// Whether a call can be saved as it stands, and if not, why: said before Save is tried. Main decides in the end.

import type { CallFormView } from '#shared/domain/call-form-view.ts';
import type { Disposition } from '#shared/domain/disposition.ts';
import type { DispositionId } from '#shared/domain/ids.ts';

export type SaveObstacle = 'dispositionRequired' | 'dispositionGone' | 'noteRequired' | FormObstacle;
type FormObstacle = 'recordGone' | 'fieldsMissing' | 'fieldsInvalid';

/** @param dispositions those of the call's project; where there are none, none is asked for. */
export function saveObstacle(
  draft: { readonly note: string; readonly dispositionId: DispositionId | null },
  dispositions: readonly Disposition[],
  dispositionRequired: boolean,
  form: Pick<CallFormView, 'problems' | 'chosenGone'> | null,
): SaveObstacle | null {
  const chosen = dispositions.find((each) => each.id === draft.dispositionId);
  if (!chosen && dispositions.length > 0) {
    if (draft.dispositionId !== null) return 'dispositionGone';
    if (dispositionRequired) return 'dispositionRequired';
  }
  if (chosen?.noteRequired && draft.note.trim() === '') return 'noteRequired';
  if (form?.chosenGone) return 'recordGone';
  if (!form || form.problems.length === 0) return null;
  return form.problems.every(({ problem }) => problem === 'required') ? 'fieldsMissing' : 'fieldsInvalid';
}

/** Mended in the form alone. */
export function isOfForm(obstacle: SaveObstacle | null): boolean {
  return obstacle === 'recordGone' || isOfFields(obstacle);
}

/** What the form's own fields say better; and what main may know to be mended by what was typed a moment ago. */
export function isOfFields(obstacle: SaveObstacle | null): boolean {
  return obstacle === 'fieldsMissing' || obstacle === 'fieldsInvalid';
}
