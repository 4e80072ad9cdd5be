// The grip by which an item of a list is moved: dragged, or with the arrow keys while it has the focus.
import type { ComponentPropsWithRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Hint } from './hint.tsx';
import { IconGripVertical } from './icons.ts';
import styles from './reorder-handle.module.css';

export interface ReorderHandleProps extends ComponentPropsWithRef<'button'> {
  readonly name: string;
}

/** Takes what `useReorder` gives for the item. */
export function ReorderHandle({ name, ...rest }: ReorderHandleProps) {
  const { t } = useTranslation('admin');
  return (
    <Hint label={t('reorder.hint')}>
      <button
        type="button"
        className={styles.handle}
        aria-label={t('reorder.handle', { name })}
        aria-keyshortcuts="ArrowUp ArrowDown"
        {...rest}
      >
        <IconGripVertical size={16} stroke={1.75} aria-hidden="true" />
      </button>
    </Hint>
  );
}
