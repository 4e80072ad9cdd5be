// The frame of the lists Runs and Deliveries: which of the page's views, a filter, the table, the drawer beside it.
import type { ReactNode } from 'react';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './automations.module.css';

export interface WatchViewProps {
  readonly chooser: ReactNode;
  readonly filter: ReactNode;
  readonly tools?: ReactNode;
  readonly notice?: ReactNode;
  readonly refusal: string | null;
  readonly drawer: ReactNode;
  readonly children: ReactNode;
}

export function WatchView(props: WatchViewProps) {
  return (
    <div className={styles.watch} data-drawer={props.drawer ? true : undefined}>
      <div className={styles.page}>
        <div className={styles.bar}>
          {props.chooser}
          {props.filter}
          <span className={styles.push} />
          {props.tools}
        </div>
        {props.refusal !== null && props.refusal !== 'hubAway' && (
          <div className={styles.around}>
            <RefusalNotice reason={props.refusal} before="admin" />
          </div>
        )}
        {props.notice && <div className={styles.around}>{props.notice}</div>}
        <div className={styles.table}>{props.children}</div>
      </div>
      {props.drawer && <div className={styles.drawer}>{props.drawer}</div>}
    </div>
  );
}
