// Accept, Ignore, Decline: always these, always in this order and place, each with its key.
import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallView } from '#shared/domain/call-view.ts';
import { IconBellOff, IconPhone, IconPhoneX } from '../../parts/icons.ts';
import { KeyHint } from '../../parts/key-hint.tsx';
import { isPressable, isTyping, plainKey, useWindowKeys } from '../../parts/keyboard.ts';
import { isStillTyping } from '../../parts/typing-guard.ts';
import styles from './answer-buttons.module.css';
import type { AnswerCall } from './use-answer-call.ts';

export interface AnswerButtonsProps {
  readonly call: CallView;
  readonly answer: AnswerCall;
}

export function AnswerButtons({ call, answer }: AnswerButtonsProps) {
  const { t } = useTranslation();
  const choices = [
    {
      id: 'accept',
      icon: IconPhone,
      label: t('ringing.accept'),
      hint: t('ringing.acceptHint'),
      key: t('keys.enter'),
      shortcut: 'Enter',
    },
    {
      id: 'ignore',
      icon: IconBellOff,
      label: t('ringing.ignore'),
      hint: t('ringing.ignoreHint'),
      key: 'I',
      shortcut: 'I',
    },
    {
      id: 'decline',
      icon: IconPhoneX,
      label: t('ringing.decline'),
      hint: t('ringing.declineHint'),
      key: 'D',
      shortcut: 'D',
    },
  ] as const;
  return (
    <div className={styles.row}>
      {choices.map(({ id, icon: IconShown, label, hint, key, shortcut }) => (
        <Tooltip key={id} label={hint} position="top">
          <button
            type="button"
            className={styles.button}
            data-answer={id}
            disabled={!call.intents[id]}
            aria-keyshortcuts={shortcut}
            onClick={() => answer[id](call.callId)}
          >
            <IconShown size={20} stroke={1.75} aria-hidden="true" />
            <span>{label}</span>
            <KeyHint keys={key} />
          </button>
        </Tooltip>
      ))}
    </div>
  );
}

/** The three keys, for the window that shows the offer as its main thing. Null: nothing to answer. */
export function useAnswerKeys(call: CallView | null, answer: AnswerCall): void {
  useWindowKeys((event) => {
    if (!call || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (isTyping(event.target)) return;
    const key = event.key === 'Enter' ? 'enter' : plainKey(event);
    if (key !== 'enter' && key !== 'i' && key !== 'd') return;
    if (isStillTyping() || (key === 'enter' && isPressable(event.target))) return;
    event.preventDefault();
    if (key === 'enter' && call.intents.accept) answer.accept(call.callId);
    if (key === 'i' && call.intents.ignore) answer.ignore(call.callId);
    if (key === 'd' && call.intents.decline) answer.decline(call.callId);
  });
}
