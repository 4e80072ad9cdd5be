// The directory as one types, with presence that follows while the component is there.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { FoundPeople } from '#shared/desktop/people-contract.ts';
import type { PersonPresence } from '#shared/domain/person.ts';
import { useClient, useMainEvent } from '../client/desktop-context.tsx';
import { useAsked } from '../client/use-asked.ts';

const limit = 50;
/** Where nothing is typed they are put in another order than the directory's: all must be there. The contract's most. */
const wholeLimit = 200;
/** Main takes a window that says nothing for two minutes for one that looks no more. */
const watchAgainMs = 60_000;

export interface PeopleForText extends FoundPeople {
  /** What they were found for: while one types, that is what stood there before. */
  readonly text: string;
}

/** Undefined until the first answer. */
export function usePeople(text: string): PeopleForText | undefined {
  const client = useClient();
  const ask = useCallback(async () => {
    const wanted = { text, limit: text.trim() === '' ? wholeLimit : limit };
    return { ...(await client.call('people.search', wanted)), text };
  }, [client, text]);
  const { answer, again } = useAsked(ask);
  const [news, setNews] = useState<ReadonlyMap<string, PersonPresence>>(new Map());
  useMainEvent('people.changed', () => {
    setNews(new Map());
    again();
  });
  useMainEvent('people.presence', (told) => {
    setNews((before) => new Map([...before, ...told.map((each) => [each.userId, each] as const)]));
  });
  useEffect(() => {
    const watch = (on: boolean) =>
      client.call('people.watch', { on }).catch((error: unknown) => {
        console.warn('people.watch was refused', error instanceof Error ? error.message : '');
      });
    void watch(true);
    const timer = setInterval(() => void watch(true), watchAgainMs);
    return () => {
      clearInterval(timer);
      void watch(false);
    };
  }, [client]);
  if (!answer) return undefined;
  const people = answer.people.map((person) => ({
    ...person,
    presence: answer.live ? (news.get(person.userId) ?? person.presence) : null,
  }));
  return { ...answer, people };
}

/**
 * For Enter, which must not choose from a list that belongs to other letters.
 * @param settled the list is the one for what stands in the field.
 * @returns `run` does it now, or once it is settled; `forget` where something else was done meanwhile.
 */
export function useOnceSettled(settled: boolean, act: () => void): { run(): void; forget(): void } {
  const [waits, setWaits] = useState(false);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (!waits || !settled) return;
    setWaits(false);
    latest.current();
  }, [waits, settled]);
  return { run: () => (settled ? act() : setWaits(true)), forget: () => setWaits(false) };
}
