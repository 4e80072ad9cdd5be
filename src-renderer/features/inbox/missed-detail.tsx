// A missed call or an ignored one that still rings: who, why, and what can be done about it.
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '#shared/desktop/history-contract.ts';
import type { CallView } from '#shared/domain/call-view.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../parts/button.tsx';
import { CallBackButton } from '../../parts/call-back-button.tsx';
import { useCallWords } from '../../parts/call-words.ts';
import { DetailPage, DetailSection, Facts } from '../../parts/detail-page.tsx';
import { IconCheck, IconPhone } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { Elapsed, When } from '../../parts/time.tsx';

export function MissedDetail({ entry, onSeen }: { readonly entry: HistoryEntry; onSeen(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useCallWords()(entry);
  const seen = useCommand('history.markSeen');
  const markSeen = async () => {
    if ((await seen.run({ callId: entry.callId })) !== undefined) onSeen();
  };
  return (
    <DetailPage
      remote={entry.remote}
      line={
        <>
          {words.outcome} · <When atMs={entry.startedAtMs} />
        </>
      }
      actions={
        <>
          <CallBackButton remote={entry.remote} />
          <Button
            icon={IconCheck}
            hint={t('inbox.markSeenHint')}
            disabled={seen.running}
            onClick={() => void markSeen()}
          >
            {t('inbox.markSeen')}
          </Button>
        </>
      }
    >
      <RefusalNotice reason={seen.refusal} />
      <DetailSection title={t('history.details')}>
        <Facts
          facts={[
            [t('ringing.callTo'), entry.projectName],
            [t('history.started'), format.dateTime(entry.startedAtMs)],
            [t('history.redirectedFrom'), entry.redirectedFrom],
          ]}
        />
      </DetailSection>
    </DetailPage>
  );
}

export function StillRingingDetail({ call }: { readonly call: CallView }) {
  const { t } = useTranslation();
  const accept = useCommand('calls.accept');
  return (
    <DetailPage
      remote={call.remote}
      line={
        <>
          {t(`call.phase.${call.phase}`)} · <Elapsed sinceMs={call.startedAtMs} />
        </>
      }
      actions={
        <Button
          tone="go"
          icon={IconPhone}
          disabled={!call.intents.accept}
          onClick={() => void accept.run({ callId: call.callId })}
        >
          {t('ringing.accept')}
        </Button>
      }
    >
      <RefusalNotice reason={accept.refusal} />
      <Notice>{t('inbox.stillRinging')}</Notice>
      <Facts
        facts={[
          [t('ringing.callTo'), call.projectName],
          [t('ringing.queue'), call.queueName],
          [t('history.redirectedFrom'), call.redirectedFrom],
        ]}
      />
    </DetailPage>
  );
}
