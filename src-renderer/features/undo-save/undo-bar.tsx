// "Saved" of a call, as long as that can be taken back.
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '#shared/desktop/history-contract.ts';
import type { CallId } from '#shared/domain/ids.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { usePartyText } from '../../parts/party.tsx';
import { UndoLine } from '../../parts/undo-line.tsx';

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
  return (
    <UndoLine
      text={t('wrapUp.saved', { name: party(entry.remote).title })}
      untilMs={entry.undoUntilMs ?? 0}
      button={{ word: t('wrapUp.undo'), hint: t('wrapUp.undoHint') }}
      running={undo.running}
      refusal={undo.refusal}
      onUndo={() => void takeBack()}
    />
  );
}
