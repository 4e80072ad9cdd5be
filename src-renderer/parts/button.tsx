// Our one button: a tone that says what it is for, an icon, a word, the key that does the same, a tooltip.
import { UnstyledButton } from '@mantine/core';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import styles from './button.module.css';
import { Hint } from './hint.tsx';
import type { Icon } from './icons.ts';
import { KeyHint } from './key-hint.tsx';

/** accent: the one main action. go and stop: calls begin and end. soft: beside it. plain: no surface of its own. */
export type ButtonTone = 'accent' | 'go' | 'stop' | 'soft' | 'plain';

export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children'> {
  readonly children: ReactNode;
  readonly tone?: ButtonTone;
  readonly icon?: Icon;
  /** Shown on the button, for example "M" or "Alt M". */
  readonly keys?: string | undefined;
  /** For assistive technology, in ARIA's words: "Control+Enter". */
  readonly shortcut?: string | undefined;
  readonly hint?: string | undefined;
  readonly size?: 'small' | 'medium' | 'large';
  readonly wide?: boolean;
}

export function Button({
  children,
  tone = 'soft',
  icon: IconShown,
  keys,
  shortcut,
  hint,
  size = 'medium',
  wide,
  className,
  ...rest
}: ButtonProps) {
  const button = (
    <UnstyledButton
      component="button"
      type="button"
      {...rest}
      className={className ? `${styles.button} ${className}` : styles.button}
      data-tone={tone}
      data-size={size}
      data-wide={wide || undefined}
      aria-keyshortcuts={shortcut}
    >
      {IconShown && <IconShown size={size === 'large' ? 20 : 16} stroke={1.75} aria-hidden="true" />}
      <span className={styles.word}>{children}</span>
      {keys && <KeyHint keys={keys} />}
    </UnstyledButton>
  );
  return hint ? <Hint label={hint}>{button}</Hint> : button;
}

export interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children' | 'aria-label'> {
  readonly icon: Icon;
  /** The name that is read out; also the tooltip unless `hint` says more. */
  readonly label: string;
  readonly hint?: string;
  readonly tone?: ButtonTone;
  readonly shortcut?: string;
  readonly size?: 'small' | 'medium';
}

export function IconButton({
  icon: IconShown,
  label,
  hint,
  tone = 'plain',
  shortcut,
  size = 'medium',
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Hint label={hint ?? label}>
      <UnstyledButton
        component="button"
        type="button"
        {...rest}
        className={
          className
            ? `${styles.button} ${styles.iconOnly} ${className}`
            : `${styles.button} ${styles.iconOnly}`
        }
        data-tone={tone}
        data-size={size}
        aria-label={label}
        aria-keyshortcuts={shortcut}
      >
        <IconShown size={size === 'small' ? 16 : 18} stroke={1.75} aria-hidden="true" />
      </UnstyledButton>
    </Hint>
  );
}
