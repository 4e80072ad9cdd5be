// The call that rings, as large as it gets: who, to which project, and the three answers in fixed places.
import { useTranslation } from 'react-i18next';
import type { CallView } from '#shared/domain/call-view.ts';
import { IconAlertTriangle } from '../../parts/icons.ts';
import { LiveAnnouncement } from '../../parts/live-announcement.tsx';
import { MatchCount, RecordKindChip, usePartyText } from '../../parts/party.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { AnswerButtons } from './answer-buttons.tsx';
import styles from './ringing-face.module.css';
import type { AnswerCall } from './use-answer-call.ts';

export function RingingFace({ call, answer }: { readonly call: CallView; readonly answer: AnswerCall }) {
  const { t } = useTranslation();
  const party = usePartyText()(call.remote);
  return (
    <section className={styles.face} aria-label={t('ringing.title')}>
      <LiveAnnouncement text={t('ringing.announce', { name: party.title })} />
      <h1 className={styles.name} data-long={party.title.length > 28 || undefined} title={party.title}>
        {party.title}
      </h1>
      <div className={styles.line}>
        {party.number && <span className={`oh-figures ${styles.number}`}>{party.number}</span>}
        <RecordKindChip remote={call.remote} />
        <MatchCount form={call.form} />
      </div>
      <dl className={styles.facts}>
        {call.projectName && (
          <div>
            <dt>{t('ringing.callTo')}</dt>
            <dd>{call.projectName}</dd>
          </div>
        )}
        {call.queueName && (
          <div>
            <dt>{t('ringing.queue')}</dt>
            <dd>{call.queueName}</dd>
          </div>
        )}
      </dl>
      {call.redirectedFrom && (
        <p className={styles.redirected}>
          <IconAlertTriangle size={16} stroke={2} aria-hidden="true" />
          <span>{t('ringing.redirected', { number: call.redirectedFrom })}</span>
        </p>
      )}
      <RefusalNotice reason={answer.refusal} />
      <AnswerButtons call={call} answer={answer} />
    </section>
  );
}
