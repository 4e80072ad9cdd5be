// One call of the past: what became of it, what was written, and the corrections added since.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallId } from '#shared/domain/ids.ts';
import { useClient, useMainEvent } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';
import { formatDuration, useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../parts/button.tsx';
import { CallBackButton } from '../../parts/call-back-button.tsx';
import { useCallWords } from '../../parts/call-words.ts';
import { CutOffNotice } from '../../parts/cut-off-notice.tsx';
import { DetailPage, DetailSection, Facts } from '../../parts/detail-page.tsx';
import { DispositionMark } from '../../parts/disposition-mark.tsx';
import { IconPencil } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
import { useOrderWords } from '../../parts/order-words.ts';
import { RecordLink } from '../../parts/record-link.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { When } from '../../parts/time.tsx';
import { Corrections } from './corrections.tsx';
import styles from './history-detail.module.css';

export interface HistoryDetailProps {
  readonly callId: CallId;
  onFinish(callId: CallId): void;
}

export function HistoryDetail({ callId, onFinish }: HistoryDetailProps) {
  const { t } = useTranslation();
  const { t: form } = useTranslation('form');
  const { t: dialUp } = useTranslation('dialUp');
  const orderWords = useOrderWords();
  const client = useClient();
  const format = useFormat();
  const words = useCallWords();
  const {
    answer: entry,
    refusal,
    again,
  } = useAsked(useCallback(() => client.call('history.get', { callId }), [client, callId]));
  useMainEvent('history.changed', (changed) => {
    if (changed.callId === null || changed.callId === callId) again();
  });
  if (refusal) {
    return (
      <div className={styles.refusal}>
        <RefusalNotice reason={refusal} />
      </div>
    );
  }
  if (!entry) return null;
  const { answeredAtMs } = entry;
  return (
    <DetailPage
      remote={entry.remote}
      line={
        <>
          {t(`call.direction.${entry.direction}`)} · {words(entry).outcome} ·{' '}
          <When atMs={entry.startedAtMs} />
        </>
      }
      actions={
        <CallBackButton
          remote={entry.remote}
          label={t(entry.direction === 'inbound' ? 'history.callBack' : 'history.callAgain')}
        />
      }
    >
      {entry.state === 'toFinish' && (
        <Notice
          tone="warn"
          actions={
            <Button size="small" icon={IconPencil} onClick={() => onFinish(callId)}>
              {t('history.openInInbox')}
            </Button>
          }
        >
          {t('inbox.toFinishHint')}
        </Notice>
      )}
      <CutOffNotice call={entry} />
      {entry.state === 'undoable' && <Notice>{t('history.undoable')}</Notice>}
      <DetailSection title={t('history.note')}>
        <p className={styles.note} data-none={entry.note === '' || undefined}>
          {entry.note === '' ? t('history.noNote') : entry.note}
        </p>
      </DetailSection>
      {entry.orderOutcome && (
        <DetailSection title={dialUp('ofCall')}>
          {orderWords.button(entry.orderOutcome.button, entry.orderOutcome.label)}
        </DetailSection>
      )}
      {(entry.disposition || !entry.orderOutcome) && (
        <DetailSection title={t('history.disposition')}>
          <DispositionMark disposition={entry.disposition} none={t('history.noDisposition')} />
        </DetailSection>
      )}
      <DetailSection title={t('history.details')}>
        <Facts
          facts={[
            [form('call.subject'), entry.subject],
            [form('call.contact'), entry.contact && <RecordLink record={entry.contact} />],
            [form('call.customer'), entry.customer && <RecordLink record={entry.customer} />],
            [t('history.project'), entry.projectName],
            [t('history.started'), format.dateTime(entry.startedAtMs)],
            [
              t('history.duration'),
              answeredAtMs === null ? null : formatDuration(entry.endedAtMs - answeredAtMs),
            ],
            [t('history.redirectedFrom'), entry.redirectedFrom],
          ]}
        />
      </DetailSection>
      {(entry.state === 'finished' || entry.corrections.length > 0) && (
        <Corrections entry={entry} onAdded={again} />
      )}
    </DetailPage>
  );
}
