// A table whose rows are all here: sorted by its column heads, moved through with the arrow keys, opened with Enter or a
// click. What a row opens, and what is searched for, is the page's business. Rows that are asked for in pages are
// paged-table.tsx's.
import { type ReactNode, type Ref, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Sorting, sorted } from './sort-rows.ts';
import type { TableColumn } from './table-columns.ts';
import type { TickedRows } from './use-ticked-rows.ts';
import { type TableHandle, VirtualTable } from './virtual-table.tsx';

export type { TableHandle } from './virtual-table.tsx';

export interface Column<R> extends TableColumn<R> {
  /** Without it the column is not sorted by. Nulls come last. */
  sortBy?(row: R): string | number | null;
}

export interface DataTableProps<R> {
  readonly label: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  rowKey(row: R): string;
  /** The row whose drawer is open. */
  readonly chosen: string | null;
  onOpen(row: R): void;
  /** Of no use at the moment, such as a disabled user. */
  dimmed?(row: R): boolean;
  readonly firstSorting: Sorting | null;
  /** Where several rows can be chosen, to do something with all of them. */
  readonly ticks?: TickedRows<R> | undefined;
  /** Shown in place of rows. */
  readonly empty: ReactNode;
  /** Called when the last rows come into sight: more may be asked for. */
  onEndInSight?(): void;
  readonly ref?: Ref<TableHandle>;
}

export function DataTable<R>(props: DataTableProps<R>) {
  const { columns, rows, rowKey, chosen } = props;
  const { i18n } = useTranslation();
  const [sorting, setSorting] = useState<Sorting | null>(props.firstSorting);
  const [active, setActive] = useState<string | null>(null);
  const shown = useMemo(
    () =>
      sorted(rows, columns.find((column) => column.key === sorting?.column)?.sortBy, sorting, i18n.language),
    [rows, columns, sorting, i18n.language],
  );
  const [lastInSight, setLastInSight] = useState(0);
  const { onEndInSight } = props;
  useEffect(() => {
    if (onEndInSight && shown.length > 0 && lastInSight >= shown.length - 1) onEndInSight();
  }, [onEndInSight, lastInSight, shown.length]);
  const onInSight = useCallback((_from: number, to: number) => setLastInSight(to), []);
  return (
    <VirtualTable<R>
      ref={props.ref}
      label={props.label}
      columns={columns}
      firstDirection={(key) =>
        columns.find((column) => column.key === key)?.sortBy === undefined ? null : 'ascending'
      }
      sorting={sorting}
      onSort={setSorting}
      count={shown.length}
      rowAt={(index) => shown[index]}
      activeAt={shown.findIndex((row) => rowKey(row) === (active ?? chosen))}
      onActive={(at) => setActive(shown[at] === undefined ? null : rowKey(shown[at]))}
      isChosen={(row) => rowKey(row) === chosen}
      isDimmed={props.dimmed}
      onOpen={props.onOpen}
      ticks={props.ticks}
      empty={props.empty}
      onInSight={onInSight}
    />
  );
}
