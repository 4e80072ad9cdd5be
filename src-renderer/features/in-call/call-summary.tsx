// Who is on the line and for how long: the head of the talking and wrap-up faces.
import { useTranslation } from 'react-i18next';
import type { CallView } from '#shared/domain/call-view.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { formatDuration } from '../../i18n/use-format.ts';
import { MatchCount, RecordKindChip, usePartyText } from '../../parts/party.tsx';
import { Elapsed } from '../../parts/time.tsx';
import styles from './call-summary.module.css';
import { QualityBars } from './quality-bars.tsx';
import { isLive } from './use-call-controls.ts';

export function CallSummary({ call }: { readonly call: CallView }) {
  const { t } = useTranslation();
  const party = usePartyText()(call.remote);
  const open = useCommand('window.openRecord');
  const { recordId } = call.remote;
  return (
    <div className={styles.summary}>
      <div className={styles.line}>
        <h1 className={styles.name} title={party.title}>
          {recordId === null ? (
            party.title
          ) : (
            <button
              type="button"
              className={styles.open}
              title={t('common.openRecord', { name: party.title })}
              onClick={() => void open.run({ recordId })}
            >
              {party.title}
            </button>
          )}
        </h1>
        <span className={`oh-figures ${styles.timer}`} title={t('call.duration')}>
          {call.answeredAtMs === null ? null : call.endedAtMs === null ? (
            <Elapsed sinceMs={call.answeredAtMs} />
          ) : (
            formatDuration(call.endedAtMs - call.answeredAtMs)
          )}
        </span>
      </div>
      <div className={styles.line}>
        <span className={styles.detail}>
          {party.number && <span className={`oh-figures ${styles.number}`}>{party.number}</span>}
          <RecordKindChip remote={call.remote} />
          <MatchCount form={call.form} />
        </span>
        {isLive(call) && call.answeredAtMs !== null && (
          <QualityBars quality={call.quality} inWords={!call.quality?.silence} />
        )}
      </div>
    </div>
  );
}
