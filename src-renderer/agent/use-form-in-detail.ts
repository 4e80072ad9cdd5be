// Whether a call's form stands in the detail side, and whose: it opens by itself as main says, once for each call, but not
// where somebody is typing there just now; put aside, it comes back when asked for. Called by agent-window.tsx.
import { useCallback, useEffect, useState } from 'react';
import type { CallView } from '#shared/domain/call-view.ts';
import type { CallId } from '#shared/domain/ids.ts';
import { useLive } from '../client/desktop-context.tsx';
import { detailSideMark } from '../parts/detail-side.tsx';
import { isTyping } from '../parts/keyboard.ts';

export interface FormInDetail {
  /** Whose form stands there; null for none. */
  readonly call: CallView | null;
  /** Whose form could stand there; null where no call is before the agent. */
  readonly current: CallView | null;
  show(callId: CallId): void;
  putAside(): void;
}

export function useFormInDetail(): FormInDetail {
  const calls = useLive('calls');
  const [shown, setShown] = useState<CallId | null>(null);
  /** Calls whose form has opened by itself, or could not. */
  const [considered, setConsidered] = useState<ReadonlySet<CallId>>(new Set());
  const opens = calls.find((call) => call.form.open && !considered.has(call.callId))?.callId ?? null;
  useEffect(() => {
    if (opens === null) return;
    setConsidered((before) => new Set([...[...before].slice(-50), opens]));
    if (!typesInDetail()) setShown(opens);
  }, [opens]);
  // An order's call has the order's card.
  const own = calls.filter(({ orderId }) => orderId === null);
  return {
    call: calls.find((call) => call.callId === shown && call.phase !== 'ignored') ?? null,
    current:
      own.findLast((call) => call.phase !== 'ignored' && call.phase !== 'offered') ?? own.at(-1) ?? null,
    show: setShown,
    putAside: useCallback(() => setShown(null), []),
  };
}

function typesInDetail(): boolean {
  const at = document.activeElement;
  const [mark] = Object.keys(detailSideMark);
  return isTyping(at) && at?.closest(`[${mark}]`) !== null;
}
