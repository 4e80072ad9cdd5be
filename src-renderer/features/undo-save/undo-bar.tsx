// "Saved" with the ten seconds in which it can be taken back, counted down.
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '#shared/desktop/history-contract.ts';
import type { CallId } from '#shared/domain/ids.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { Button } from '../../parts/button.tsx';
import { IconArrowBackUp, IconCircleCheckFilled } from '../../parts/icons.ts';
import { usePartyText } from '../../parts/party.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { useSecondsLeft } from '../../parts/time.tsx';
import styles from './undo-bar.module.css';

export interface UndoBarProps {
  readonly entry: HistoryEntry;
  /** The save was taken back: the call is to be finished again. */
  onUndone(callId: CallId): void;
}

export function UndoBar({ entry, onUndone }: UndoBarProps) {
  const { t } = useTranslation();
  const party = usePartyText();
  const undo = useCommand('calls.undoFinish');
  const takeBack = async () => {
    const { callId } = entry;
    if ((await undo.run({ callId })) !== undefined) onUndone(callId);
  };
  const seconds = useSecondsLeft(entry.undoUntilMs ?? 0);
  return (
    <div className={styles.bar}>
      <div className={styles.row}>
        <IconCircleCheckFilled size={18} aria-hidden="true" className={styles.icon} />
        <span className={styles.text} role="status">
          {t('wrapUp.saved', { name: party(entry.remote).title })}
        </span>
        <Button
          icon={IconArrowBackUp}
          size="small"
          hint={t('wrapUp.undoHint')}
          disabled={undo.running}
          onClick={() => void takeBack()}
        >
          {t('wrapUp.undo')}
        </Button>
        <span className={`oh-figures ${styles.seconds}`} aria-hidden="true">
          {t('wrapUp.undoLeft', { seconds })}
        </span>
      </div>
      <RefusalNotice reason={undo.refusal} />
    </div>
  );
}
