// What every table is made of: a head that sorts, rows of which only those in sight are drawn, one focus that is moved
// with the arrow keys, and what is shown in place of rows. Where rows come from, and which one is active, is known by
// data-table.tsx (all rows are here) and paged-table.tsx (asked for as they come into sight).
// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only in sight cannot be a table's own
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and says which row is active
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { isForGrid, rowAfterKey } from './grid-keys.ts';
import type { Sorting } from './sort-rows.ts';
import { fittingColumns, gridTemplate, leastWidthPx, type TableColumn } from './table-columns.ts';
import { TableHead } from './table-head.tsx';
import { type RowActs, TableRow } from './table-row.tsx';
import type { TickedRows } from './use-ticked-rows.ts';
import styles from './virtual-table.module.css';

export interface TableHandle {
  focus(): void;
  scrollToTop(): void;
}

/** Of a column by which can be sorted: the direction of the first click on its head; null where it cannot. */
export type FirstDirection = Sorting['direction'] | null;

export interface VirtualTableProps<R> {
  readonly label: string;
  /** The same array until one of them has changed: rows are drawn anew when it does. */
  readonly columns: readonly TableColumn<R>[];
  firstDirection(column: string): FirstDirection;
  readonly sorting: Sorting | null;
  onSort(sorting: Sorting): void;
  readonly count: number;
  /** Undefined where it is not here yet. */
  rowAt(index: number): R | undefined;
  /** -1 where no row is. */
  readonly activeAt: number;
  onActive(at: number): void;
  /** The row whose page or drawer is open. */
  isChosen(row: R): boolean;
  /** Of no use at the moment, such as a disabled user. */
  isDimmed?: ((row: R) => boolean) | undefined;
  onOpen(row: R): void;
  /** A further key on the active row. @returns whether it meant something */
  onRowKey?: ((key: string, row: R) => boolean) | undefined;
  /** These keys, as aria-keyshortcuts has them. */
  readonly shortcuts?: string | undefined;
  /** Rows can be ticked, by their box or with the space bar. */
  readonly ticks?: TickedRows<R> | undefined;
  /** The rows are still those of the question before. */
  readonly busy?: boolean;
  /** Shown in place of rows; null while it is not known whether there are any. */
  readonly empty: ReactNode;
  /** Told of the first and last row that is drawn, after each drawing. */
  onInSight?(from: number, to: number): void;
  readonly ref?: Ref<TableHandle> | undefined;
}

const rowHeightPx = 40;
/** Drawn above and below those in sight. */
const aheadRows = 6;

export function VirtualTable<R>(props: VirtualTableProps<R>) {
  const { count, rowAt, activeAt, onActive, ref, ticks } = props;
  const { t } = useTranslation();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { widthPx, heightPx } = useSizeOf(scroller);
  useImperativeHandle(
    ref,
    () => ({
      focus: () => scroller.current?.focus(),
      scrollToTop: () => {
        if (scroller.current) scroller.current.scrollTop = 0;
      },
    }),
    [],
  );
  const columns = useMemo(() => fittingColumns(props.columns, widthPx), [props.columns, widthPx]);
  const ticking = ticks !== undefined;
  const template = useMemo(() => (ticking ? '16px ' : '') + gridTemplate(columns), [columns, ticking]);
  const minWidth = leastWidthPx(columns) + (ticking ? 32 : 0);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: aheadRows,
    // The head stands above the first row and stays in sight.
    scrollPaddingStart: rowHeightPx,
  });
  const items = virtual.getVirtualItems();
  // A row that leaves at one end is drawn again as the one that comes at the other: half the work of a new one.
  const places = Math.ceil(heightPx / rowHeightPx) + 2 * aheadRows + 2;
  const { onInSight } = props;
  const [from, to] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => onInSight?.(from, to));

  // What the rows call, the same for all drawings, so that a row is drawn only when it has changed.
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const acts = useMemo<RowActs<R>>(
    () => ({
      activate: (at) => latest.current.onActive(at),
      open: (row) => latest.current.onOpen(row),
      tick: (row) => latest.current.ticks?.toggle(row),
    }),
    [],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!isForGrid(event)) return;
    const next = rowAfterKey(event.key, activeAt, count);
    const row = activeAt < 0 ? undefined : rowAt(activeAt);
    if (next !== undefined) {
      if (count === 0) return;
      const at = Math.max(0, Math.min(count - 1, next));
      onActive(at);
      virtual.scrollToIndex(at);
    } else if (row === undefined) return;
    else if (event.key === 'Enter') props.onOpen(row);
    else if (event.key === ' ' && ticks) ticks.toggle(row);
    else if (!props.onRowKey?.(event.key, row)) return;
    event.preventDefault();
  };
  const rowId = (at: number) => `${id}-${at}`;
  const activeInSight = activeAt >= 0 && items.some((item) => item.index === activeAt);
  return (
    <div
      ref={scroller}
      className={styles.table}
      role="grid"
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-busy={props.busy}
      aria-multiselectable={ticking || undefined}
      aria-keyshortcuts={props.shortcuts}
      aria-activedescendant={activeInSight ? rowId(activeAt) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <TableHead
        columns={columns}
        template={template}
        minWidth={minWidth}
        firstDirection={props.firstDirection}
        sorting={props.sorting}
        onSort={props.onSort}
        ticks={ticks}
      />
      {count === 0 ? (
        props.empty !== null && (
          // A grid needs a row; the words are one.
          <div role="rowgroup">
            <div role="row">
              <div role="gridcell" className={styles.empty}>
                {props.empty}
              </div>
            </div>
          </div>
        )
      ) : (
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize(), minWidth }}>
          {items.map((item) => {
            const row = rowAt(item.index);
            const known = row !== undefined;
            return (
              <TableRow<R>
                key={heightPx === 0 ? item.index : item.index % places}
                id={rowId(item.index)}
                at={item.index}
                startPx={item.start}
                row={row}
                columns={columns}
                template={template}
                active={item.index === activeAt}
                chosen={known && props.isChosen(row)}
                dimmed={known && props.isDimmed?.(row) === true}
                tickName={known && ticks ? ticks.nameOf(row) : null}
                ticked={known && ticks?.isTicked(row) === true}
                acts={acts}
                t={t}
              />
            );
          })}
        </div>
      )}
    </div>
  );
}

function useSizeOf(element: { readonly current: HTMLElement | null }) {
  const [size, setSize] = useState({ widthPx: 0, heightPx: 0 });
  useLayoutEffect(() => {
    const measured = element.current;
    if (!measured) return;
    const measure = () => setSize({ widthPx: measured.clientWidth, heightPx: measured.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(measured);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
