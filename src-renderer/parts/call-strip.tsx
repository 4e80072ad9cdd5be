// A call as a strip across the agent window: its light, who it is, what else there is to know, and what can be done.
// Used while it rings and while it is talked on; knows of neither.
import type { ReactNode } from 'react';
import type { RemoteParty } from '#shared/domain/call-view.ts';
import styles from './call-strip.module.css';
import { usePartyText } from './party.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { Elapsed } from './time.tsx';

export interface CallStripProps {
  readonly label: string;
  readonly remote: RemoteParty;
  readonly detail: string;
  /** Null where no time is counted. */
  readonly sinceMs: number | null;
  readonly held?: boolean;
  readonly besideTime?: ReactNode;
  readonly refusal: string | null;
  /** The buttons. */
  readonly children: ReactNode;
}

export function CallStrip(props: CallStripProps) {
  const { label, remote, detail, sinceMs, held = false, besideTime, refusal, children } = props;
  const { title } = usePartyText()(remote);
  return (
    <section className={styles.strip} aria-label={label} data-held={held || undefined}>
      <div className={styles.row}>
        <span className={styles.light} aria-hidden="true" />
        <div className={styles.who}>
          <div className={styles.name} title={title}>
            {title}
          </div>
          <div className={styles.detail}>{detail}</div>
        </div>
        {sinceMs !== null && (
          <span className={styles.timer}>
            <Elapsed sinceMs={sinceMs} />
          </span>
        )}
        {besideTime}
        <div className={styles.buttons}>{children}</div>
      </div>
      <RefusalNotice reason={refusal} />
    </section>
  );
}
