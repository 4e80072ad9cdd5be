// What a rule's trigger, conditions and actions may be chosen from: the project's dispositions and fields, the company's
// order statuses, people, modes and their own buttons. Asked once for the page, and anew when one of them changes.
import { useCallback, useEffect, useMemo } from 'react';
import type { CustomField } from '#shared/domain/call-form.ts';
import type { DialUpSettings, FreeModeSettings, OrderStatus } from '#shared/domain/dial-up.ts';
import type { Disposition } from '#shared/domain/disposition.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { useClient, useLive, useMainEvent } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly extension: string;
}

export interface RuleChoices {
  readonly dispositions: readonly Disposition[];
  readonly statuses: readonly OrderStatus[];
  readonly people: readonly Person[];
  /** Of the project's records. */
  readonly fields: readonly CustomField[];
  readonly freeModes: readonly FreeModeSettings[];
  /** By mode. */
  readonly extraButtons: DialUpSettings['modes'];
}

export interface AskedChoices {
  /** Undefined until all of them are here. */
  readonly choices: RuleChoices | undefined;
  readonly refusal: string | null;
}

const kinds: ReadonlySet<string> = new Set(['dispositions', 'orderStatuses', 'callForms', 'dialUp']);

export function useRuleChoices(projectId: ProjectId): AskedChoices {
  const client = useClient();
  const users = useAdminList('users');
  const { answer, refusal, again } = useAsked(
    useCallback(async () => {
      const [dispositions, statuses, callForm, freeModes, dialUp] = await Promise.all([
        client.call('admin.dispositions.get', { projectId }),
        client.call('admin.orderStatuses.get', null),
        client.call('admin.callForms.get', { projectId }),
        client.call('admin.dialUp.freeModes', null),
        client.call('admin.dialUp.get', { projectId }),
      ]);
      return {
        dispositions: dispositions.dispositions,
        statuses: statuses.statuses,
        fields: callForm.form.customFields,
        freeModes: freeModes.modes,
        extraButtons: dialUp.settings.modes,
      };
    }, [client, projectId]),
  );
  useMainEvent('admin.changed', ({ kind }) => {
    if (kinds.has(kind)) again();
  });
  const online = useLive('network').state === 'online';
  useEffect(() => {
    if (online) again();
  }, [online, again]);
  const choices = useMemo(
    () =>
      answer &&
      users.answer && {
        ...answer,
        people: users.answer.map((user) => ({
          id: user.userId as string,
          name: `${user.firstName} ${user.lastName}`.trim() || user.username,
          extension: user.extension,
        })),
      },
    [answer, users.answer],
  );
  return { choices, refusal: refusal ?? users.refusal };
}
