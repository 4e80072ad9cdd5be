// Puts the items of a list in order: by their handle with the pointer, or with the arrow keys on it. The page decides what
// a move means (a row over a heading joins its group); the list follows the pointer as it goes.
import {
  type KeyboardEvent,
  type PointerEvent as ReactPointerEvent,
  useEffect,
  useRef,
  useState,
} from 'react';

export interface Reorder {
  /** For the element of each item. */
  itemProps(key: string): { readonly 'data-reorder': string; readonly 'data-dragged': true | undefined };
  /** For the button in it by which it is moved. */
  handleProps(key: string): {
    onPointerDown(event: ReactPointerEvent<HTMLElement>): void;
    onKeyDown(event: KeyboardEvent<HTMLElement>): void;
  };
}

export interface ReorderParts {
  /** The dragged item has come over another one, into its upper or its lower half. */
  onOver(dragged: string, over: string, half: 'upper' | 'lower'): void;
  /** An arrow key: one place up or down. */
  onStep(key: string, step: 1 | -1): void;
}

export function useReorder(parts: ReorderParts): Reorder {
  const [dragged, setDragged] = useState<string | null>(null);
  const latest = useRef(parts);
  useEffect(() => {
    latest.current = parts;
  });
  // On the window: an element that is moved in its list loses the pointer that it had captured.
  useEffect(() => {
    if (dragged === null) return;
    let last = '';
    const move = (event: PointerEvent) => {
      const found = itemUnder(event, dragged);
      const now = found ? `${found.over} ${found.half}` : '';
      if (now === last) return;
      last = now;
      if (found) latest.current.onOver(dragged, found.over, found.half);
    };
    const end = () => setDragged(null);
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
    return () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
    };
  }, [dragged]);
  return {
    itemProps: (key) => ({ 'data-reorder': key, 'data-dragged': dragged === key || undefined }),
    handleProps: (key) => ({
      onPointerDown(event) {
        if (event.button === 0 && !event.currentTarget.matches(':disabled')) setDragged(key);
      },
      onKeyDown(event) {
        const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
        if (step === 0) return;
        event.preventDefault();
        event.stopPropagation();
        const handle = event.currentTarget;
        parts.onStep(key, step);
        // An element that was moved in its list may have lost the focus.
        requestAnimationFrame(() => handle.focus());
      },
    }),
  };
}

/** The item under the pointer; null where there is none, or it is the dragged one itself. */
function itemUnder(
  { clientX, clientY }: PointerEvent,
  dragged: string,
): { readonly over: string; readonly half: 'upper' | 'lower' } | null {
  const under = document
    .elementsFromPoint(clientX, clientY)
    .map((element) => element.closest<HTMLElement>('[data-reorder]'))
    .find((element) => element !== null);
  const over = under?.dataset.reorder;
  if (!under || over === undefined || over === dragged) return null;
  const { top, height } = under.getBoundingClientRect();
  return { over, half: clientY < top + height / 2 ? 'upper' : 'lower' };
}
