// Which rows of a table of any length are ticked: some, or all but some. All of a hundred thousand are never told one by
// one; whoever does something with them tells the hub the question that the rows answer, and which are left out.
import { useMemo, useState } from 'react';

export interface Ticked {
  /** All that the question finds, but `keys`; else only `keys`. */
  readonly all: boolean;
  readonly keys: ReadonlySet<string>;
}

export interface TickedRows<R> {
  readonly ticked: Ticked;
  readonly count: number;
  readonly of: 'none' | 'some' | 'all';
  isTicked(row: R): boolean;
  toggle(row: R): void;
  setAll(all: boolean): void;
  /** What is heard of a row's box. */
  nameOf(row: R): string;
}

export interface TickedRowsOf<R> {
  /** How many rows there are; null while it is not known. */
  readonly total: number | null;
  /** When it changes, nothing is ticked any more: the rows are others. */
  readonly question: unknown;
  rowKey(row: R): string;
  nameOf(row: R): string;
}

const none: Ticked = { all: false, keys: new Set() };

export function useTickedRows<R>({ total, question, rowKey, nameOf }: TickedRowsOf<R>): TickedRows<R> {
  const [held, setHeld] = useState<{ readonly of: unknown; readonly ticked: Ticked }>({
    of: question,
    ticked: none,
  });
  const ticked = held.of === question ? held.ticked : none;
  return useMemo(() => {
    const rows = total ?? 0;
    const count = Math.max(0, ticked.all ? rows - ticked.keys.size : ticked.keys.size);
    const set = (next: Ticked) => setHeld({ of: question, ticked: next });
    return {
      ticked,
      count,
      of: count === 0 ? 'none' : count >= rows ? 'all' : 'some',
      isTicked: (row) => ticked.all !== ticked.keys.has(rowKey(row)),
      toggle(row) {
        const keys = new Set(ticked.keys);
        if (!keys.delete(rowKey(row))) keys.add(rowKey(row));
        set({ all: ticked.all, keys });
      },
      setAll: (all) => set({ all, keys: new Set() }),
      nameOf,
    };
  }, [ticked, total, question, rowKey, nameOf]);
}
