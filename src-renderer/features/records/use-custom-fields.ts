// The fields that a project defines for its records, beside those that every record has.
import type { CustomField } from '#shared/domain/call-form.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useLive } from '../../client/desktop-context.tsx';

const none: readonly CustomField[] = [];

export function useCustomFields(projectId: ProjectId | null): readonly CustomField[] {
  const forms = useLive('callForms');
  if (projectId === null) return none;
  return forms.find((each) => each.projectId === projectId)?.form.customFields ?? none;
}
