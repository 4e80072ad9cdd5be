// A small sign of how something stands: icon, word and colour, never colour alone.
import type { ReactNode } from 'react';
import styles from './chip.module.css';
import type { Icon } from './icons.ts';

export type Tone = 'quiet' | 'good' | 'warn' | 'bad' | 'accent';

export interface ChipProps {
  readonly icon?: Icon;
  readonly tone?: Tone;
  readonly children: ReactNode;
}

export function Chip({ icon: IconShown, tone = 'quiet', children }: ChipProps) {
  return (
    <span className={styles.chip} data-tone={tone}>
      {IconShown && <IconShown size={14} stroke={2} aria-hidden="true" />}
      <span>{children}</span>
    </span>
  );
}
