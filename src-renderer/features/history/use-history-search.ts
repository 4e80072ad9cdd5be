// The history page by page, newest first, asked anew when main says that something in it changed.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { HistoryEntry } from '#shared/desktop/history-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { useClient, useMainEvent } from '../../client/desktop-context.tsx';

const pageSize = 60;

interface Found {
  readonly text: string;
  readonly entries: readonly HistoryEntry[];
  readonly more: boolean;
}

export interface HistorySearch {
  /** Null until the first answer. */
  readonly entries: readonly HistoryEntry[] | null;
  readonly more: boolean;
  readonly refusal: string | null;
  /** Asks for the next page, once at a time. */
  next(): void;
  again(): void;
}

export function useHistorySearch(text: string): HistorySearch {
  const client = useClient();
  const [found, setFound] = useState<Found | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const question = useRef(0);
  const asking = useRef(false);

  const ask = useCallback(
    async (before: readonly HistoryEntry[], limit: number) => {
      question.current += 1;
      const mine = question.current;
      asking.current = true;
      try {
        const beforeMs = before.at(-1)?.startedAtMs ?? null;
        const page = await client.call('history.search', { text: text.trim(), beforeMs, limit });
        if (mine !== question.current) return;
        const known = new Set(before.map((entry) => entry.callId));
        setFound({
          text,
          entries: [...before, ...page.entries.filter((entry) => !known.has(entry.callId))],
          more: page.more,
        });
        setRefusal(null);
      } catch (error) {
        if (!(error instanceof CommandFailed)) throw error;
        if (mine === question.current) setRefusal(error.reason);
      } finally {
        if (mine === question.current) asking.current = false;
      }
    },
    [client, text],
  );

  useEffect(() => void ask([], pageSize), [ask]);
  // As many as are shown already, so that the list does not jump back to its first page.
  const again = () => void ask([], Math.min(500, Math.max(pageSize, found?.entries.length ?? 0)));
  useMainEvent('history.changed', again);

  return {
    entries: found?.entries ?? null,
    more: found?.more ?? false,
    refusal,
    next() {
      if (found && found.text === text && found.more && !asking.current) void ask(found.entries, pageSize);
    },
    again,
  };
}
