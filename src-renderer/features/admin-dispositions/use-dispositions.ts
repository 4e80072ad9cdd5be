// A project's dispositions as the hub has them now: asked when the project is chosen, and anew when some have changed.
import { useCallback, useEffect, useState } from 'react';
import type { Disposition } from '#shared/domain/disposition.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useClient, useLive, useMainEvent } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';

export interface DispositionList {
  readonly version: number;
  readonly dispositions: readonly Disposition[];
}

export interface Dispositions {
  /** Undefined until the first answer. */
  readonly list: DispositionList | undefined;
  readonly refusal: string | null;
  again(): void;
  /** What saving has answered; the hub's own word follows. */
  put(list: DispositionList): void;
}

/** Give the component that uses it a `key` for each project. */
export function useDispositions(projectId: ProjectId): Dispositions {
  const client = useClient();
  const asked = useAsked(
    useCallback(() => client.call('admin.dispositions.get', { projectId }), [client, projectId]),
  );
  const [saved, setSaved] = useState<DispositionList | null>(null);
  const { again } = asked;
  const online = useLive('network').state === 'online';
  useMainEvent('admin.changed', ({ kind }) => {
    if (kind === 'dispositions') again();
  });
  useEffect(() => {
    if (online) again();
  }, [online, again]);
  const { answer } = asked;
  const list = saved && (!answer || saved.version > answer.version) ? saved : answer;
  return { list, refusal: asked.refusal, again, put: setSaved };
}
