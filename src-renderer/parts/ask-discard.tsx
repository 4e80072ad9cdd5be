// Asks before one leaves what would be lost by it (unsaved.ts): what was typed and not saved, or a secret that is shown this
// once. The keyboard is on the way back to it.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { unsaved } from './unsaved.ts';

export interface AskDiscardProps {
  onKeep(): void;
  onDiscard(): void;
}

export function AskDiscard({ onKeep, onDiscard }: AskDiscardProps) {
  const { t } = useTranslation('admin');
  // As it was when it was asked.
  const [isSecret] = useState(() => unsaved() === 'secret');
  return (
    <Notice
      tone="warn"
      title={t(isSecret ? 'drawer.secretTitle' : 'drawer.discardTitle')}
      actions={
        <>
          <Button size="small" autoFocus onClick={onKeep}>
            {t(isSecret ? 'drawer.stay' : 'drawer.keepEditing')}
          </Button>
          <Button size="small" tone="stop" onClick={onDiscard}>
            {t(isSecret ? 'drawer.leave' : 'drawer.discard')}
          </Button>
        </>
      }
    >
      {t(isSecret ? 'drawer.secretText' : 'drawer.discardText')}
    </Notice>
  );
}
