// Which thing a page's drawer shows. Where something was typed in it, going elsewhere asks first; where that is being
// saved at this moment, it waits for the answer: saved, one goes there; refused, one stays with the refusal.
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
  /** Told by the drawer: what was typed is on its way to the hub. */
  saveBegan(): void;
  /** @param mayLeave it was taken, and there is nothing more to look at here */
  saveEnded(mayLeave: boolean): void;
  discard(): void;
  keep(): void;
}

/** What the drawer itself asks of it. */
export type DrawerControl = Pick<
  DrawerState<unknown>,
  'asking' | 'close' | 'discard' | 'keep' | 'setTyped' | 'saveBegan' | 'saveEnded'
>;

/** Where the person wants to go; null where they stay. */
type Wanted<C> = { readonly choice: C | null } | null;

/** @param onClosed gives the keyboard back to where the drawer was opened from */
export function useDrawer<C>(onClosed?: () => void): DrawerState<C> {
  const [choice, setChoice] = useState<C | null>(null);
  const [wanted, setWanted] = useState<Wanted<C>>(null);
  const typed = useRef(false);
  const saving = useRef(false);
  // As `wanted`, for what is asked between two renderings.
  const goal = useRef<Wanted<C>>(null);
  const closed = useRef(onClosed);
  useEffect(() => {
    closed.current = onClosed;
  });
  const want = useCallback((next: Wanted<C>) => {
    goal.current = next;
    setWanted(next);
  }, []);
  const show = useCallback(
    (next: C | null) => {
      typed.current = false;
      want(null);
      setChoice(next);
      if (next === null) closed.current?.();
    },
    [want],
  );
  const setTyped = useCallback((now: boolean) => {
    typed.current = now;
  }, []);
  const saveBegan = useCallback(() => {
    saving.current = true;
  }, []);
  const saveEnded = useCallback(
    (mayLeave: boolean) => {
      saving.current = false;
      if (goal.current && mayLeave) show(goal.current.choice);
      else want(null);
    },
    [show, want],
  );
  const go = (next: C | null) => {
    if (typed.current) want({ choice: next });
    else show(next);
  };
  return {
    choice,
    asking: wanted !== null,
    open: go,
    close: () => go(null),
    replace: (next) => show(saving.current && goal.current ? goal.current.choice : next),
    setTyped,
    saveBegan,
    saveEnded,
    discard: () => show(wanted?.choice ?? null),
    keep: () => want(null),
  };
}
