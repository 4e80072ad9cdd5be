// The directory as one types, with presence that follows while the component is there.
import { useCallback, useEffect, useState } from 'react';
import type { FoundPeople } from '#shared/desktop/people-contract.ts';
import type { PersonPresence } from '#shared/domain/person.ts';
import { useClient, useMainEvent } from '../client/desktop-context.tsx';
import { useAsked } from '../client/use-asked.ts';

const limit = 50;
/** Main takes a window that says nothing for two minutes for one that looks no more. */
const watchAgainMs = 60_000;

/** Undefined until the first answer. */
export function usePeople(text: string): FoundPeople | undefined {
  const client = useClient();
  const ask = useCallback(() => client.call('people.search', { text, limit }), [client, text]);
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
