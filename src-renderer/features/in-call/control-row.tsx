// Mute, hold, keypad, route, end: five equal buttons, each with the key that works where the focus is now.
import { useTranslation } from 'react-i18next';
import type { CallView } from '#shared/domain/call-view.ts';
import { CallKey } from '../../parts/call-key.tsx';
import {
  IconArrowForwardUp,
  IconDialpad,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneEnd,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
} from '../../parts/icons.ts';
import styles from './control-row.module.css';
import { type CallControls, isHeld } from './use-call-controls.ts';

const look = { size: 'medium', hintAt: 'bottom' } as const;

export interface ControlRowProps {
  readonly call: CallView;
  readonly controls: CallControls;
  readonly keypadOpen: boolean;
  onToggleKeypad(): void;
  readonly routeOpen: boolean;
  onToggleRoute(): void;
  /** True while the focus is in the note: letters are text there, so the keys need Alt. */
  readonly typing: boolean;
}

export function ControlRow(props: ControlRowProps) {
  const { call, controls, keypadOpen, onToggleKeypad, routeOpen, onToggleRoute, typing } = props;
  const { t } = useTranslation();
  const alt = t('keys.alt');
  const key = (letter: string) => (typing ? `${alt} ${letter}` : letter);
  const held = isHeld(call);
  const answered = call.answeredAtMs !== null;
  return (
    <div className={styles.row}>
      <CallKey
        {...look}
        icon={call.muted ? IconMicrophoneOff : IconMicrophone}
        label={call.muted ? t('call.unmute') : t('call.mute')}
        hint={call.muted ? t('call.unmuteHint') : t('call.muteHint')}
        keys={key('M')}
        shortcut="M Alt+M"
        tone={call.muted ? 'warn' : undefined}
        disabled={!call.intents.mute}
        onPress={controls.toggleMute}
      />
      <CallKey
        {...look}
        icon={held ? IconPlayerPlayFilled : IconPlayerPauseFilled}
        label={held ? t('call.resume') : t('call.hold')}
        hint={held ? t('call.resumeHint') : t('call.holdHint')}
        keys={key('H')}
        shortcut="H Alt+H"
        tone={held ? 'warn' : undefined}
        disabled={!call.intents.hold && !call.intents.resume}
        onPress={controls.toggleHold}
      />
      <CallKey
        {...look}
        icon={IconDialpad}
        label={t('call.keypad')}
        hint={t('call.keypadHint')}
        keys={key('K')}
        shortcut="K Alt+K"
        pressed={keypadOpen}
        tone={keypadOpen ? 'accent' : undefined}
        disabled={!call.intents.sendDtmf}
        onPress={onToggleKeypad}
      />
      <CallKey
        {...look}
        icon={IconArrowForwardUp}
        label={t('route.route')}
        hint={t('route.hint')}
        keys={key('R')}
        shortcut="R Alt+R"
        pressed={routeOpen}
        tone={routeOpen ? 'accent' : undefined}
        disabled={!call.intents.transfer}
        onPress={onToggleRoute}
      />
      <CallKey
        {...look}
        icon={IconPhoneEnd}
        label={answered ? t('call.end') : t('call.cancelCall')}
        hint={t('call.endHint')}
        keys={`${alt} E`}
        shortcut="Alt+E"
        tone="stop"
        disabled={!call.intents.hangUp}
        onPress={controls.hangUp}
      />
    </div>
  );
}
