// Something that must be said, inline, in the place that it is about. Errors are announced at once.
import type { ReactNode } from 'react';
import { IconAlertTriangle, IconInfoCircle } from './icons.ts';
import styles from './notice.module.css';

export interface NoticeProps {
  readonly tone?: 'info' | 'warn' | 'bad';
  readonly title?: string;
  readonly children: ReactNode;
  /** Buttons that help. */
  readonly actions?: ReactNode;
}

export function Notice({ tone = 'info', title, children, actions }: NoticeProps) {
  const IconShown = tone === 'info' ? IconInfoCircle : IconAlertTriangle;
  return (
    <div className={styles.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <IconShown size={16} stroke={2} aria-hidden="true" className={styles.icon} />
      <div className={styles.body}>
        {title && <div className={styles.title}>{title}</div>}
        <div>{children}</div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
