// How a list was left: its search, filters and order. Kept while the window lives, so that coming back finds it so.
import { useState } from 'react';
import type { DesktopClient } from '../../client/desktop-client.ts';
import { useClient } from '../../client/desktop-context.tsx';

const keptBy = new WeakMap<DesktopClient, Map<string, unknown>>();

/** @param key of the list; give the component a `key` for each */
export function useKept<T>(key: string): [T | null, (value: T) => void] {
  const client = useClient();
  const kept = keptBy.get(client) ?? new Map<string, unknown>();
  keptBy.set(client, kept);
  const [value, setValue] = useState<T | null>(() => (kept.get(key) as T | undefined) ?? null);
  return [
    value,
    (next) => {
      kept.set(key, next);
      setValue(next);
    },
  ];
}
