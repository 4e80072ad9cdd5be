// A form over something that others may change at the same time. What happens then is decided by edit-machine.ts.
import { useState } from 'react';
import {
  beginEdit,
  type Conflict,
  type EditState,
  meetLatest,
  setField,
  settle,
  typedFields,
} from './edit-machine.ts';

export interface Edit<V extends object> {
  readonly values: V;
  /** To be sent when saving: a newer one at the hub means that somebody else was quicker. */
  readonly version: number;
  set<F extends keyof V & string>(field: F, value: V[F]): void;
  /** Something was typed that is not saved. */
  readonly typed: boolean;
  readonly takenOver: readonly (keyof V & string)[];
  readonly conflicts: readonly Conflict<V>[];
  settle(field: keyof V & string, take: 'theirs' | 'mine'): void;
  /** What was saved is what the hub has now. */
  saved(values: V, version: number): void;
}

/** @param latest the thing as the hub has it now; give the component a `key` for each thing that is edited */
export function useEdit<V extends object>(latest: V, version: number): Edit<V> {
  const [kept, setKept] = useState<EditState<V>>(() => beginEdit(latest, version));
  const state = meetLatest(kept, latest, version);
  // Derived while drawing, as React advises for state that follows a prop.
  if (state !== kept) setKept(state);
  return {
    values: state.values,
    version: state.version,
    set: (field, value) => setKept((before) => setField(before, field, value)),
    typed: typedFields(state).length > 0,
    takenOver: state.takenOver,
    conflicts: state.conflicts,
    settle: (field, take) => setKept((before) => settle(before, field, take)),
    saved: (values, newVersion) => setKept(beginEdit(values, newVersion)),
  };
}
