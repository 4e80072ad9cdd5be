// A table of any length: sorted by its column heads, moved through with the arrow keys, opened with Enter or a click.
// Only the rows in sight are drawn. What a row opens, and what is searched for, is the page's business.
// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only in sight cannot be a table's own
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and says which row is active
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import styles from './data-table.module.css';
import { isForGrid, rowAfterKey } from './grid-keys.ts';
import { IconArrowDown, IconArrowUp } from './icons.ts';
import { type Sorting, sorted } from './sort-rows.ts';

export interface Column<R> {
  readonly key: string;
  readonly title: string;
  readonly leastPx: number;
  /** Of the room that is left over; 0 keeps the column at `leastPx`. */
  readonly share: number;
  cell(row: R): ReactNode;
  /** Without it the column is not sorted by. Nulls come last. */
  sortBy?(row: R): string | number | null;
}

export interface TableHandle {
  focus(): void;
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
  /** Shown in place of rows. */
  readonly empty: ReactNode;
  /** Called when the last rows come into sight: more may be asked for. */
  onEndInSight?(): void;
  readonly ref?: Ref<TableHandle>;
}

const rowHeightPx = 40;
/** Between columns, and at both ends. */
const gapPx = 16;

export function DataTable<R>(props: DataTableProps<R>) {
  const { label, columns, rows, rowKey, chosen, onOpen, empty, ref } = props;
  const { i18n } = useTranslation();
  const id = useId();
  const [sorting, setSorting] = useState<Sorting | null>(props.firstSorting);
  const [active, setActive] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => ({ focus: () => scroller.current?.focus() }), []);

  const shown = useMemo(
    () =>
      sorted(rows, columns.find((column) => column.key === sorting?.column)?.sortBy, sorting, i18n.language),
    [rows, columns, sorting, i18n.language],
  );
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: 8,
    getItemKey: (index) => rowKey(shown[index] as R),
    // The head stands above the first row and stays in sight.
    scrollPaddingStart: rowHeightPx,
  });
  const items = virtual.getVirtualItems();

  const activeAt = shown.findIndex((row) => rowKey(row) === (active ?? chosen));
  const lastInSight = items.at(-1)?.index ?? 0;
  const { onEndInSight } = props;
  useEffect(() => {
    if (onEndInSight && shown.length > 0 && lastInSight >= shown.length - 1) onEndInSight();
  }, [onEndInSight, lastInSight, shown.length]);

  const goTo = (index: number) => {
    const at = Math.max(0, Math.min(shown.length - 1, index));
    const row = shown[at];
    if (row === undefined) return;
    setActive(rowKey(row));
    virtual.scrollToIndex(at);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!isForGrid(event)) return;
    const to = rowAfterKey(event.key, activeAt, shown.length);
    const row = shown[activeAt];
    if (to !== undefined) goTo(to);
    else if (event.key === 'Enter' && row !== undefined) onOpen(row);
    else return;
    event.preventDefault();
  };
  const template = columns
    .map(({ leastPx, share }) => (share > 0 ? `minmax(${leastPx}px, ${share}fr)` : `${leastPx}px`))
    .join(' ');
  const leastWidth = columns.reduce(
    (sum, { leastPx }) => sum + leastPx,
    (columns.length - 1) * gapPx + 2 * gapPx,
  );
  const rowId = (key: string) => `${id}-${key}`;
  const activeInSight = items.some((item) => item.index === activeAt);

  return (
    <div
      ref={scroller}
      className={styles.table}
      role="grid"
      aria-label={label}
      aria-rowcount={shown.length + 1}
      aria-activedescendant={
        activeInSight && shown[activeAt] !== undefined ? rowId(rowKey(shown[activeAt])) : undefined
      }
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={styles.head} style={{ minWidth: leastWidth }}>
        <div role="row" aria-rowindex={1} className={styles.row} style={{ gridTemplateColumns: template }}>
          {columns.map((column) => (
            <HeadCell key={column.key} column={column} sorting={sorting} onSort={setSorting} />
          ))}
        </div>
      </div>
      {shown.length === 0 ? (
        // A grid needs a row; the words are one.
        <div role="rowgroup">
          <div role="row">
            <div role="gridcell" className={styles.empty}>
              {empty}
            </div>
          </div>
        </div>
      ) : (
        <div
          role="rowgroup"
          className={styles.body}
          style={{ height: virtual.getTotalSize(), minWidth: leastWidth }}
        >
          {items.map((item) => {
            const row = shown[item.index];
            if (row === undefined) return null;
            const key = rowKey(row);
            return (
              <div
                key={key}
                id={rowId(key)}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={key === chosen}
                className={styles.row}
                data-active={item.index === activeAt || undefined}
                data-dimmed={props.dimmed?.(row) || undefined}
                style={{ gridTemplateColumns: template, transform: `translateY(${item.start}px)` }}
                onClick={() => {
                  setActive(key);
                  onOpen(row);
                }}
              >
                {columns.map((column) => (
                  <div key={column.key} role="gridcell" className={styles.cell}>
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      )}
    </div>
  );
}

function HeadCell<R>(props: {
  readonly column: Column<R>;
  readonly sorting: Sorting | null;
  onSort(sorting: Sorting): void;
}) {
  const { column, sorting, onSort } = props;
  const direction = sorting?.column === column.key ? sorting.direction : null;
  const ArrowShown = direction === 'descending' ? IconArrowDown : IconArrowUp;
  return (
    <div
      role="columnheader"
      className={styles.headCell}
      aria-sort={column.sortBy ? (direction ?? 'none') : undefined}
    >
      {column.sortBy ? (
        <button
          type="button"
          className={styles.sort}
          onClick={() =>
            onSort({
              column: column.key,
              direction: direction === 'ascending' ? 'descending' : 'ascending',
            })
          }
        >
          <span className={styles.headWord}>{column.title}</span>
          <ArrowShown
            size={12}
            stroke={2.25}
            aria-hidden="true"
            className={styles.arrow}
            data-shown={direction !== null || undefined}
          />
        </button>
      ) : (
        <span className={styles.headWord}>{column.title}</span>
      )}
    </div>
  );
}
