// Mute, hold, keypad, end: four equal buttons, each with the key that works where the focus is now.
import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallView } from '#shared/domain/call-view.ts';
import {
  type Icon,
  IconDialpad,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneEnd,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
} from '../../parts/icons.ts';
import { KeyHint } from '../../parts/key-hint.tsx';
import styles from './control-row.module.css';
import { type CallControls, isHeld } from './use-call-controls.ts';

export interface ControlRowProps {
  readonly call: CallView;
  readonly controls: CallControls;
  readonly keypadOpen: boolean;
  onToggleKeypad(): void;
  /** True while the focus is in the note: letters are text there, so the keys need Alt. */
  readonly typing: boolean;
}

export function ControlRow({ call, controls, keypadOpen, onToggleKeypad, typing }: ControlRowProps) {
  const { t } = useTranslation();
  const alt = t('keys.alt');
  const key = (letter: string) => (typing ? `${alt} ${letter}` : letter);
  const held = isHeld(call);
  const answered = call.answeredAtMs !== null;
  return (
    <div className={styles.row}>
      <Control
        icon={call.muted ? IconMicrophoneOff : IconMicrophone}
        label={call.muted ? t('call.unmute') : t('call.mute')}
        hint={call.muted ? t('call.unmuteHint') : t('call.muteHint')}
        keys={key('M')}
        shortcut="M Alt+M"
        tone={call.muted ? 'warn' : undefined}
        disabled={!call.intents.mute}
        onPress={controls.toggleMute}
      />
      <Control
        icon={held ? IconPlayerPlayFilled : IconPlayerPauseFilled}
        label={held ? t('call.resume') : t('call.hold')}
        hint={held ? t('call.resumeHint') : t('call.holdHint')}
        keys={key('H')}
        shortcut="H Alt+H"
        tone={held ? 'warn' : undefined}
        disabled={!call.intents.hold && !call.intents.resume}
        onPress={controls.toggleHold}
      />
      <Control
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
      <Control
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

interface ControlProps {
  readonly icon: Icon;
  readonly label: string;
  readonly hint: string;
  readonly keys: string;
  readonly shortcut: string;
  readonly pressed?: boolean;
  readonly tone?: 'warn' | 'accent' | 'stop' | undefined;
  readonly disabled: boolean;
  onPress(): void;
}

function Control({
  icon: IconShown,
  label,
  hint,
  keys,
  shortcut,
  pressed,
  tone,
  disabled,
  onPress,
}: ControlProps) {
  return (
    <Tooltip label={hint} position="bottom">
      <button
        type="button"
        className={styles.control}
        data-tone={tone}
        aria-pressed={pressed}
        aria-keyshortcuts={shortcut}
        disabled={disabled}
        onClick={onPress}
      >
        <IconShown size={20} stroke={1.75} aria-hidden="true" />
        <span className={styles.label}>{label}</span>
        <KeyHint keys={keys} />
      </button>
    </Tooltip>
  );
}
