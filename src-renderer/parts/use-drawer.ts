// Which thing a page's drawer shows. Where something was typed in it, going elsewhere asks first.
import { useCallback, useRef, useState } from 'react';

export interface DrawerState<C> {
  /** Null while the drawer is closed. */
  readonly choice: C | null;
  /** Something was typed, and the person wants to go elsewhere: the drawer asks. */
  readonly asking: boolean;
  open(choice: C): void;
  close(): void;
  /** After saving: without asking. */
  replace(choice: C | null): void;
  /** Told by the drawer. */
  setTyped(typed: boolean): void;
  discard(): void;
  keep(): void;
}

export function useDrawer<C>(): DrawerState<C> {
  const [choice, setChoice] = useState<C | null>(null);
  const [wanted, setWanted] = useState<{ readonly choice: C | null } | null>(null);
  const typed = useRef(false);
  const setTyped = useCallback((now: boolean) => {
    typed.current = now;
  }, []);
  const replace = useCallback((next: C | null) => {
    typed.current = false;
    setWanted(null);
    setChoice(next);
  }, []);
  const go = (next: C | null) => {
    if (typed.current) setWanted({ choice: next });
    else replace(next);
  };
  return {
    choice,
    asking: wanted !== null,
    open: go,
    close: () => go(null),
    replace,
    setTyped,
    discard: () => replace(wanted?.choice ?? null),
    keep: () => setWanted(null),
  };
}
