// The running call in the agent window: who, how long, mute, hold, end. The call box may be covered or put aside.
import { useTranslation } from 'react-i18next';
import type { CallView } from '#shared/domain/call-view.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { Button } from '../../parts/button.tsx';
import {
  IconExternalLink,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneEnd,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
} from '../../parts/icons.ts';
import { usePartyText } from '../../parts/party.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { Elapsed } from '../../parts/time.tsx';
import styles from './live-strip.module.css';
import { QualityBars } from './quality-bars.tsx';
import { isHeld, useCallControls } from './use-call-controls.ts';

export function LiveStrip({ call }: { readonly call: CallView }) {
  const { t } = useTranslation();
  const party = usePartyText()(call.remote);
  const controls = useCallControls(call);
  const showBox = useCommand('window.showCallBox');
  const held = isHeld(call);
  return (
    <section className={styles.strip} aria-label={t('call.live')} data-held={held || undefined}>
      <div className={styles.row}>
        <span className={styles.light} aria-hidden="true" />
        <div className={styles.who}>
          <div className={styles.name} title={party.title}>
            {party.title}
          </div>
          <div className={styles.phase}>{t(`call.phase.${call.phase}`)}</div>
        </div>
        {call.answeredAtMs !== null && (
          <>
            <span className={styles.timer}>
              <Elapsed sinceMs={call.answeredAtMs} />
            </span>
            <span className={styles.quality}>
              <QualityBars quality={call.quality} />
            </span>
          </>
        )}
        <div className={styles.buttons}>
          <Button
            icon={call.muted ? IconMicrophoneOff : IconMicrophone}
            disabled={!call.intents.mute}
            onClick={controls.toggleMute}
          >
            {call.muted ? t('call.unmute') : t('call.mute')}
          </Button>
          <Button
            icon={held ? IconPlayerPlayFilled : IconPlayerPauseFilled}
            disabled={!call.intents.hold && !call.intents.resume}
            onClick={controls.toggleHold}
          >
            {held ? t('call.resume') : t('call.hold')}
          </Button>
          <Button tone="stop" icon={IconPhoneEnd} disabled={!call.intents.hangUp} onClick={controls.hangUp}>
            {call.answeredAtMs === null ? t('call.cancelCall') : t('call.end')}
          </Button>
          <Button tone="plain" icon={IconExternalLink} onClick={() => void showBox.run(null)}>
            {t('call.showBox')}
          </Button>
        </div>
      </div>
      <RefusalNotice reason={controls.refusal ?? showBox.refusal} />
    </section>
  );
}
