// The head of a table: its columns' titles, by which can be sorted, and the box that ticks all rows.
// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only in sight cannot be a table's own
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus
import { useTranslation } from 'react-i18next';
import { IconArrowDown, IconArrowUp } from './icons.ts';
import type { Sorting } from './sort-rows.ts';
import type { TableColumn } from './table-columns.ts';
import type { TickedRows } from './use-ticked-rows.ts';
import styles from './virtual-table.module.css';

export interface TableHeadProps<R> {
  readonly columns: readonly TableColumn<R>[];
  readonly template: string;
  readonly minWidth: number;
  firstDirection(column: string): Sorting['direction'] | null;
  readonly sorting: Sorting | null;
  onSort(sorting: Sorting): void;
  readonly ticks: TickedRows<R> | undefined;
}

export function TableHead<R>(props: TableHeadProps<R>) {
  const { columns, ticks } = props;
  const { t } = useTranslation();
  return (
    <div role="rowgroup" className={styles.head} style={{ minWidth: props.minWidth }}>
      <div
        role="row"
        aria-rowindex={1}
        className={styles.headRow}
        style={{ gridTemplateColumns: props.template }}
      >
        {ticks && (
          <div role="columnheader" className={styles.tickCell}>
            <input
              ref={(box) => {
                if (box) box.indeterminate = ticks.of === 'some';
              }}
              type="checkbox"
              className={styles.tick}
              aria-label={t('table.tickAll')}
              checked={ticks.of === 'all'}
              onChange={() => ticks.setAll(ticks.of !== 'all')}
            />
          </div>
        )}
        {columns.map((column) => (
          <HeadCell key={column.key} {...props} column={column} first={props.firstDirection(column.key)} />
        ))}
      </div>
    </div>
  );
}

interface HeadCellProps {
  readonly column: Pick<TableColumn<never>, 'key' | 'title' | 'titleUnseen' | 'titleInsetPx'>;
  readonly first: Sorting['direction'] | null;
  readonly sorting: Sorting | null;
  onSort(sorting: Sorting): void;
}

function HeadCell({ column, first, sorting, onSort }: HeadCellProps) {
  const { key, title, titleInsetPx } = column;
  const style = titleInsetPx === undefined ? {} : { paddingLeft: titleInsetPx };
  if (first === null) {
    return (
      <div role="columnheader" className={styles.headCell} style={style}>
        <span className={column.titleUnseen ? 'oh-unseen' : styles.headWord}>{title}</span>
      </div>
    );
  }
  const direction = sorting?.column === key ? sorting.direction : null;
  const ArrowShown = (direction ?? first) === 'descending' ? IconArrowDown : IconArrowUp;
  const other = direction === 'ascending' ? 'descending' : 'ascending';
  return (
    <div role="columnheader" className={styles.headCell} style={style} aria-sort={direction ?? 'none'}>
      <button
        type="button"
        className={styles.sort}
        onClick={() => onSort({ column: key, direction: direction === null ? first : other })}
      >
        <span className={styles.headWord}>{title}</span>
        <ArrowShown
          size={12}
          stroke={2.25}
          aria-hidden="true"
          className={styles.arrow}
          data-shown={direction !== null || undefined}
        />
      </button>
    </div>
  );
}
