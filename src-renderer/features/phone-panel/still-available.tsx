// CALL-21: the phone is being turned off while its agent is still Available. Says which other devices go on ringing, and
// offers Offline, which keeps the agent out of the queue on all of them.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useCommand } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';

export function StillAvailable({ onDone }: { onDone(): void }) {
  const { t } = useTranslation();
  const client = useClient();
  const { answer: others } = useAsked(useCallback(() => client.call('account.otherDevices', null), [client]));
  const turn = useCommand('phone.turn');
  const set = useCommand('presence.set');
  const turnOff = async () => {
    if ((await turn.run({ on: false, knowingly: true })) !== undefined) onDone();
  };
  const goOffline = async () => {
    const offline = { status: 'offline', labelId: null, untilMs: null, knowingly: true } as const;
    if ((await set.run(offline)) !== undefined) await turnOff();
  };
  const names = (others ?? []).map(({ label }) => label ?? t('phone.otherOffhook'));
  return (
    <Notice
      tone="warn"
      title={t('phone.stillAvailableTitle')}
      actions={
        <>
          <Button size="small" tone="accent" onClick={() => void goOffline()}>
            {t('phone.setOffline')}
          </Button>
          <Button size="small" onClick={() => void turnOff()}>
            {t('phone.turnOffAnyway')}
          </Button>
        </>
      }
    >
      {others !== undefined &&
        (names.length > 0
          ? t('phone.stillRings', { count: names.length, devices: names.join(', ') })
          : t('phone.stillRingsNowhere'))}
      <RefusalNotice reason={set.refusal ?? turn.refusal} />
    </Notice>
  );
}
