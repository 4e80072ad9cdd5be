// The rows of a list as one scrolls and types: asked of main in pages, anew when records change, the rows of the question
// before shown until the first answer to the new one is here.
import { useEffect, useRef, useState } from 'react';
import type { RecordFilter, RecordRow, RecordSort } from '#shared/desktop/records-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { useClient, useMainEvent } from '../../client/desktop-context.tsx';
import { RecordPages } from './record-pages.ts';

export interface RecordsInSight {
  /** Null until the first answer. */
  readonly total: number | null;
  /** Undefined where it has not come yet. */
  rowAt(index: number): RecordRow | undefined;
  want(from: number, to: number): void;
  /** Counts questions: when it changes, the list begins at its top. */
  readonly question: number;
  /** False while the rows are still those of the question before. */
  readonly settled: boolean;
  readonly refusal: string | null;
}

interface Shown {
  readonly pages: RecordPages | null;
  /** What the rows are for. */
  readonly filter: RecordFilter | null;
  readonly sort: RecordSort | null;
  readonly question: number;
  /** Changes with every answer, so that the list is drawn anew. */
  readonly answers: number;
  readonly refusal: string | null;
}

const nothing: Shown = { pages: null, filter: null, sort: null, question: 0, answers: 0, refusal: null };

export function useRecordPages(filter: RecordFilter, sort: RecordSort): RecordsInSight {
  const client = useClient();
  const [shown, setShown] = useState<Shown>(nothing);
  const asking = useRef<RecordPages | null>(null);
  useEffect(() => {
    const pages = new RecordPages(
      (offset, limit) => client.call('records.list', { filter, sort, offset, limit }),
      () =>
        setShown((before) => ({
          pages,
          filter,
          sort,
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
  }, [client, filter, sort]);
  useMainEvent('records.changed', () => asking.current?.refresh());
  const { pages, question, refusal } = shown;
  return {
    total: pages?.total ?? null,
    rowAt: (index) => pages?.rowAt(index),
    want: (from, to) => pages?.want(from, to),
    question,
    settled: shown.filter === filter && shown.sort === sort,
    refusal,
  };
}
