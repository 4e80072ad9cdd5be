// Puts the items of a list in order: by their handle with the pointer, or with the arrow keys on it. The page decides what
// a move means (a row over a heading joins its group); the list follows the pointer as it goes.
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';

export interface Reorder {
  /** The item that is being dragged; null while none is. */
  readonly dragged: string | null;
  /** For the element of each item. */
  itemProps(key: string): { readonly 'data-reorder': string; readonly 'data-dragged': true | undefined };
  /** For the button in it by which it is moved. */
  handleProps(key: string): {
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(event: PointerEvent<HTMLElement>): void;
    onLostPointerCapture(): void;
    onKeyDown(event: KeyboardEvent<HTMLElement>): void;
  };
}

export interface ReorderParts {
  /** The dragged item has come over another one, into its upper or its lower half. */
  onOver(dragged: string, over: string, half: 'upper' | 'lower'): void;
  /** An arrow key: one place up or down. */
  onStep(key: string, step: 1 | -1): void;
}

export function useReorder({ onOver, onStep }: ReorderParts): Reorder {
  const [dragged, setDragged] = useState<string | null>(null);
  const lastOver = useRef('');
  const end = () => {
    lastOver.current = '';
    setDragged(null);
  };
  return {
    dragged,
    itemProps: (key) => ({ 'data-reorder': key, 'data-dragged': dragged === key || undefined }),
    handleProps: (key) => ({
      onPointerDown(event) {
        if (event.button !== 0 || event.currentTarget.matches(':disabled')) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragged(key);
      },
      onPointerMove(event) {
        if (dragged !== key) return;
        const under = document
          .elementsFromPoint(event.clientX, event.clientY)
          .map((element) => element.closest<HTMLElement>('[data-reorder]'))
          .find((element) => element !== null);
        const over = under?.dataset.reorder;
        if (!under || over === undefined || over === key) {
          lastOver.current = '';
          return;
        }
        const { top, height } = under.getBoundingClientRect();
        const half = event.clientY < top + height / 2 ? 'upper' : 'lower';
        if (lastOver.current === `${over} ${half}`) return;
        lastOver.current = `${over} ${half}`;
        onOver(key, over, half);
      },
      onPointerUp: end,
      onLostPointerCapture: end,
      onKeyDown(event) {
        const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
        if (step === 0) return;
        event.preventDefault();
        event.stopPropagation();
        const handle = event.currentTarget;
        onStep(key, step);
        // An element that was moved in its list may have lost the focus.
        requestAnimationFrame(() => handle.focus());
      },
    }),
  };
}
