// A button beside a list's search: icon and word, the icon alone where the list is narrow, and how many of it are set.
import { UnstyledButton } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';
import type { Icon } from '../../parts/icons.ts';
import styles from './list-tools.module.css';

export interface ToolButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children' | 'aria-label'> {
  readonly icon: Icon;
  readonly word: string;
  /** Under a resting pointer. */
  readonly label: string;
  readonly count?: number;
}

export function ToolButton({ icon: IconShown, word, label, count = 0, ...rest }: ToolButtonProps) {
  return (
    <UnstyledButton
      component="button"
      type="button"
      {...rest}
      className={styles.tool}
      data-set={count > 0 || undefined}
      title={label}
    >
      <IconShown size={16} stroke={1.75} aria-hidden="true" />
      <span className={styles.toolWord}>{word}</span>
      {count > 0 && <span className={`oh-figures ${styles.toolCount}`}>{count}</span>}
    </UnstyledButton>
  );
}
