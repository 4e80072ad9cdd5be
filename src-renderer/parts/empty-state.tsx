// An empty place says what will appear and how to get it there.
import type { ReactNode } from 'react';
import styles from './empty-state.module.css';
import type { Icon } from './icons.ts';

export interface EmptyStateProps {
  readonly icon: Icon;
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}

export function EmptyState({ icon: IconShown, title, text, children }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <IconShown size={28} stroke={1.25} aria-hidden="true" className={styles.icon} />
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text}>{text}</p>
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
