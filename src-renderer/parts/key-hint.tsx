// The key that does the same as the button it stands on. Read out through aria-keyshortcuts, so hidden here.
import styles from './key-hint.module.css';

export function KeyHint({ keys }: { readonly keys: string }) {
  return (
    <span className={styles.key} aria-hidden="true">
      {keys}
    </span>
  );
}
