// All voice messages, new and heard, with the player beside the list.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { VoicemailView as Message } from '#shared/desktop/history-contract.ts';
import type { VoicemailId } from '#shared/domain/ids.ts';
import { useClient, useMainEvent } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';
import { formatDuration } from '../../i18n/use-format.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { IconRecordMail } from '../../parts/icons.ts';
import { ListAndDetail } from '../../parts/list-and-detail.tsx';
import { moveByArrow } from '../../parts/list-keys.ts';
import { ListRow } from '../../parts/list-row.tsx';
import { usePartyText } from '../../parts/party.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { When } from '../../parts/time.tsx';
import styles from './voicemail.module.css';
import { VoicemailDetail } from './voicemail-detail.tsx';

export interface VoicemailViewProps {
  readonly chosen: VoicemailId | null;
  onChoose(voicemailId: VoicemailId | null): void;
}

export function VoicemailView({ chosen, onChoose }: VoicemailViewProps) {
  const { t } = useTranslation();
  const client = useClient();
  const party = usePartyText();
  const {
    answer: messages,
    refusal,
    again,
  } = useAsked<Message[]>(useCallback(() => client.call('voicemail.list', null), [client]));
  useMainEvent('voicemail.changed', again);
  const shown = messages?.find((message) => message.voicemailId === chosen) ?? null;
  return (
    <ListAndDetail
      title={t('voicemail.title')}
      chosen={shown !== null}
      onBack={() => onChoose(null)}
      list={
        refusal ? (
          <div className={styles.refusal}>
            <RefusalNotice
              reason={refusal}
              actions={
                <Button size="small" onClick={again}>
                  {t('common.tryAgain')}
                </Button>
              }
            />
          </div>
        ) : messages?.length === 0 ? (
          <EmptyState icon={IconRecordMail} title={t('voicemail.emptyTitle')} text={t('voicemail.empty')} />
        ) : (
          <ul aria-label={t('voicemail.listLabel')} onKeyDown={moveByArrow}>
            {messages?.map((message) => (
              <li key={message.voicemailId}>
                <ListRow
                  icon={IconRecordMail}
                  tone={message.heard ? 'quiet' : 'accent'}
                  fresh={!message.heard}
                  title={party(message.remote).title}
                  time={<When atMs={message.leftAtMs} />}
                  detail={[
                    message.heard ? t('voicemail.heard') : t('voicemail.new'),
                    formatDuration(message.durationMs),
                    message.projectName,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                  selected={message.voicemailId === chosen}
                  onSelect={() => onChoose(message.voicemailId)}
                />
              </li>
            ))}
          </ul>
        )
      }
      detail={
        shown ? (
          <VoicemailDetail key={shown.voicemailId} message={shown} />
        ) : (
          <EmptyState icon={IconRecordMail} title={t('voicemail.pickTitle')} text={t('voicemail.pick')} />
        )
      }
    />
  );
}
