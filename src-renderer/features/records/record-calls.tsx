// The calls with a record: this desktop's, which open in the history, and the others' that the hub told of.
import { useTranslation } from 'react-i18next';
import type { RecordPage } from '#shared/desktop/records-contract.ts';
import type { CallId } from '#shared/domain/ids.ts';
import { formatDuration, useFormat } from '../../i18n/use-format.ts';
import { useCallWords } from '../../parts/call-words.ts';
import { DetailSection } from '../../parts/detail-page.tsx';
import { useOrderWords } from '../../parts/order-words.ts';
import { SyncMark } from '../../parts/sync-mark.tsx';
import { When } from '../../parts/time.tsx';
import styles from './record-calls.module.css';

export interface RecordCallsProps {
  readonly calls: RecordPage['calls'];
  onOpenCall(callId: CallId): void;
}

export function RecordCalls({ calls, onOpenCall }: RecordCallsProps) {
  const { t } = useTranslation('records');
  const format = useFormat();
  return (
    <DetailSection title={t('calls.title')}>
      {calls.length === 0 && <p className={styles.none}>{t('calls.none')}</p>}
      <ul className={styles.calls}>
        {calls.map((call) => (
          <li key={call.callId}>
            {call.own ? (
              <button
                type="button"
                className={styles.call}
                title={t('calls.open', { time: format.dateTime(call.startedAtMs) })}
                onClick={() => onOpenCall(call.callId)}
              >
                <CallLines call={call} />
              </button>
            ) : (
              <div className={styles.call}>
                <CallLines call={call} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </DetailSection>
  );
}

function CallLines({ call }: { readonly call: RecordPage['calls'][number] }) {
  const { t } = useTranslation('records');
  const words = useCallWords()({ ...call, missedReason: null, endCause: null, transferredTo: null });
  const { icon: IconShown } = words;
  const orderWords = useOrderWords();
  const facts = [
    call.disposition,
    call.orderOutcome && orderWords.button(call.orderOutcome.button, call.orderOutcome.label),
    call.answeredAtMs === null ? null : formatDuration(call.endedAtMs - call.answeredAtMs),
    t('calls.by', { name: call.agentName }),
  ].filter((fact) => fact !== null);
  return (
    <>
      <IconShown size={18} stroke={1.75} aria-hidden="true" className={styles.icon} data-tone={words.tone} />
      <span className={styles.words}>
        <span className={styles.first}>
          <span className={styles.outcome}>{words.outcome}</span>
          <SyncMark state={call.state} />
          <span className={styles.time}>
            <When atMs={call.startedAtMs} />
          </span>
        </span>
        <span className={`oh-figures ${styles.facts}`}>{facts.join(' · ')}</span>
        {call.note !== '' && <span className={styles.note}>{call.note}</span>}
      </span>
    </>
  );
}
