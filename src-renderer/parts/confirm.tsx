// Asks before something that cannot be taken back by itself, inline, where it was asked for. The keyboard is on the way
// back, so that Enter pressed twice does nothing; Escape calls it off.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

export interface ConfirmProps {
  readonly title: string;
  readonly text: ReactNode;
  /** The button's word: what is done. */
  readonly word: string;
  /** The other button's word, where it is not "Cancel". */
  readonly keepWord?: string;
  readonly running: boolean;
  onYes(): void;
  onNo(): void;
}

export function Confirm({ title, text, word, keepWord, running, onYes, onNo }: ConfirmProps) {
  const { t } = useTranslation('admin');
  return (
    <section
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onNo();
      }}
    >
      <Notice
        tone="warn"
        title={title}
        actions={
          <>
            <Button size="small" autoFocus onClick={onNo}>
              {keepWord ?? t('drawer.cancel')}
            </Button>
            <Button size="small" tone="stop" disabled={running} onClick={onYes}>
              {word}
            </Button>
          </>
        }
      >
        {text}
      </Notice>
    </section>
  );
}
