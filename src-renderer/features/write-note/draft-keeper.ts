// The draft being typed for one call, on its way to disk. Read by useDraft.
import type { DraftView } from '#shared/domain/call-view.ts';
import type { FormDraft } from '#shared/domain/form-draft.ts';
import type { CallId, DispositionId } from '#shared/domain/ids.ts';
import type { DesktopClient } from '../../client/desktop-client.ts';
import { DiskKeeper, type OnDisk, type OnItsWay } from '../../parts/disk-keeper.ts';

type DraftParts = Pick<DraftView, 'note' | 'dispositionId' | 'form'>;
export type DraftSnapshot = DraftParts & OnItsWay;

export class DraftKeeper extends DiskKeeper<DraftParts> {
  constructor(client: DesktopClient, callId: CallId, initial: DraftView) {
    super(onDisk(initial), {
      write: async (changed) => onDisk(await client.call('drafts.change', { callId, ...changed })),
      isFinal: (refusal) => refusal === 'finished' || refusal === 'noSuchCall',
    });
  }

  setNote(note: string): void {
    this.change({ note });
  }

  setDisposition(dispositionId: DispositionId | null): void {
    this.change({ dispositionId });
    void this.flush();
  }

  /** What is chosen is written at once, what is typed as the note is. */
  setForm(change: Partial<FormDraft>): void {
    this.change({ form: { ...this.read().form, ...change } });
    const typed = change.typed !== undefined || change.subject !== undefined;
    if (!typed) void this.flush();
  }

  /** What main tells, from this window or another. What is being typed here wins until it is written. */
  adopt(view: DraftView): void {
    this.meet(onDisk(view));
  }
}

function onDisk({ note, dispositionId, form, savedAtMs }: DraftView): OnDisk<DraftParts> {
  return { values: { note, dispositionId, form }, savedAtMs };
}
