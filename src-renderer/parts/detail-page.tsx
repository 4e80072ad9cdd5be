// The frame of a chosen item: who, one line about it, what can be done, then sections.
import type { ReactNode } from 'react';
import type { RemoteParty } from '#shared/domain/call-view.ts';
import styles from './detail-page.module.css';
import { OpenRecordButton } from './open-record.tsx';
import { RecordKindChip, usePartyText } from './party.tsx';

export interface DetailPageProps {
  readonly remote: RemoteParty;
  /** What kind of item it is, in a line. */
  readonly line: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

export function DetailPage({ remote, line, actions, children }: DetailPageProps) {
  const party = usePartyText()(remote);
  return (
    <article className={styles.page}>
      <header className={styles.head}>
        <div className={styles.who}>
          <h2 className={styles.name}>{party.title}</h2>
          <div className={styles.line}>
            {party.number && <span className={`oh-figures ${styles.number}`}>{party.number}</span>}
            <RecordKindChip remote={remote} />
          </div>
          <div className={styles.about}>{line}</div>
        </div>
        <div className={styles.actions}>
          {actions}
          <OpenRecordButton recordId={remote.recordId} />
        </div>
      </header>
      {children}
    </article>
  );
}

/** A titled part of a detail page. */
export function DetailSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={title}>
      <h3 className={styles.heading}>{title}</h3>
      {children}
    </section>
  );
}

/** Label and value pairs; those without a value are left out. */
export function Facts({
  facts,
}: {
  readonly facts: readonly (readonly [label: string, value: ReactNode])[];
}) {
  return (
    <dl className={styles.facts}>
      {facts.map(([label, value]) =>
        value === null || value === '' ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
