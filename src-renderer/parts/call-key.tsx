// A large button on a call's face: icon, word and the key that does the same. Used for the answers and in the call.

import styles from './call-key.module.css';
import { Hint } from './hint.tsx';
import type { Icon } from './icons.ts';
import { KeyHint } from './key-hint.tsx';

export interface CallKeyProps {
  readonly icon: Icon;
  readonly label: string;
  readonly hint: string;
  readonly hintAt: 'top' | 'bottom';
  readonly keys: string;
  /** As aria-keyshortcuts has it. */
  readonly shortcut: string;
  /** The answers are larger than what is done in a call. */
  readonly size: 'large' | 'medium';
  readonly tone?: 'go' | 'warn' | 'accent' | 'stop' | undefined;
  readonly pressed?: boolean;
  readonly disabled: boolean;
  onPress(): void;
}

export function CallKey(props: CallKeyProps) {
  const { icon: IconShown, label, hint, hintAt, keys, shortcut, size, tone, pressed, disabled } = props;
  return (
    <Hint label={hint} position={hintAt}>
      <button
        type="button"
        className={styles.key}
        data-size={size}
        data-tone={tone}
        aria-pressed={pressed}
        aria-keyshortcuts={shortcut}
        disabled={disabled}
        onClick={props.onPress}
      >
        <IconShown size={20} stroke={1.75} aria-hidden="true" />
        <span className={styles.label}>{label}</span>
        <KeyHint keys={keys} />
      </button>
    </Hint>
  );
}
