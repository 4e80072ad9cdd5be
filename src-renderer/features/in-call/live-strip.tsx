// The running call in the agent window: who, how long, mute, hold, route, end. The call box may be covered or put aside.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '#shared/domain/call-view.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { Button, IconButton } from '../../parts/button.tsx';
import { CallStrip } from '../../parts/call-strip.tsx';
import {
  IconArrowForwardUp,
  IconExternalLink,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneEnd,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
} from '../../parts/icons.ts';
import styles from './live-strip.module.css';
import { QualityBars } from './quality-bars.tsx';
import { isHeld, useCallControls } from './use-call-controls.ts';

export interface LiveStripProps {
  readonly call: CallView;
  readonly routeOpen: boolean;
  onToggleRoute(): void;
  readonly formButton: ReactNode;
}

export function LiveStrip({ call, routeOpen, onToggleRoute, formButton }: LiveStripProps) {
  const { t } = useTranslation();
  const controls = useCallControls(call);
  const showBox = useCommand('window.showCallBox');
  const held = isHeld(call);
  return (
    <CallStrip
      label={t('call.live')}
      remote={call.remote}
      detail={t(`call.phase.${call.phase}`)}
      sinceMs={call.answeredAtMs}
      held={held}
      besideTime={
        call.answeredAtMs !== null && (
          <span className={styles.quality}>
            <QualityBars quality={call.quality} />
          </span>
        )
      }
      refusal={controls.refusal ?? showBox.refusal}
    >
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
      <Button
        icon={IconArrowForwardUp}
        hint={t('route.hint')}
        aria-pressed={routeOpen}
        disabled={!call.intents.transfer}
        onClick={onToggleRoute}
      >
        {t('route.route')}
      </Button>
      {formButton}
      <Button tone="stop" icon={IconPhoneEnd} disabled={!call.intents.hangUp} onClick={controls.hangUp}>
        {call.answeredAtMs === null ? t('call.cancelCall') : t('call.end')}
      </Button>
      <IconButton icon={IconExternalLink} label={t('call.showBox')} onClick={() => void showBox.run(null)} />
    </CallStrip>
  );
}
