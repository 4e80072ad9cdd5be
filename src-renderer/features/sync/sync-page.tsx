// What waits to be sent and why, what the hub would not take, and conflicts to be decided (OFF-3).
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncView } from '#shared/desktop/sync-view-contract.ts';
import type { CallId } from '#shared/domain/ids.ts';
import { useClient, useCommand, useLive } from '../../client/desktop-context.tsx';
import { type Asked, useAsked } from '../../client/use-asked.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { IconCloudCheck, IconRefresh } from '../../parts/icons.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { ConflictCard } from './conflict-card.tsx';
import styles from './sync-page.module.css';
import { WaitingList } from './waiting-list.tsx';

export interface SyncPageProps {
  onOpenCall(callId: CallId): void;
}

export function SyncPage({ onOpenCall }: SyncPageProps) {
  const { t } = useTranslation('records');
  const client = useClient();
  const sync = useLive('sync');
  const now = useCommand('sync.now');
  const items = useAskedWith(
    sync,
    useCallback(() => client.call('sync.items', null), [client]),
  );
  const conflicts = useAskedWith(
    sync,
    useCallback(() => client.call('sync.conflicts', null), [client]),
  );
  const listed = items.answer ?? [];
  const refused = listed.filter(({ state }) => state === 'refused');
  const waiting = listed.filter(({ state }) => state !== 'refused' && state !== 'conflict');
  const nothing =
    items.answer && waiting.length === 0 && refused.length === 0 && conflicts.answer?.length === 0;
  return (
    <article className={styles.page} aria-label={t('sync.title')}>
      <header className={styles.head}>
        <div className={styles.words}>
          <h1 className={styles.title}>{t('sync.title')}</h1>
          <p className={styles.lead}>{t('sync.lead')}</p>
        </div>
        <Button icon={IconRefresh} disabled={now.running} onClick={() => void now.run(null)}>
          {t('sync.now')}
        </Button>
      </header>
      <RefusalNotice before="records" reason={now.refusal ?? items.refusal ?? conflicts.refusal} />
      <Standing sync={sync} />
      {conflicts.answer && conflicts.answer.length > 0 && (
        <Part title={t('sync.conflicts')} lead={t('sync.conflictsLead')}>
          {conflicts.answer.map((conflict) => (
            <ConflictCard key={conflict.mutationId} conflict={conflict} />
          ))}
        </Part>
      )}
      {refused.length > 0 && (
        <Part title={t('sync.refusedTitle')} lead={t('sync.refusedLead')}>
          <WaitingList items={refused} onOpenCall={onOpenCall} />
        </Part>
      )}
      {waiting.length > 0 && (
        <Part title={t('sync.waitingTitle')} lead={t('sync.waitingLead')}>
          <WaitingList items={waiting} onOpenCall={onOpenCall} />
        </Part>
      )}
      {nothing && (
        <div className={styles.nothing}>
          <EmptyState icon={IconCloudCheck} title={t('sync.nothingTitle')} text={t('sync.nothing')} />
        </div>
      )}
    </article>
  );
}

/** Asked again whenever main tells that something about syncing is other than it was. */
function useAskedWith<R extends readonly unknown[]>(sync: SyncView, ask: () => Promise<R>): Asked<R> {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `sync` is what makes the old answer stale.
  return useAsked(useCallback(() => ask(), [ask, sync]));
}

function Standing({ sync }: { readonly sync: SyncView }) {
  const { t, i18n } = useTranslation('records');
  const format = useFormat();
  const { pulling, sameSinceMs, waiting, why } = sync;
  const figures = pulling && {
    done: pulling.done.toLocaleString(i18n.language),
    total: pulling.total.toLocaleString(i18n.language),
  };
  return (
    <section className={styles.standing}>
      <p>{t(`sync.why.${why}`)}</p>
      {figures && pulling && (
        <div className={styles.pull}>
          <div className={styles.pullLine}>
            <span id="sync-pull">{t('sync.pullTitle')}</span>
            <span className="oh-figures">{t('sync.pullProgress', figures)}</span>
          </div>
          <progress aria-labelledby="sync-pull" value={pulling.done} max={Math.max(1, pulling.total)} />
          <p className={styles.quiet}>{t('sync.pullHint')}</p>
        </div>
      )}
      <p className={styles.quiet}>
        {sameSinceMs === null
          ? t('sync.never')
          : t(waiting > 0 || pulling ? 'sync.sameLast' : 'sync.same', { time: format.dateTime(sameSinceMs) })}
      </p>
    </section>
  );
}

interface PartProps {
  readonly title: string;
  readonly lead: string;
  readonly children: React.ReactNode;
}

function Part({ title, lead, children }: PartProps) {
  return (
    <section className={styles.part} aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      <p className={styles.quiet}>{lead}</p>
      {children}
    </section>
  );
}
