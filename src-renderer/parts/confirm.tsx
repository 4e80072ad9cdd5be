// Asks before something that cannot be taken back by itself, inline, where it was asked for. Escape calls it off.
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

export interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  /** The button's word: what is done. */
  readonly word: string;
  readonly running: boolean;
  onYes(): void;
  onNo(): void;
}

export function Confirm({ title, text, word, running, onYes, onNo }: ConfirmProps) {
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
            <Button size="small" tone="stop" disabled={running} autoFocus onClick={onYes}>
              {word}
            </Button>
            <Button size="small" onClick={onNo}>
              {t('drawer.cancel')}
            </Button>
          </>
        }
      >
        {text}
      </Notice>
    </section>
  );
}
