// The note of the order on the desk, on its way to disk, for the component that shows it.
import { useEffect, useState } from 'react';
import type { WorkedOrder } from '#shared/desktop/dial-up-contract.ts';
import { useClient } from '../../client/desktop-context.tsx';
import { DiskKeeper } from '../../parts/disk-keeper.ts';
import type { NoteOnItsWay } from '../../parts/saved-note.tsx';
import { useDiskKeeper } from '../../parts/use-disk-keeper.ts';

type NoteKeeper = DiskKeeper<{ readonly note: string }>;

/** To be keyed by the lease: another order has another note. */
export function useOrderNote({ leased, draft }: Pick<WorkedOrder, 'leased' | 'draft'>): {
  readonly note: NoteOnItsWay;
  readonly keeper: NoteKeeper;
} {
  const client = useClient();
  const { id: orderId } = leased.order;
  const { note: told, savedAtMs } = draft;
  const [keeper] = useState(
    (): NoteKeeper =>
      new DiskKeeper(
        { values: { note: told }, savedAtMs },
        {
          async write(_changed, { note }) {
            await client.call('dialUp.changeDraft', { orderId, note });
            return { values: { note }, savedAtMs: Date.now() };
          },
          isFinal: (refusal) => refusal === 'notNow',
        },
      ),
  );
  const note = useDiskKeeper(keeper);
  useEffect(() => keeper.meet({ values: { note: told }, savedAtMs }), [keeper, told, savedAtMs]);
  return { note, keeper };
}
