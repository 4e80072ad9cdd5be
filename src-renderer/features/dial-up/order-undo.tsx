// The last outcome, as long as it can be taken back; U does so, too.
import { useTranslation } from 'react-i18next';
import type { DialUpView } from '#shared/desktop/dial-up-contract.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useNow } from '../../client/use-now.ts';
import { isTyping, plainKey, useWindowKeys } from '../../parts/keyboard.ts';
import { useOrderWords } from '../../parts/order-words.ts';
import { isStillTyping } from '../../parts/typing-guard.ts';
import { UndoLine } from '../../parts/undo-line.tsx';

export function OrderUndo({ undo }: { readonly undo: NonNullable<DialUpView['undo']> }) {
  const { t } = useTranslation('dialUp');
  const words = useOrderWords();
  const takeBack = useCommand('dialUp.undo');
  const over = useNow(250) > undo.untilMs;
  useWindowKeys((event) => {
    const free = event.altKey || (!isTyping(event.target) && !isStillTyping());
    if (!free || event.ctrlKey || event.metaKey || event.repeat || plainKey(event) !== 'u' || over) return;
    event.preventDefault();
    void takeBack.run(null);
  });
  if (over) return null;
  return (
    <UndoLine
      wide
      text={t('undo', { button: words.button(undo.button, undo.label), name: undo.name || t('noName') })}
      untilMs={undo.untilMs}
      button={{ word: t('undoButton'), hint: t('undoHint'), keys: 'U', shortcut: 'u Alt+u' }}
      running={takeBack.running}
      refusal={takeBack.refusal}
      refusalBefore="dialUp"
      onUndo={() => void takeBack.run(null)}
    />
  );
}
