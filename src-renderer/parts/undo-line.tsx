// What was saved just now, with the seconds in which it can be taken back, counted down. For a call's save and for the
// outcome of an order; how it is taken back, and what is said where it was too late, is theirs.
import { useTranslation } from 'react-i18next';
import type { OwnTexts } from '../client/use-refusal-text.ts';
import { Button } from './button.tsx';
import { IconArrowBackUp, IconCircleCheckFilled } from './icons.ts';
import { RefusalNotice } from './refusal-notice.tsx';
import { useSecondsLeft } from './time.tsx';
import styles from './undo-line.module.css';

export interface UndoLineProps {
  /** What was saved. */
  readonly text: string;
  readonly untilMs: number;
  readonly button: {
    readonly word: string;
    readonly hint: string;
    readonly keys?: string;
    readonly shortcut?: string;
  };
  readonly running: boolean;
  readonly refusal: string | null;
  /** As in `useRefusalText`. */
  readonly refusalBefore?: OwnTexts;
  /** It stands over a page's whole width, in one line. */
  readonly wide?: boolean;
  onUndo(): void;
}

export function UndoLine(props: UndoLineProps) {
  const { t } = useTranslation();
  const { word, ...button } = props.button;
  const seconds = useSecondsLeft(props.untilMs);
  return (
    <div className={styles.bar} data-wide={props.wide || undefined}>
      <div className={styles.row}>
        <IconCircleCheckFilled size={18} aria-hidden="true" className={styles.icon} />
        <span className={styles.text} role="status">
          {props.text}
        </span>
        <Button
          icon={IconArrowBackUp}
          size="small"
          {...button}
          disabled={props.running}
          onClick={props.onUndo}
        >
          {word}
        </Button>
        <span className={`oh-figures ${styles.seconds}`} aria-hidden="true">
          {t('wrapUp.undoLeft', { seconds })}
        </span>
      </div>
      <RefusalNotice
        reason={props.refusal}
        {...(props.refusalBefore === undefined ? {} : { before: props.refusalBefore })}
      />
    </div>
  );
}
