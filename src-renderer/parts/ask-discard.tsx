// Asks what becomes of what was typed and not saved, before one leaves it. The keyboard is on the way back to it.
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

export interface AskDiscardProps {
  onKeep(): void;
  onDiscard(): void;
}

export function AskDiscard({ onKeep, onDiscard }: AskDiscardProps) {
  const { t } = useTranslation('admin');
  return (
    <Notice
      tone="warn"
      title={t('drawer.discardTitle')}
      actions={
        <>
          <Button size="small" autoFocus onClick={onKeep}>
            {t('drawer.keepEditing')}
          </Button>
          <Button size="small" tone="stop" onClick={onDiscard}>
            {t('drawer.discard')}
          </Button>
        </>
      }
    >
      {t('drawer.discardText')}
    </Notice>
  );
}
