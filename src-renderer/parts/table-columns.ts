// The columns of a table: what they show, how wide they are, and which of them fit. Pure; used by all tables.
import type { ReactNode } from 'react';

export interface TableColumn<R> {
  readonly key: string;
  readonly title: string;
  /** The title is only heard: the column's signs speak for themselves. */
  readonly titleUnseen?: boolean;
  readonly leastPx: number;
  /** Of the room that is left over; 0 keeps the column at `leastPx`. */
  readonly share: number;
  /** Where there is no room for all, columns are left out from the highest rank on. Without one it always stays. */
  readonly rank?: number;
  /** Left of the title, where cells begin with a button or a sign. */
  readonly titleInsetPx?: number;
  /** Times and numbers: digits of one width. */
  readonly figures?: boolean;
  /** Said less loudly than the column that names the row. */
  readonly quiet?: boolean;
  cell(row: R): ReactNode;
  /** What a pointer that rests on the cell is told: the whole of a text that may be cut off. */
  hint?(row: R): string;
}

/** Between columns, and at both ends. */
export const columnGapPx = 16;

/**
 * @param widthPx of the table; 0 where it is not known yet
 * @returns the columns in their order, without those of the highest ranks where there is no room for all
 */
export function fittingColumns<C extends Pick<TableColumn<never>, 'leastPx' | 'rank'>>(
  columns: readonly C[],
  widthPx: number,
): readonly C[] {
  if (widthPx === 0) return columns;
  const ranked = columns.filter(({ rank }) => rank !== undefined);
  if (ranked.length === 0) return columns;
  const takes = (column: C) => column.leastPx + columnGapPx;
  const fixed = columns.filter(({ rank }) => rank === undefined);
  let leftPx = widthPx - columnGapPx - fixed.reduce((sum, column) => sum + takes(column), 0);
  const fits = new Set(fixed);
  for (const column of ranked.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))) {
    leftPx -= takes(column);
    if (leftPx < 0) break;
    fits.add(column);
  }
  return columns.filter((column) => fits.has(column));
}

/** As CSS has it. */
export function gridTemplate(columns: readonly Pick<TableColumn<never>, 'leastPx' | 'share'>[]): string {
  return columns
    .map(({ leastPx, share }) => (share > 0 ? `minmax(${leastPx}px, ${share}fr)` : `${leastPx}px`))
    .join(' ');
}

/** Below this a table scrolls sideways. */
export function leastWidthPx(columns: readonly Pick<TableColumn<never>, 'leastPx'>[]): number {
  return columns.reduce((sum, { leastPx }) => sum + leastPx + columnGapPx, columnGapPx);
}
