// The keypad: click or type. What was sent is shown, as main tells it.
import { useTranslation } from 'react-i18next';
import styles from './keypad.module.css';

const keys: readonly (readonly [string, string])[] = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
];

export interface KeypadProps {
  readonly sent: string;
  readonly disabled: boolean;
  onTone(tone: string): void;
}

export function Keypad({ sent, disabled, onTone }: KeypadProps) {
  const { t } = useTranslation();
  return (
    <section className={styles.keypad} aria-label={t('call.keypadTitle')}>
      <output
        className={`oh-figures ${styles.sent}`}
        aria-label={t('call.keypadSent')}
        data-none={sent === '' || undefined}
      >
        {sent === '' ? t('call.keypadNone') : sent}
      </output>
      <div className={styles.grid}>
        {keys.map(([tone, letters]) => (
          <button
            key={tone}
            type="button"
            className={styles.key}
            disabled={disabled}
            aria-label={t('call.tone', { tone })}
            // The focus stays where it is, so that typed digits go on reaching the keypad.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onTone(tone)}
          >
            <span className={styles.digit}>{tone}</span>
            <span className={styles.letters} data-letters={letters} />
          </button>
        ))}
      </div>
    </section>
  );
}
