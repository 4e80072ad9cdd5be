// The inbox: what waits for the agent. Composed of lists from main; what a chosen item shows is the window's to say,
// because finishing a call and hearing a message are features of their own.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { VoicemailView } from '#shared/desktop/history-contract.ts';
import type { CallId } from '#shared/domain/ids.ts';
import { useLive } from '../../client/desktop-context.tsx';
import { useDetailSide } from '../../parts/detail-side.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { IconInbox } from '../../parts/icons.ts';
import { ListAndDetail } from '../../parts/list-and-detail.tsx';
import styles from './inbox-list.module.css';
import { InboxList } from './inbox-list.tsx';

/** What is chosen in the inbox. */
export type InboxChoice =
  | { readonly kind: 'call'; readonly callId: CallId }
  | { readonly kind: 'voicemail'; readonly voicemail: VoicemailView };

export interface InboxViewProps {
  readonly chosen: InboxChoice | null;
  onChoose(choice: InboxChoice | null): void;
  /** Draws what was chosen. */
  detail(choice: InboxChoice): ReactNode;
}

/** How many items wait: for the rail. */
export function useInboxCount(): number {
  const inbox = useLive('inbox');
  const ignored = useLive('calls').filter((call) => call.phase === 'ignored').length;
  return ignored + inbox.toFinish.length + inbox.missed.length + inbox.voicemails.length;
}

export function InboxView({ chosen, onChoose, detail }: InboxViewProps) {
  const { t } = useTranslation();
  const session = useLive('session');
  const count = useInboxCount();
  const taken = useDetailSide();
  if (count === 0 && chosen === null && taken === null) {
    return (
      <div className={styles.empty}>
        <h1 className="oh-unseen">{t('inbox.title')}</h1>
        <EmptyState
          icon={IconInbox}
          title={t('inbox.emptyTitle')}
          text={session.practice ? `${t('inbox.empty')} ${t('inbox.emptyPractice')}` : t('inbox.empty')}
        />
      </div>
    );
  }
  return (
    <ListAndDetail
      title={t('inbox.title')}
      chosen={chosen !== null}
      onBack={() => onChoose(null)}
      list={
        count === 0 ? (
          <EmptyState icon={IconInbox} title={t('inbox.emptyTitle')} text={t('inbox.empty')} />
        ) : (
          <InboxList chosen={chosen} onChoose={onChoose} />
        )
      }
      detail={
        chosen ? (
          detail(chosen)
        ) : (
          <EmptyState icon={IconInbox} title={t('inbox.pickTitle')} text={t('inbox.pick')} />
        )
      }
    />
  );
}
