// The foot of a page that is saved as a whole: what stands in the way, Save and Discard. Control and Enter save, wherever
// the keyboard is on the page.
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useReadOnly } from './admin-read-only.ts';
import { Button } from './button.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import styles from './save-line.module.css';
import { useUnsaved } from './unsaved.ts';

export interface SaveLineProps {
  /** Something was changed that is not saved. */
  readonly typed: boolean;
  /** Something is wrong with what was typed, or is to be decided first. */
  readonly inTheWay: boolean;
  /** Saved since the page was opened, and nothing was typed since. */
  readonly saved: boolean;
  readonly running: boolean;
  readonly refusal: string | null;
  onSave(): void;
  onDiscard(): void;
}

export function SaveLine(props: SaveLineProps) {
  const { typed, inTheWay, running } = props;
  const { t } = useTranslation('admin');
  const { t: tAll } = useTranslation();
  const readOnly = useReadOnly();
  useUnsaved(typed);
  const ready = typed && !inTheWay && !running && !readOnly;
  const save = useRef<(() => void) | null>(null);
  useEffect(() => {
    save.current = ready ? props.onSave : null;
  });
  useEffect(() => {
    // Before the field that has the keyboard: a list of choices would take Enter for itself.
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !event.ctrlKey || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      save.current?.();
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, []);
  const word = typed
    ? t(inTheWay ? 'listEditor.inTheWay' : 'listEditor.unsaved')
    : t(props.saved ? 'listEditor.saved' : 'listEditor.nothing');
  return (
    <footer className={styles.foot}>
      <RefusalNotice reason={props.refusal} />
      <div className={styles.line}>
        <Button
          tone="accent"
          disabled={!ready}
          keys={`${tAll('keys.ctrl')} ${tAll('keys.enter')}`}
          shortcut="Control+Enter"
          onClick={props.onSave}
        >
          {t('listEditor.save')}
        </Button>
        <Button tone="plain" disabled={!typed || running} onClick={props.onDiscard}>
          {t('listEditor.discard')}
        </Button>
        <span className={styles.word} role="status" data-typed={typed || undefined}>
          {word}
        </span>
      </div>
    </footer>
  );
}
