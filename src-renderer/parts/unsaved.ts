// Whether something on the page was typed and is not saved: then going to another page of the admin window asks first.
import { useEffect } from 'react';

const typing = new Set<object>();

export function hasUnsaved(): boolean {
  return typing.size > 0;
}

/** For each form: true from the first keystroke until it is saved or discarded. */
export function useUnsaved(typed: boolean): void {
  useEffect(() => {
    if (!typed) return;
    const mine = {};
    typing.add(mine);
    return () => {
      typing.delete(mine);
    };
  }, [typed]);
}
