// What the palette has found for what was typed; the answer of before is shown until the next one is here.
import { useCallback } from 'react';
import type { SearchHit } from '#shared/desktop/search-contract.ts';
import { useClient } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';

const ofEachKind = 6;

export interface Everything {
  readonly hits: readonly SearchHit[];
  readonly more: boolean;
  /** As people write it, where the text is a number. */
  readonly number: string | null;
  /** What it was found for. */
  readonly text: string;
}

const nothing: Everything = { hits: [], more: false, number: null, text: '' };

export function useEverything(text: string): { readonly found: Everything; readonly refusal: string | null } {
  const client = useClient();
  const ask = useCallback(async (): Promise<Everything> => {
    if (text.trim() === '') return { ...nothing, text };
    return { ...(await client.call('search.everything', { text, limit: ofEachKind })), text };
  }, [client, text]);
  const { answer, refusal } = useAsked(ask);
  return { found: answer ?? nothing, refusal };
}
