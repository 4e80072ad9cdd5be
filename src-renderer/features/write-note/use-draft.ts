// The draft of one call for the components that edit it: the same keeper wherever the window shows it,
// so that it lives on from talking into wrap-up, and no keystroke is lost when a face changes.
import { useEffect } from 'react';
import type { DraftView } from '#shared/domain/call-view.ts';
import type { CallId } from '#shared/domain/ids.ts';
import type { DesktopClient } from '../../client/desktop-client.ts';
import { useClient, useMainEvent } from '../../client/desktop-context.tsx';
import { useDiskKeeper } from '../../parts/use-disk-keeper.ts';
import { DraftKeeper, type DraftSnapshot } from './draft-keeper.ts';

/** More than are on screen at once; a day has hundreds of calls, and each keeper has its note. */
const mostKeepers = 12;
const keepers = new WeakMap<DesktopClient, Map<CallId, DraftKeeper>>();

function keeperOf(client: DesktopClient, initial: DraftView): DraftKeeper {
  const ofClient = keepers.get(client) ?? new Map<CallId, DraftKeeper>();
  keepers.set(client, ofClient);
  const known = ofClient.get(initial.callId);
  if (known) return known;
  const made = new DraftKeeper(client, initial.callId, initial);
  forgetOldest(ofClient);
  ofClient.set(initial.callId, made);
  return made;
}

/** Those that nobody shows and whose text is on disk; main tells them again where such a call is shown later. */
function forgetOldest(ofClient: Map<CallId, DraftKeeper>): void {
  for (const [callId, keeper] of ofClient) {
    if (ofClient.size < mostKeepers) return;
    if (keeper.isAtRest) ofClient.delete(callId);
  }
}

export type Draft = DraftSnapshot & { readonly keeper: DraftKeeper };

/** @param initial the draft as main last told it; what is being typed here outlives later values. */
export function useDraft(initial: DraftView): Draft {
  const client = useClient();
  const keeper = keeperOf(client, initial);
  const snapshot = useDiskKeeper(keeper);
  useEffect(() => keeper.adopt(initial), [keeper, initial]);
  useMainEvent('drafts.changed', (view) => {
    if (view.callId === initial.callId) keeper.adopt(view);
  });
  return { ...snapshot, keeper };
}
