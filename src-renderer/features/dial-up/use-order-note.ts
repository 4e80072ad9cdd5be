// The note of the order on the desk for the component that shows it; what is not on disk yet is written when it goes.
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { WorkedOrder } from '#shared/desktop/dial-up-contract.ts';
import { useClient } from '../../client/desktop-context.tsx';
import type { NoteOnItsWay } from '../../parts/saved-note.tsx';
import { OrderNoteKeeper } from './order-note-keeper.ts';

/** To be keyed by the lease: another order has another note. */
export function useOrderNote({ leased, draft }: Pick<WorkedOrder, 'leased' | 'draft'>): {
  readonly note: NoteOnItsWay;
  readonly keeper: OrderNoteKeeper;
} {
  const client = useClient();
  const { id: orderId } = leased.order;
  const [keeper] = useState(
    () =>
      new OrderNoteKeeper(
        async (note) => void (await client.call('dialUp.changeDraft', { orderId, note })),
        draft.note,
        draft.savedAtMs,
      ),
  );
  const note = useSyncExternalStore(keeper.subscribe, keeper.read);
  useEffect(() => keeper.adopt(draft.note, draft.savedAtMs), [keeper, draft.note, draft.savedAtMs]);
  useEffect(() => {
    const flush = () => void keeper.flush();
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [keeper]);
  return { note, keeper };
}
