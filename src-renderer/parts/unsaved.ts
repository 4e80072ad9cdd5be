// What would be lost by leaving: something typed that is not saved, or a secret that is shown this once. Then going to
// another page of the admin window, or to another project, asks first (ask-discard.tsx).
import { useEffect } from 'react';

export type Unsaved = 'typed' | 'secret';

const held = new Map<object, Unsaved>();

/** Null: nothing. Of both, the secret: what was typed can be typed again. */
export function unsaved(): Unsaved | null {
  const all = [...held.values()];
  return all.includes('secret') ? 'secret' : (all[0] ?? null);
}

/**
 * For each form: true from the first keystroke until it is saved or discarded; for a secret, as long as it is shown and
 * nobody said that it was kept.
 */
export function useUnsaved(isHeld: boolean, what: Unsaved = 'typed'): void {
  useEffect(() => {
    if (!isHeld) return;
    const mine = {};
    held.set(mine, what);
    return () => {
      held.delete(mine);
    };
  }, [isHeld, what]);
}
