// Calls that were saved less than ten seconds ago, in this window or another: main's history says which.
import { useCallback, useEffect, useState } from 'react';
import type { HistoryEntry } from '#shared/desktop/history-contract.ts';
import type { CallId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { useClient, useMainEvent } from '../../client/desktop-context.tsx';
import { useNow } from '../../client/use-now.ts';

const recent = 5;

/** The call whose save can be undone now, the latest where there are several; null where there is none. */
export function useUndoable(): HistoryEntry | null {
  const client = useClient();
  const now = useNow(250);
  const [answers, setAnswers] = useState<readonly HistoryEntry[]>([]);
  const note = useCallback((entry: HistoryEntry) => {
    setAnswers((before) => {
      const others = before.filter((each) => each.callId !== entry.callId);
      return entry.state === 'undoable' ? [...others, entry] : others;
    });
  }, []);

  const ask = useCallback(
    async (callId: CallId | null) => {
      try {
        if (callId !== null) return note(await client.call('history.get', { callId }));
        const found = await client.call('history.search', { text: '', beforeMs: null, limit: recent });
        for (const entry of found.entries) note(entry);
      } catch (error) {
        // Without an answer nothing is offered to undo; the call stays as it is.
        if (!(error instanceof CommandFailed)) throw error;
        console.warn('What can be undone is not known', error.reason);
      }
    },
    [client, note],
  );
  useMainEvent('history.changed', ({ callId }) => void ask(callId));
  useEffect(() => void ask(null), [ask]);

  const open = answers.filter((entry) => (entry.undoUntilMs ?? 0) > now);
  return open.toSorted((a, b) => (b.undoUntilMs ?? 0) - (a.undoUntilMs ?? 0))[0] ?? null;
}
