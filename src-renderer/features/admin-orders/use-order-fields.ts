// The fields that orders of a project have.
import { useCallback } from 'react';
import type { CustomField } from '#shared/domain/call-form.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useClient } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';

const none: readonly CustomField[] = [];

/** None where no project is chosen, and until they are known. */
export function useOrderFields(projectId: ProjectId | null): readonly CustomField[] {
  const client = useClient();
  const { answer } = useAsked(
    useCallback(async () => {
      if (projectId === null) return { of: projectId, fields: none };
      const { settings } = await client.call('admin.dialUp.get', { projectId });
      return { of: projectId, fields: settings.orderFields };
    }, [client, projectId]),
  );
  return answer?.of === projectId ? answer.fields : none;
}
