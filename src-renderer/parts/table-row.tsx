// A row of a table, drawn only when something of it has changed; and what stands in its place until it is here.
// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only in sight cannot be a table's own
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and says which row is active
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys
import type { TFunction } from 'i18next';
import { memo } from 'react';
import type { TableColumn } from './table-columns.ts';
import styles from './virtual-table.module.css';

export interface RowActs<R> {
  activate(at: number): void;
  open(row: R): void;
  tick(row: R): void;
}

interface TableRowProps<R> {
  readonly id: string;
  readonly at: number;
  readonly startPx: number;
  readonly row: R | undefined;
  readonly columns: readonly TableColumn<R>[];
  readonly template: string;
  readonly active: boolean;
  readonly chosen: boolean;
  readonly dimmed: boolean;
  /** What its box ticks; null where rows have none. */
  readonly tickName: string | null;
  readonly ticked: boolean;
  readonly acts: RowActs<R>;
  /** Given, since asking for it would cost each drawn row more than some of its cells. */
  readonly t: TFunction;
}

function DrawnRow<R>(props: TableRowProps<R>) {
  const { row, at, acts, tickName, t } = props;
  const style = { gridTemplateColumns: props.template, transform: `translateY(${props.startPx}px)` };
  if (row === undefined) {
    return (
      <div role="row" aria-rowindex={at + 2} className={styles.row} style={style}>
        <div role="gridcell" className={styles.unloaded}>
          <span className="oh-unseen">{t('table.unloaded')}</span>
        </div>
      </div>
    );
  }
  return (
    <div
      id={props.id}
      role="row"
      aria-rowindex={at + 2}
      aria-selected={tickName === null ? props.chosen : props.ticked}
      className={styles.row}
      data-active={props.active || undefined}
      data-chosen={props.chosen || undefined}
      data-dimmed={props.dimmed || undefined}
      style={style}
      // Not on the way to a box: drawn anew between the browser's tick and ours, it would be as before, and no change.
      onClickCapture={(event) => {
        if (!(event.target instanceof HTMLInputElement)) acts.activate(at);
      }}
      onClick={() => acts.open(row)}
    >
      {tickName !== null && (
        // Who misses the box by a little wants to tick, not to open.
        <div role="gridcell" className={styles.tickCell} onClick={(event) => event.stopPropagation()}>
          <label className={styles.tickReach}>
            <input
              type="checkbox"
              className={styles.tick}
              tabIndex={-1}
              aria-label={t('table.tick', { name: tickName })}
              checked={props.ticked}
              onChange={() => {
                acts.activate(at);
                acts.tick(row);
              }}
            />
          </label>
        </div>
      )}
      {props.columns.map((column) => (
        <div
          key={column.key}
          role="gridcell"
          className={column.figures ? `oh-figures ${styles.cell}` : styles.cell}
          data-quiet={column.quiet}
          title={column.hint?.(row)}
        >
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}

// memo() takes the type parameter away.
export const TableRow = memo(DrawnRow) as typeof DrawnRow;
