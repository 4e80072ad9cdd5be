// Which row of a table a key leads to, while the table itself has the focus. Used by data-table.tsx and by lists of
// records; Enter and further keys are theirs.
import type { KeyboardEvent } from 'react';

const rowsPerPage = 12;

/** @param activeAt -1 where no row is active. @returns undefined for every other key; may lie before or behind the rows */
export function rowAfterKey(key: string, activeAt: number, count: number): number | undefined {
  const steps: Record<string, number> = {
    ArrowDown: activeAt + 1,
    ArrowUp: activeAt - 1,
    PageDown: activeAt + rowsPerPage,
    PageUp: activeAt - rowsPerPage,
    Home: 0,
    End: count - 1,
  };
  return steps[key];
}

/** The heads are buttons with keys of their own, and a key with a modifier means something else. */
export function isForGrid(event: KeyboardEvent): boolean {
  return event.target === event.currentTarget && !event.altKey && !event.ctrlKey && !event.metaKey;
}
