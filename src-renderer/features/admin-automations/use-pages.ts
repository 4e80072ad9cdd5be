// A list that grows at its top, asked for in pages by cursor as one scrolls; begun anew when the question changes, and when
// the hub tells of something new while its first page is all there is.
import { useCallback, useEffect, useRef, useState } from 'react';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { useLive, useMainEvent } from '../../client/desktop-context.tsx';

export interface PageAsked<R> {
  readonly rows: readonly R[];
  readonly cursor: string | null;
}

export interface Pages<R> {
  /** Undefined until the first answer. */
  readonly rows: readonly R[] | undefined;
  readonly refusal: string | null;
  askOlder(): void;
  again(): void;
}

export const pageLength = 100;

/** @param ask the same function until the question changes */
export function usePages<R>(ask: (cursor: string | null) => Promise<PageAsked<R>>): Pages<R> {
  const [shown, setShown] = useState<{
    readonly rows: readonly R[] | undefined;
    readonly cursor: string | null;
    readonly refusal: string | null;
  }>({ rows: undefined, cursor: null, refusal: null });
  /** Raised with each beginning: what an older one still brings is dropped. */
  const round = useRef(0);
  const asking = useRef(false);
  const fetchPage = useCallback(
    async (before: readonly R[], cursor: string | null) => {
      const mine = round.current;
      asking.current = true;
      try {
        const page = await ask(cursor);
        if (mine === round.current)
          setShown({ rows: [...before, ...page.rows], cursor: page.cursor, refusal: null });
      } catch (error) {
        if (!(error instanceof CommandFailed)) throw error;
        if (mine === round.current) setShown((now) => ({ ...now, refusal: error.reason }));
      } finally {
        if (mine === round.current) asking.current = false;
      }
    },
    [ask],
  );
  const again = useCallback(() => {
    round.current += 1;
    void fetchPage([], null);
  }, [fetchPage]);
  const online = useLive('network').state === 'online';
  useEffect(() => {
    if (online) again();
  }, [online, again]);
  useMainEvent('admin.changed', ({ kind }) => {
    // Whoever has scrolled back reads on undisturbed.
    if (kind === 'automations' && (shown.rows?.length ?? 0) <= pageLength) again();
  });
  return {
    rows: shown.rows,
    refusal: shown.refusal,
    again,
    askOlder() {
      if (shown.rows && shown.cursor !== null && !asking.current) void fetchPage(shown.rows, shown.cursor);
    },
  };
}
