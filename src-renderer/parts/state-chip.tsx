// How something stands, in the top bar: icon, word and colour; pressed, it says more and offers what helps.
import { Popover } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Icon } from './icons.ts';
import styles from './state-chip.module.css';

export interface StateChipProps {
  readonly icon: Icon;
  readonly tone: 'good' | 'warn' | 'bad';
  readonly word: string;
  readonly title?: string;
  /** Buttons; given the way to close what was opened. */
  readonly actions?: ReactNode | ((close: () => void) => ReactNode);
  readonly children: ReactNode;
}

/** The word is always there for whoever listens; where all is well and space is short, only the icon is seen. */
export function StateChip({ icon: IconShown, tone, word, title, actions, children }: StateChipProps) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} width={280} position="bottom">
      <Popover.Target>
        <button
          type="button"
          className={styles.chip}
          data-tone={tone}
          title={word}
          onClick={() => setOpened(!opened)}
        >
          <IconShown size={16} stroke={1.75} aria-hidden="true" />
          <span className={styles.word}>{word}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown}>
        <div className={styles.title}>{title ?? word}</div>
        <div className={styles.text}>{children}</div>
        {actions && (
          <div className={styles.actions}>
            {typeof actions === 'function' ? actions(() => setOpened(false)) : actions}
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
