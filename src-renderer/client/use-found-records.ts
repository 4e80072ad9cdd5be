// Finds records at the hub as somebody types, for the admin window.
import { useEffect, useState } from 'react';
import type { FoundRecord } from '#shared/admin/records-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { useClient } from './desktop-context.tsx';

const settledMs = 250;

/** What the hub finds by this; null where nothing is asked. `forget` leaves one out that is no longer there. */
export function useFoundRecords(text: string) {
  const client = useClient();
  const [found, setFound] = useState<readonly FoundRecord[] | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  useEffect(() => {
    if (text === '') return setFound(null);
    let isOver = false;
    const ask = async () => {
      try {
        const records = await client.call('admin.records.find', { text });
        if (isOver) return;
        setFound(records);
        setRefusal(null);
      } catch (error) {
        if (!(error instanceof CommandFailed)) throw error;
        if (!isOver) setRefusal(error.reason);
      }
    };
    const timer = setTimeout(() => void ask(), settledMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [client, text]);
  const forget = (id: FoundRecord['id']) =>
    setFound((before) => before?.filter((each) => each.id !== id) ?? null);
  return { found, refusal, forget };
}
