// The rows of a table as one scrolls and types: asked for in pages, anew when they may have changed, the rows of the
// question before shown until the first answer to the new one is here.
import { useCallback, useEffect, useRef, useState } from 'react';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { PagedRows, type RowsAsked } from './paged-rows.ts';

export interface RowsInSight<R> {
  /** Null until the first answer. */
  readonly total: number | null;
  /** Undefined where it has not come yet. */
  rowAt(index: number): R | undefined;
  want(from: number, to: number): void;
  /** What is in sight may be old, and is asked for anew, every 400 ms at the most. The same function for ever. */
  refresh(): void;
  /** Counts questions: when it changes, the table begins at its top. */
  readonly question: number;
  /** False while the rows are still those of the question before. */
  readonly settled: boolean;
  readonly refusal: string | null;
}

/** @param limit rows at the most. May be refused with CommandFailed. */
export type AskForRows<R> = (offset: number, limit: number) => Promise<RowsAsked<R>>;

interface Shown<R> {
  readonly pages: PagedRows<R> | null;
  /** What the rows are the answer to. */
  readonly ask: AskForRows<R> | null;
  readonly question: number;
  /** Changes with every answer, so that the table is drawn anew. */
  readonly answers: number;
  readonly refusal: string | null;
}

/** @param ask the same function until the question changes: filter, order (`useCallback`) */
export function usePagedRows<R>(ask: AskForRows<R>): RowsInSight<R> {
  const [shown, setShown] = useState<Shown<R>>({
    pages: null,
    ask: null,
    question: 0,
    answers: 0,
    refusal: null,
  });
  const asking = useRef<PagedRows<R> | null>(null);
  useEffect(() => {
    const pages = new PagedRows<R>(
      ask,
      () =>
        setShown((before) => ({
          pages,
          ask,
          question: before.pages === pages ? before.question : before.question + 1,
          answers: before.answers + 1,
          refusal: null,
        })),
      (error) => {
        if (!(error instanceof CommandFailed)) throw error;
        setShown((before) => ({ ...before, refusal: error.reason }));
      },
    );
    asking.current = pages;
    pages.want(0, 0);
    return () => pages.close();
  }, [ask]);
  const refresh = useCallback(() => asking.current?.refresh(), []);
  const { pages, question, refusal } = shown;
  return {
    total: pages?.total ?? null,
    rowAt: (index) => pages?.rowAt(index),
    want: (from, to) => pages?.want(from, to),
    refresh,
    question,
    settled: shown.ask === ask,
    refusal,
  };
}
