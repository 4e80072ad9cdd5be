// Leads or Contacts as a table of any length: only the rows in sight are drawn and asked for. Clicking a name, the green
// button beside it, or C calls; anything else of a row, or Enter, opens the record (CALL-3, CALL-4).
// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only in sight cannot be a table's own
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and says which row is active
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  memo,
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
import type { RecordColumn, RecordRow, RecordSort } from '#shared/desktop/records-contract.ts';
import type { RecordId } from '#shared/domain/ids.ts';
import { isForGrid, rowAfterKey } from '../../parts/grid-keys.ts';
import { IconArrowDown, IconArrowUp, IconCloudCheck, IconPhone } from '../../parts/icons.ts';
import { SyncMark } from '../../parts/sync-mark.tsx';
import { type ColumnShape, cellText, fittingColumns, gridTemplate } from './record-columns.ts';
import styles from './record-table.module.css';
import { useCellWords } from './use-cell-words.ts';
import type { RecordsInSight } from './use-record-pages.ts';

export interface RecordTableHandle {
  focus(): void;
}

export interface RecordTableProps {
  readonly label: string;
  readonly columns: readonly RecordColumn[];
  readonly records: RecordsInSight;
  readonly sort: RecordSort;
  onSort(sort: RecordSort): void;
  readonly chosen: RecordId | null;
  onOpen(recordId: RecordId): void;
  onDial(row: RecordRow): void;
  /** Shown in place of rows. */
  readonly empty: ReactNode;
  readonly ref?: Ref<RecordTableHandle>;
}

const rowHeightPx = 40;
/** Drawn above and below those in sight. */
const aheadRows = 6;
/** Chromium lays out no element that is higher than about 33 million pixels; further rows are found by searching. */
export const mostRows = 800_000;

export function RecordTable(props: RecordTableProps) {
  const { label, records, sort, onSort, chosen, ref } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [{ widthPx, heightPx }, setSize] = useState({ widthPx: 0, heightPx: 0 });
  const [activeAt, setActiveAt] = useState(-1);
  useImperativeHandle(ref, () => ({ focus: () => scroller.current?.focus() }), []);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setSize({ widthPx: element.clientWidth, heightPx: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const columns = useMemo(() => fittingColumns(props.columns, widthPx), [props.columns, widthPx]);
  const template = useMemo(() => gridTemplate(columns), [columns]);
  const count = Math.min(records.total ?? 0, mostRows);
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
  const { question, want } = records;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question is another list.
  useEffect(() => {
    setActiveAt(-1);
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [question]);
  const [from, to] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => want(from, to));

  // What the rows call, the same for all drawings, so that a row is drawn only when it has changed.
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const acts = useMemo<RowActs>(
    () => ({
      open(row, at) {
        setActiveAt(at);
        latest.current.onOpen(row.id);
      },
      dial(row, at) {
        setActiveAt(at);
        latest.current.onDial(row);
      },
    }),
    [],
  );

  const goTo = (index: number) => {
    if (count === 0) return;
    const at = Math.max(0, Math.min(count - 1, index));
    setActiveAt(at);
    virtual.scrollToIndex(at);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!isForGrid(event)) return;
    const next = rowAfterKey(event.key, activeAt, count);
    const row = activeAt < 0 ? undefined : records.rowAt(activeAt);
    if (next !== undefined) goTo(next);
    else if (event.key === 'Enter' && row) props.onOpen(row.id);
    else if (event.key.toLowerCase() === 'c' && row && row.number !== null) props.onDial(row);
    else return;
    event.preventDefault();
  };
  const rowId = (at: number) => `${id}-${at}`;
  const activeInSight = items.some((item) => item.index === activeAt);
  return (
    <div
      ref={scroller}
      className={styles.table}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-busy={!records.settled}
      aria-keyshortcuts="Enter c"
      aria-activedescendant={activeInSight ? rowId(activeAt) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <Heads columns={columns} template={template} sort={sort} onSort={onSort} />
      {count === 0 ? (
        records.total === 0 && (
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
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = records.rowAt(item.index);
            return (
              <Row
                key={heightPx === 0 ? item.index : item.index % places}
                id={rowId(item.index)}
                at={item.index}
                startPx={item.start}
                row={row}
                columns={columns}
                template={template}
                active={item.index === activeAt}
                chosen={row !== undefined && row.id === chosen}
                acts={acts}
              />
            );
          })}
        </div>
      )}
    </div>
  );
}

interface RowActs {
  open(row: RecordRow, at: number): void;
  dial(row: RecordRow, at: number): void;
}

