// What is typed about a record and not saved, for the component in which it is typed.
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { z } from 'zod';
import type { RecordId } from '#shared/domain/ids.ts';
import type { DesktopClient } from '../../client/desktop-client.ts';
import { useClient } from '../../client/desktop-context.tsx';
import { UnsavedTexts } from './unsaved-texts.ts';

const byClient = new WeakMap<DesktopClient, UnsavedTexts>();

function useUnsavedTexts(): UnsavedTexts {
  const client = useClient();
  const texts = byClient.get(client) ?? new UnsavedTexts(client);
  byClient.set(client, texts);
  return texts;
}

/** Whether it is known what there is: before, a form would open without it. */
export function useUnsavedKnown(): boolean {
  const texts = useUnsavedTexts();
  const subscribe = useCallback((listener: () => void) => texts.subscribe(listener), [texts]);
  return useSyncExternalStore(subscribe, () => texts.loaded);
}

export interface Unsaved<T> {
  /** Null where nothing is. */
  readonly value: T | null;
  keep(value: T): void;
  /** It was saved or discarded. */
  end(): void;
  /** Why it is only in this window, and not on disk; null where it is. */
  readonly refusal: string | null;
}

/**
 * @param key what it is of, such as `note:<record id>`
 * @param recordId with whose erasure it goes; null for a record that is only being written
 * @param shape an older version may have kept another: that is as if there were nothing
 */
export function useUnsaved<T>(key: string, recordId: RecordId | null, shape: z.ZodType<T>): Unsaved<T> {
  const texts = useUnsavedTexts();
  const subscribe = useCallback((listener: () => void) => texts.subscribe(listener), [texts]);
  const content = useSyncExternalStore(subscribe, () => texts.read(key));
  const refusal = useSyncExternalStore(subscribe, () => texts.refusal);
  const value = useMemo(() => {
    if (content === null) return null;
    const read = shape.safeParse(JSON.parse(content));
    return read.success ? read.data : null;
  }, [content, shape]);
  return {
    value,
    keep: (next) => texts.keep({ key, recordId, content: JSON.stringify(next) }),
    end: () => texts.end(key),
    refusal,
  };
}
