// What the columns of a file are set to be before its import starts (pure), whatever is imported.

/** By place; null for those that are not imported. */
export type Targets<T extends string> = readonly (T | null)[];

/** @param mayRepeat of which a record has several */
export function targetsTwice<T extends string>(
  targets: Targets<T>,
  mayRepeat: (target: T) => boolean = () => false,
): ReadonlySet<T> {
  const seen = new Set<T>();
  const twice = new Set<T>();
  for (const target of targets) {
    if (target === null || mayRepeat(target)) continue;
    if (seen.has(target)) twice.add(target);
    seen.add(target);
  }
  return twice;
}

/** @param targets null: not known yet */
export function withTarget<T extends string>(
  targets: Targets<T> | null,
  place: number,
  target: T | null,
): Targets<T> {
  return (targets ?? []).map((each, at) => (at === place ? target : each));
}

/** For another project, whose own fields are others. */
export function withoutOwnFields<T extends string>(targets: Targets<T>): Targets<T> {
  return targets.map((each) => (each?.startsWith('fields.') ? null : each));
}
