// What becomes of a form when the thing that it edits changes elsewhere (pure): fields that only the other has changed
// are taken over, those that both have changed are kept as typed here and shown beside the other's. Used by use-edit.ts.

/** A field that both have changed, to different values. */
export interface Conflict<V> {
  readonly field: keyof V & string;
  readonly theirs: V[keyof V & string];
}

export interface EditState<V extends object> {
  /** As the hub has it, as far as this form knows. */
  readonly seen: V;
  /** The version that `seen` is of; sent along when saving. */
  readonly version: number;
  readonly values: V;
  /** Changed elsewhere since the form was opened, and taken over here. */
  readonly takenOver: readonly (keyof V & string)[];
  readonly conflicts: readonly Conflict<V>[];
}

export function beginEdit<V extends object>(seen: V, version: number): EditState<V> {
  return { seen, version, values: seen, takenOver: [], conflicts: [] };
}

export function setField<V extends object, F extends keyof V & string>(
  state: EditState<V>,
  field: F,
  value: V[F],
): EditState<V> {
  // Whoever types what the other has put there agrees with them.
  const conflicts = state.conflicts.filter((each) => each.field !== field || !alike(each.theirs, value));
  return { ...state, values: { ...state.values, [field]: value }, conflicts };
}

/** @returns the fields that were typed here and are not as the hub has them */
export function typedFields<V extends object>(state: EditState<V>): (keyof V & string)[] {
  return fieldsOf(state.values).filter((field) => !alike(state.values[field], state.seen[field]));
}

/** The hub has another version: `latest` meets what was typed here. */
export function meetLatest<V extends object>(state: EditState<V>, latest: V, version: number): EditState<V> {
  // Versions only grow: an older one is an answer that was overtaken.
  if (version <= state.version) return state;
  const theirs = fieldsOf(latest).filter((field) => !alike(latest[field], state.seen[field]));
  const typed = typedFields(state);
  const values = { ...state.values };
  const takenOver = new Set(state.takenOver);
  const conflicts = new Map(state.conflicts.map((each) => [each.field, each]));
  for (const field of theirs) {
    conflicts.delete(field);
    if (alike(latest[field], values[field])) continue;
    if (typed.includes(field)) conflicts.set(field, { field, theirs: latest[field] });
    else {
      values[field] = latest[field];
      // Whoever has typed nothing looks at the newest, and need not be told of each step.
      if (typed.length > 0) takenOver.add(field);
    }
  }
  return { seen: latest, version, values, takenOver: [...takenOver], conflicts: [...conflicts.values()] };
}

/** One conflict is decided: with the other's value, or with what was typed here. */
export function settle<V extends object>(
  state: EditState<V>,
  field: keyof V & string,
  take: 'theirs' | 'mine',
): EditState<V> {
  const conflict = state.conflicts.find((each) => each.field === field);
  if (!conflict) return state;
  return {
    ...state,
    values: take === 'theirs' ? { ...state.values, [field]: conflict.theirs } : state.values,
    conflicts: state.conflicts.filter((each) => each.field !== field),
  };
}

function fieldsOf<V extends object>(values: V): (keyof V & string)[] {
  return Object.keys(values) as (keyof V & string)[];
}

/** By value: fields hold texts, numbers, and lists of both. */
export function alike(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
