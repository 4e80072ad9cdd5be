// What the agent does about the order: note, call back, and how it ended. Keys act alone outside fields, with Alt anywhere.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkedOrder } from '#shared/desktop/dial-up-contract.ts';
import type { OutcomeButton } from '#shared/domain/dial-up.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { isTyping, plainKey, useWindowKeys } from '../../parts/keyboard.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { SavedNote } from '../../parts/saved-note.tsx';
import { isStillTyping } from '../../parts/typing-guard.ts';
import { CallBackFields } from './call-back-fields.tsx';
import { OutcomeButtons } from './outcome-buttons.tsx';
import { keyed } from './outcome-keys.ts';
import styles from './outcome-panel.module.css';
import { useOrderNote } from './use-order-note.ts';

export function OutcomePanel({ order }: { readonly order: WorkedOrder }) {
  const { t } = useTranslation('dialUp');
  const { note, keeper } = useOrderNote(order);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const timeField = useRef<HTMLInputElement>(null);
  const change = useCommand('dialUp.changeDraft');
  const end = useCommand('dialUp.end');
  const [ending, setEnding] = useState(false);
  const { id: orderId } = order.leased.order;

  const finish = async (button: OutcomeButton) => {
    if (ending || end.running) return;
    setEnding(true);
    // What is being typed belongs to it.
    if (await keeper.flush()) await end.run({ orderId, button });
    setEnding(false);
  };
  const callBackWrong = end.refusal === 'callBackTimeMissing' || end.refusal === 'notInFuture';
  const finishOrAsk = async (button: OutcomeButton) => {
    if (button === 'callBack' && order.draft.callBackAtMs === null) timeField.current?.focus();
    await finish(button);
  };

  useWindowKeys((event) => {
    const free = event.altKey || (!isTyping(event.target) && !isStillTyping());
    if (!free || event.ctrlKey || event.metaKey || event.repeat) return;
    const key = plainKey(event);
    if (key === null) return;
    if (key === 'n' || key === 'b') {
      event.preventDefault();
      (key === 'n' ? noteField : timeField).current?.focus();
      return;
    }
    const chosen = keyed(order.leased.buttons).find((each) => each.key === key);
    if (!chosen) return;
    event.preventDefault();
    void finishOrAsk(chosen.button);
  });

  return (
    <section className={styles.panel} aria-label={t('outcome')}>
      <SavedNote
        label={t('note')}
        placeholder={t('notePlaceholder')}
        note={note}
        ref={noteField}
        shortcut="n Alt+n"
        onType={(text) => keeper.change({ note: text })}
        onLeave={() => void keeper.flush()}
      />
      <CallBackFields
        draft={order.draft}
        wrong={callBackWrong}
        timeRef={timeField}
        onChange={(part) => {
          end.forget();
          void change.run({ orderId, ...part });
        }}
      />
      <RefusalNotice before="dialUp" reason={end.refusal ?? change.refusal} />
      <OutcomeButtons
        order={order}
        disabled={ending || end.running}
        onEnd={(button) => void finishOrAsk(button)}
      />
    </section>
  );
}
