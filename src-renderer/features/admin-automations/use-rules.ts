// A project's rules as the hub has them: asked when the page is opened, anew when one has changed and when the hub is back.
// What a command has answered is shown at once; the hub's own word follows.
import { useCallback, useEffect, useState } from 'react';
import type { AutomationRule } from '#shared/domain/automation.ts';
import type { AutomationRuleId, ProjectId } from '#shared/domain/ids.ts';
import { useClient, useLive, useMainEvent } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';

export interface Rules {
  /** By name; undefined until the first answer. */
  readonly rules: readonly AutomationRule[] | undefined;
  readonly refusal: string | null;
  again(): void;
  put(rule: AutomationRule): void;
  drop(id: AutomationRuleId): void;
}

export function useRules(projectId: ProjectId): Rules {
  const client = useClient();
  const { answer, refusal, again } = useAsked(
    useCallback(() => client.call('admin.automations.list', { projectId }), [client, projectId]),
  );
  const [shown, setShown] = useState<readonly AutomationRule[] | undefined>(undefined);
  useEffect(() => setShown(answer), [answer]);
  useMainEvent('admin.changed', ({ kind }) => {
    if (kind === 'automations') again();
  });
  const online = useLive('network').state === 'online';
  useEffect(() => {
    if (online) again();
  }, [online, again]);
  return {
    rules: shown,
    refusal,
    again,
    put: (rule) => setShown((before) => [...(before ?? []).filter(({ id }) => id !== rule.id), rule]),
    drop: (id) => setShown((before) => before?.filter((each) => each.id !== id)),
  };
}
