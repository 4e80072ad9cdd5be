// The last outcome, with the ten seconds in which it can be taken back, counted down.
import { useTranslation } from 'react-i18next';
import type { DialUpView } from '#shared/desktop/dial-up-contract.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useNow } from '../../client/use-now.ts';
import { Button } from '../../parts/button.tsx';
import { IconArrowBackUp, IconCircleCheckFilled } from '../../parts/icons.ts';
import { isTyping, plainKey, useWindowKeys } from '../../parts/keyboard.ts';
import { useOrderWords } from '../../parts/order-words.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { useSecondsLeft } from '../../parts/time.tsx';
import { isStillTyping } from '../../parts/typing-guard.ts';
import styles from './order-undo.module.css';

export function OrderUndo({ undo }: { readonly undo: NonNullable<DialUpView['undo']> }) {
  const { t } = useTranslation('dialUp');
  const words = useOrderWords();
  const takeBack = useCommand('dialUp.undo');
  const seconds = useSecondsLeft(undo.untilMs);
  const over = useNow(250) > undo.untilMs;
  useWindowKeys((event) => {
    const free = event.altKey || (!isTyping(event.target) && !isStillTyping());
    if (!free || event.ctrlKey || event.metaKey || event.repeat || plainKey(event) !== 'u' || over) return;
    event.preventDefault();
    void takeBack.run(null);
  });
  if (over) return null;
  return (
    <div className={styles.bar}>
      <div className={styles.row}>
        <IconCircleCheckFilled size={18} aria-hidden="true" className={styles.icon} />
        <span className={styles.text} role="status">
          {t('undo', { button: words.button(undo.button, null), name: undo.name || t('noName') })}
        </span>
        <Button
          icon={IconArrowBackUp}
          size="small"
          keys="U"
          shortcut="u Alt+u"
          hint={t('undoHint')}
          disabled={takeBack.running}
          onClick={() => void takeBack.run(null)}
        >
          {t('undoButton')}
        </Button>
        <span className={`oh-figures ${styles.seconds}`} aria-hidden="true">
          {t('undoLeft', { seconds })}
        </span>
      </div>
      <RefusalNotice before="dialUp" reason={takeBack.refusal} />
    </div>
  );
}
