// A disposition as it was given: its colour, its label, its group.
import type { Disposition } from '#shared/domain/disposition.ts';
import styles from './disposition-mark.module.css';

export function DispositionMark({
  disposition,
  none,
}: {
  readonly disposition: Pick<Disposition, 'label' | 'color' | 'group'> | null;
  readonly none: string;
}) {
  if (!disposition) return <span className={styles.none}>{none}</span>;
  return (
    <span className={styles.mark}>
      <span
        className={styles.dot}
        style={{ background: `var(--mantine-color-${disposition.color}-6, var(--oh-faint))` }}
        aria-hidden="true"
      />
      <span>{disposition.label}</span>
      {disposition.group && <span className={styles.none}>{disposition.group}</span>}
    </span>
  );
}
