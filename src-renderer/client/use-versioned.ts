// One thing of the admin window that is edited and saved as a whole, as the hub has it now: asked when it is first shown,
// and anew when somebody has changed something of its kind and when the hub is back.
import { useEffect, useState } from 'react';
import type { DesktopContract } from '#shared/desktop/desktop-contract.ts';
import type { EventOf } from '#shared/wire/contract.ts';
import { useLive, useMainEvent } from './desktop-context.tsx';
import { useAsked } from './use-asked.ts';

export interface Versioned<V> {
  /** Undefined until the first answer. */
  readonly latest: V | undefined;
  readonly refusal: string | null;
  again(): void;
  /** What saving has answered; the hub's own word follows. */
  put(saved: V): void;
}

/** What `admin.changed` tells of. */
export type VersionedKind = EventOf<DesktopContract, 'admin.changed'>['kind'];

/** @param ask the same function from one drawing to the next. Give the component a `key` for each thing. */
export function useVersioned<V extends { readonly version: number }>(
  ask: () => Promise<V>,
  kind: VersionedKind,
): Versioned<V> {
  const { answer, refusal, again } = useAsked(ask);
  const [saved, setSaved] = useState<V | null>(null);
  const online = useLive('network').state === 'online';
  useMainEvent('admin.changed', (changed) => {
    if (changed.kind === kind) again();
  });
  useEffect(() => {
    if (online) again();
  }, [online, again]);
  const latest = saved && (!answer || saved.version > answer.version) ? saved : answer;
  return { latest, refusal, again, put: setSaved };
}
