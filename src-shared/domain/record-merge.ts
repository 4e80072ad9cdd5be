// One person's change laid over a record that may have changed meanwhile. Pure; the hub applies with it, and a desktop
// lays its unsent changes over what it pulled with it, so that both come to the same.
import type { RecordChanges, RecordContent } from './record.ts';

export interface MadeChange {
  /** The changed fields as they were when the person saw them. */
  readonly before: RecordChanges;
  /** The same fields as the person left them. */
  readonly changes: RecordChanges;
}

export interface Merged {
  readonly content: RecordContent;
  /** Changed here and there to different values: `content` has the other's. 'fields.<key>' for a project's own. */
  readonly clashes: readonly string[];
}

/**
 * Lists (numbers, e-mails, tags) never clash: what was added is added, what was taken away goes. A project's own fields
 * are looked at one by one. Any other field clashes where it is neither as it was nor as it is wished.
 */
export function mergeChange(current: RecordContent, { before, changes }: MadeChange): Merged {
  const content: Record<string, unknown> = { ...current };
  const clashes: string[] = [];
  for (const key of Object.keys(changes) as (keyof RecordContent)[]) {
    const [was, wished, now] = [before[key], changes[key], current[key]];
    // Whoever left it as it was has no say in it.
    if (wished === undefined || (key !== 'fields' && same(was, wished))) continue;
    if (key === 'fields') {
      const merged = mergeFields(now as Fields, (was ?? {}) as Fields, wished as Fields);
      content.fields = merged.fields;
      clashes.push(...merged.clashes.map((field) => `fields.${field}`));
    } else if (Array.isArray(wished)) {
      content[key] = mergeList(now as unknown[], (was ?? []) as unknown[], wished);
    } else if (same(now, was) || same(now, wished)) {
      content[key] = wished;
    } else {
      clashes.push(key);
    }
  }
  return { content: content as unknown as RecordContent, clashes };
}

type Fields = RecordContent['fields'];

/** `wished` holds the keys that were touched; one that is in `was` and not in `wished` was emptied. */
function mergeFields(now: Fields, was: Fields, wished: Fields): { fields: Fields; clashes: string[] } {
  const fields: Record<string, Fields[string]> = { ...now };
  const clashes: string[] = [];
  for (const key of new Set([...Object.keys(was), ...Object.keys(wished)])) {
    if (same(was[key], wished[key])) continue;
    if (!same(now[key], was[key]) && !same(now[key], wished[key])) clashes.push(key);
    else if (wished[key] === undefined) delete fields[key];
    else fields[key] = wished[key];
  }
  return { fields, clashes };
}

function mergeList(now: readonly unknown[], was: readonly unknown[], wished: readonly unknown[]): unknown[] {
  // Nobody else touched it: the order that was wished counts, too.
  if (same(now, was)) return [...wished];
  const has = (list: readonly unknown[], item: unknown) => list.some((each) => same(each, item));
  const kept = now.filter((item) => !has(was, item) || has(wished, item));
  const added = wished.filter((item) => !has(was, item) && !has(kept, item));
  return [...kept, ...added];
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
