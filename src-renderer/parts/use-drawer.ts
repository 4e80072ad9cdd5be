// Which thing a page's drawer shows. Where something was typed in it, going elsewhere asks first.
import { useCallback, useEffect, useRef, useState } from 'react';

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

/** What the drawer itself asks of it. */
export type DrawerControl = Pick<DrawerState<unknown>, 'asking' | 'close' | 'discard' | 'keep' | 'setTyped'>;

/** @param onClosed gives the keyboard back to where the drawer was opened from */
export function useDrawer<C>(onClosed?: () => void): DrawerState<C> {
  const [choice, setChoice] = useState<C | null>(null);
  const [wanted, setWanted] = useState<{ readonly choice: C | null } | null>(null);
  const typed = useRef(false);
  const closed = useRef(onClosed);
  useEffect(() => {
    closed.current = onClosed;
  });
  const setTyped = useCallback((now: boolean) => {
    typed.current = now;
  }, []);
  const replace = useCallback((next: C | null) => {
    typed.current = false;
    setWanted(null);
    setChoice(next);
    if (next === null) closed.current?.();
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
