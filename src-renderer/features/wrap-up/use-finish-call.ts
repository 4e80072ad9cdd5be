// Save: first the draft goes to disk, then main finalises the log. A refusal stays on screen until the next try.
import { useState } from 'react';
import type { CallId } from '#shared/domain/ids.ts';
import { useCommand } from '../../client/desktop-context.tsx';

export interface FinishCall {
  save(): Promise<void>;
  readonly saving: boolean;
  readonly refusal: string | null;
}

/** @param flush writes the draft; false where it could not be written (the note field says why). */
export function useFinishCall(callId: CallId, flush: () => Promise<boolean>): FinishCall {
  const finish = useCommand('calls.finish');
  const [flushing, setFlushing] = useState(false);
  return {
    async save() {
      if (flushing || finish.running) return;
      setFlushing(true);
      const written = await flush();
      setFlushing(false);
      if (written) await finish.run({ callId });
    },
    saving: flushing || finish.running,
    refusal: finish.refusal,
  };
}
