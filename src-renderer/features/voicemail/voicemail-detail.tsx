// One voice message: heard here, marked heard once it has played to its end, called back with one click.
import { useTranslation } from 'react-i18next';
import type { VoicemailView } from '#shared/desktop/history-contract.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { formatDuration } from '../../i18n/use-format.ts';
import { Button } from '../../parts/button.tsx';
import { CallBackButton } from '../../parts/call-back-button.tsx';
import { DetailPage, Facts } from '../../parts/detail-page.tsx';
import { IconCheck, IconRecordMail } from '../../parts/icons.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { When } from '../../parts/time.tsx';
import { Player } from './player.tsx';

export function VoicemailDetail({ message }: { readonly message: VoicemailView }) {
  const { t } = useTranslation();
  const mark = useCommand('voicemail.markHeard');
  const { voicemailId, heard } = message;
  const setHeard = (to: boolean) => void mark.run({ voicemailId, heard: to });
  return (
    <DetailPage
      remote={message.remote}
      line={
        <>
          {t('voicemail.message', { duration: formatDuration(message.durationMs) })} ·{' '}
          <When atMs={message.leftAtMs} />
        </>
      }
      actions={
        <>
          <CallBackButton remote={message.remote} />
          <Button
            icon={heard ? IconRecordMail : IconCheck}
            disabled={mark.running}
            onClick={() => setHeard(!heard)}
          >
            {heard ? t('voicemail.markNew') : t('voicemail.markHeard')}
          </Button>
        </>
      }
    >
      <RefusalNotice reason={mark.refusal} />
      <Player message={message} onPlayed={() => heard || setHeard(true)} />
      <Facts facts={[[t('ringing.callTo'), message.projectName]]} />
    </DetailPage>
  );
}
