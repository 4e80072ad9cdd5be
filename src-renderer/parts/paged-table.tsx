// A table of any length whose rows are asked for in pages as they come into sight (use-paged-rows.ts), sorted by whoever
// is asked. Rows that are all here are data-table.tsx's.
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { Sorting } from './sort-rows.ts';
import type { TableColumn } from './table-columns.ts';
import type { RowsInSight } from './use-paged-rows.ts';
import type { TickedRows } from './use-ticked-rows.ts';
import { type TableHandle, VirtualTable } from './virtual-table.tsx';

export type { TableHandle } from './virtual-table.tsx';

export interface PagedColumn<R> extends TableColumn<R> {
  /** The rows can be asked for in its order; the direction is that of the first click on its head. */
  readonly sortFirst?: Sorting['direction'];
}

export interface PagedTableProps<R> {
  readonly label: string;
  /** The same array until one of them has changed: rows are drawn anew when it does. */
  readonly columns: readonly PagedColumn<R>[];
  readonly rows: RowsInSight<R>;
  rowKey(row: R): string;
  /** Null where rows have one order only, as orders in line have. */
  readonly sorting: Sorting | null;
  onSort(sorting: Sorting): void;
  /** The row whose page or drawer is open. */
  readonly chosen: string | null;
  onOpen(row: R): void;
  /** A further key on the active row. @returns whether it meant something */
  onRowKey?(key: string, row: R): boolean;
  /** These keys, as aria-keyshortcuts has them. */
  readonly shortcuts?: string;
  /** Where several rows can be chosen, to do something with all of them. */
  readonly ticks?: TickedRows<R>;
  dimmed?(row: R): boolean;
  /** Shown in place of rows, once it is known that there are none. */
  readonly empty: ReactNode;
  readonly ref?: Ref<TableHandle>;
}

/** Chromium lays out no element that is higher than about 33 million pixels; further rows are found by searching. */
export const mostRows = 800_000;

export function PagedTable<R>(props: PagedTableProps<R>) {
  const { columns, rows, rowKey, chosen } = props;
  const table = useRef<TableHandle>(null);
  useImperativeHandle(
    props.ref,
    () => ({
      focus: () => table.current?.focus(),
      scrollToTop: () => table.current?.scrollToTop(),
    }),
    [],
  );
  const [activeAt, setActiveAt] = useState(-1);
  const { question, total } = rows;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question is another list.
  useEffect(() => {
    setActiveAt(-1);
    table.current?.scrollToTop();
  }, [question]);
  return (
    <VirtualTable<R>
      ref={table}
      label={props.label}
      columns={columns}
      firstDirection={(key) => columns.find((column) => column.key === key)?.sortFirst ?? null}
      sorting={props.sorting}
      onSort={props.onSort}
      count={Math.min(total ?? 0, mostRows)}
      rowAt={rows.rowAt}
      activeAt={activeAt}
      onActive={setActiveAt}
      isChosen={(row) => rowKey(row) === chosen}
      isDimmed={props.dimmed}
      onOpen={props.onOpen}
      onRowKey={props.onRowKey}
      shortcuts={props.shortcuts}
      ticks={props.ticks}
      busy={!rows.settled}
      empty={total === 0 ? props.empty : null}
      onInSight={rows.want}
    />
  );
}
