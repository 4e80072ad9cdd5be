// One row of a list beside a detail: icon, title, time, and a line that says why it is here.
import type { ReactNode } from 'react';
import type { Icon } from './icons.ts';
import styles from './list-row.module.css';

export interface ListRowProps {
  readonly icon: Icon;
  readonly tone?: 'quiet' | 'good' | 'warn' | 'bad' | 'accent';
  readonly title: string;
  readonly detail: ReactNode;
  readonly time: ReactNode;
  /** Not yet looked at: the title is strong. */
  readonly fresh?: boolean;
  readonly selected: boolean;
  onSelect(): void;
  /** A button of its own at the row's end. */
  readonly action?: ReactNode;
}

export function ListRow({
  icon: IconShown,
  tone = 'quiet',
  title,
  detail,
  time,
  fresh,
  selected,
  onSelect,
  action,
}: ListRowProps) {
  return (
    <div className={styles.row} data-selected={selected || undefined} data-fresh={fresh || undefined}>
      <button
        type="button"
        className={styles.main}
        data-item
        aria-current={selected || undefined}
        onClick={onSelect}
      >
        <IconShown size={18} stroke={1.75} aria-hidden="true" className={styles.icon} data-tone={tone} />
        <span className={styles.text}>
          <span className={styles.first}>
            <span className={styles.title} title={title}>
              {title}
            </span>
            <span className={styles.time}>{time}</span>
          </span>
          <span className={styles.detail}>{detail}</span>
        </span>
      </button>
      {action && <span className={styles.action}>{action}</span>}
    </div>
  );
}
