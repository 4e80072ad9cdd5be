// What was typed or set and is not saved with main: a record's form, a new note, a list's search. Kept while the window
// lives, so that looking at another record, or answering a call, takes none of it away.
import { useState } from 'react';
import type { RecordContent } from '#shared/domain/record.ts';
import type { DesktopClient } from '../../client/desktop-client.ts';
import { useClient } from '../../client/desktop-context.tsx';

export interface RecordDraft {
  /** As it was when the form was opened; what was changed is told beside it. */
  readonly before: RecordContent;
  readonly values: RecordContent;
}

const keptBy = new WeakMap<DesktopClient, Map<string, unknown>>();

/**
 * @param key of the record or list and what is typed, such as `note:<id>`; give the component a `key` for each
 */
export function useKept<T>(key: string): [T | null, (value: T | null) => void] {
  const client = useClient();
  const kept = keptBy.get(client) ?? new Map<string, unknown>();
  keptBy.set(client, kept);
  const [value, setValue] = useState<T | null>(() => (kept.get(key) as T | undefined) ?? null);
  return [
    value,
    (next) => {
      if (next === null) kept.delete(key);
      else kept.set(key, next);
      setValue(next);
    },
  ];
}
