// Further offers beside the main one: one compact row each, with buttons of their own.
import { useTranslation } from 'react-i18next';
import type { CallView } from '#shared/domain/call-view.ts';
import { IconButton } from '../../parts/button.tsx';
import { IconBellOff, IconPhone, IconPhoneX } from '../../parts/icons.ts';
import { usePartyText } from '../../parts/party.tsx';
import { Elapsed } from '../../parts/time.tsx';
import styles from './other-offers.module.css';
import type { AnswerCall } from './use-answer-call.ts';

export interface OtherOffersProps {
  readonly calls: readonly CallView[];
  readonly answer: AnswerCall;
}

export function OtherOffers({ calls, answer }: OtherOffersProps) {
  const { t } = useTranslation();
  const party = usePartyText();
  if (calls.length === 0) return null;
  return (
    <section className={styles.others} aria-label={t('ringing.others')}>
      <h2 className={styles.heading}>{t('ringing.others')}</h2>
      <ul>
        {calls.map((call) => {
          const { title, number } = party(call.remote);
          return (
            <li key={call.callId} className={styles.row}>
              <div className={styles.who}>
                <div className={styles.name} title={title}>
                  {title}
                </div>
                <div className={styles.detail}>
                  <Elapsed sinceMs={call.startedAtMs} /> ·{' '}
                  {number ?? call.projectName ?? t('call.direction.inbound')}
                </div>
              </div>
              <IconButton
                icon={IconPhone}
                tone="go"
                label={t('ringing.acceptNamed', { name: title })}
                disabled={!call.intents.accept}
                onClick={() => answer.accept(call.callId)}
              />
              <IconButton
                icon={IconBellOff}
                tone="soft"
                label={t('ringing.ignoreNamed', { name: title })}
                disabled={!call.intents.ignore}
                onClick={() => answer.ignore(call.callId)}
              />
              <IconButton
                icon={IconPhoneX}
                tone="stop"
                label={t('ringing.declineNamed', { name: title })}
                disabled={!call.intents.decline}
                onClick={() => answer.decline(call.callId)}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
