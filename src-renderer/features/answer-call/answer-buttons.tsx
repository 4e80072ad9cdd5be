// Accept, Ignore, Decline: always these, always in this order and place, each with its key.
import { useTranslation } from 'react-i18next';
import type { CallView } from '#shared/domain/call-view.ts';
import { CallKey } from '../../parts/call-key.tsx';
import { IconBellOff, IconPhone, IconPhoneX } from '../../parts/icons.ts';
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
      tone: 'go',
      icon: IconPhone,
      label: t('ringing.accept'),
      hint: t('ringing.acceptHint'),
      key: t('keys.enter'),
      shortcut: 'Enter',
    },
    {
      id: 'ignore',
      tone: undefined,
      icon: IconBellOff,
      label: t('ringing.ignore'),
      hint: t('ringing.ignoreHint'),
      key: 'I',
      shortcut: 'I',
    },
    {
      id: 'decline',
      tone: 'stop',
      icon: IconPhoneX,
      label: t('ringing.decline'),
      hint: t('ringing.declineHint'),
      key: 'D',
      shortcut: 'D',
    },
  ] as const;
  return (
    <div className={styles.row}>
      {choices.map(({ id, key, ...shown }) => (
        <CallKey
          key={id}
          {...shown}
          keys={key}
          size="large"
          hintAt="top"
          disabled={!call.intents[id]}
          onPress={() => answer[id](call.callId)}
        />
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
