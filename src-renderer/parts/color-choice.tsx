// Picks one of the colours that dispositions and statuses are told apart by: a swatch that opens all of them. Stored by
// Mantine's name; each has a word too.
import { Popover } from '@mantine/core';
import { type CSSProperties, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './color-choice.module.css';
import { Hint } from './hint.tsx';

export const colorNames = [
  'green',
  'teal',
  'cyan',
  'blue',
  'indigo',
  'violet',
  'grape',
  'pink',
  'red',
  'orange',
  'yellow',
  'lime',
  'gray',
] as const;
type ColorName = (typeof colorNames)[number];

function isColorName(color: string): color is ColorName {
  return colorNames.some((name) => name === color);
}

/** For the next one of a list: the first colour that none of it has. */
export function unusedColor(rows: readonly { readonly color: string }[]): string {
  const used = new Set(rows.map(({ color }) => color));
  return colorNames.find((each) => !used.has(each)) ?? 'gray';
}

export function colorStyle(color: string): CSSProperties {
  return { '--tint': `var(--mantine-color-${color}-6, var(--oh-faint))` } as CSSProperties;
}

export interface ColorChoiceProps {
  readonly color: string;
  /** Of what it is the colour, for whoever cannot see it. */
  readonly of: string;
  onChange(color: string): void;
  readonly disabled?: boolean;
}

export function ColorChoice({ color, of, onChange, disabled }: ColorChoiceProps) {
  const { t } = useTranslation('admin');
  const name = useId();
  const [opened, setOpened] = useState(false);
  const wordOf = (each: string) => (isColorName(each) ? t(`color.${each}`) : each);
  const label = t('color.label', { color: wordOf(color) });
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.target}
          style={colorStyle(color)}
          title={label}
          aria-label={`${of}: ${label}`}
          disabled={disabled}
          onClick={() => setOpened(!opened)}
        />
      </Popover.Target>
      <Popover.Dropdown
        className={styles.dropdown}
        aria-label={label}
        onKeyDown={(event) => {
          // Enter too closes: what is chosen is chosen already. The drawer around must not hear of it.
          if (event.key !== 'Escape' && event.key !== 'Enter') return;
          event.preventDefault();
          event.stopPropagation();
          setOpened(false);
        }}
      >
        <div role="radiogroup" aria-label={label} className={styles.colors}>
          {colorNames.map((each) => (
            <Hint key={each} label={wordOf(each)}>
              <label className={styles.color} style={colorStyle(each)}>
                <input
                  type="radio"
                  className={styles.radio}
                  name={name}
                  aria-label={wordOf(each)}
                  checked={each === color}
                  onChange={() => onChange(each)}
                />
              </label>
            </Hint>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