interface RowProps {
  readonly id: string;
  readonly at: number;
  readonly startPx: number;
  readonly row: RecordRow | undefined;
  readonly columns: readonly ColumnShape[];
  readonly template: string;
  readonly active: boolean;
  readonly chosen: boolean;
  readonly acts: RowActs;
}

const Row = memo(function Row(props: RowProps) {
  const { row, at, columns, acts } = props;
  const words = useCellWords();
  const style = { gridTemplateColumns: props.template, transform: `translateY(${props.startPx}px)` };
  if (!row) {
    return (
      <div role="row" aria-rowindex={at + 2} className={styles.row} style={style}>
        <div role="gridcell" className={styles.unloaded}>
          <span className="oh-unseen">{words.own('list.unloaded')}</span>
        </div>
      </div>
    );
  }
  const name = row.name === '' ? words.own('list.noName') : row.name;
  const dialled = row.number !== null;
  return (
    <div
      id={props.id}
      role="row"
      aria-rowindex={at + 2}
      aria-selected={props.chosen}
      className={styles.row}
      data-active={props.active || undefined}
      style={style}
      onClick={() => acts.open(row, at)}
    >
      <div role="gridcell" className={styles.nameCell}>
        {dialled ? (
          <button
            type="button"
            tabIndex={-1}
            className={styles.call}
            aria-label={words.own('list.call', { name })}
            title={words.own('list.call', { name })}
            onClick={(event) => {
              event.stopPropagation();
              acts.dial(row, at);
            }}
          >
            <IconPhone size={14} stroke={2} aria-hidden="true" />
          </button>
        ) : (
          <span className={styles.noCall} />
        )}
        {dialled ? (
          <button
            type="button"
            tabIndex={-1}
            className={styles.name}
            title={name}
            onClick={(event) => {
              event.stopPropagation();
              acts.dial(row, at);
            }}
          >
            <bdi>{name}</bdi>
          </button>
        ) : (
          <span className={styles.name} data-mute title={name}>
            <bdi>{name}</bdi>
          </span>
        )}
        {row.state !== 'sent' && <SyncMark state={row.state} />}
      </div>
      {columns.map(({ key, figures }) => {
        const text = cellText(key, row, words);
        return (
          <div
            key={key}
            role="gridcell"
            className={figures ? `oh-figures ${styles.cell}` : styles.cell}
            title={text}
          >
            {text}
          </div>
        );
      })}
      <div role="gridcell" className={styles.stateCell}>
        {row.state === 'sent' && (
          <span className={styles.sent} title={words.own('state.sentHint')}>
            <IconCloudCheck size={14} stroke={1.75} aria-hidden="true" />
            <span className="oh-unseen">{words.own('state.sent')}</span>
          </span>
        )}
      </div>
    </div>
  );
});

interface HeadsProps {
  readonly columns: readonly ColumnShape[];
  readonly template: string;
  readonly sort: RecordSort;
  onSort(sort: RecordSort): void;
}

function Heads({ columns, template, sort, onSort }: HeadsProps) {
  const { t } = useTranslation('records');
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.headRow} style={{ gridTemplateColumns: template }}>
        <Head word={t('column.name')} by="name" sort={sort} onSort={onSort} />
        {columns.map(({ key, sortBy }) => (
          <Head key={key} word={t(`column.${key}`)} by={sortBy} sort={sort} onSort={onSort} />
        ))}
        <div role="columnheader">
          <span className="oh-unseen">{t('column.state')}</span>
        </div>
      </div>
    </div>
  );
}

interface HeadProps {
  readonly word: string;
  readonly by: RecordSort['by'] | null;
  readonly sort: RecordSort;
  onSort(sort: RecordSort): void;
}

function Head({ word, by, sort, onSort }: HeadProps) {
  const shown = by !== null && sort.by === by;
  const ArrowShown = shown && sort.descending ? IconArrowDown : IconArrowUp;
  if (by === null) {
    return (
      <div role="columnheader" className={styles.headCell}>
        {word}
      </div>
    );
  }
  // Times are looked at from the newest.
  const firstDescending = by === 'changedAt' || by === 'lastCallAt';
  return (
    <div
      role="columnheader"
      className={styles.headCell}
      aria-sort={shown ? (sort.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className={styles.sort}
        onClick={() => onSort({ by, descending: shown ? !sort.descending : firstDescending })}
      >
        <span className={styles.headWord}>{word}</span>
        <ArrowShown
          size={12}
          stroke={2.25}
          aria-hidden="true"
          className={styles.arrow}
          data-shown={shown || undefined}
        />
      </button>
    </div>
  );
}
