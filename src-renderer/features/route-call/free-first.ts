// Who stands at the top of the route panel before anything is typed: those who would take the call now. The order is that
// of the moment at which the panel opened, so that no row moves under the hand.
import { useEffect, useState } from 'react';
import type { FoundPerson } from '#shared/desktop/people-contract.ts';
import type { UserId } from '#shared/domain/ids.ts';
import { standingOf } from '../../parts/presence-chip.tsx';
import type { PeopleForText } from '../../parts/use-people.ts';

/** What the hub says of presence comes a moment after the panel; later than this it changes the signs only. */
const settlesWithinMs = 250;

/** @param people by name, which is kept among those who stand alike */
export function freeFirst(people: readonly FoundPerson[]): FoundPerson[] {
  return people.toSorted((one, other) => rankOf(one) - rankOf(other));
}

/** What was typed for is in the order of how well it fits; the whole directory begins with who is free. */
export function useFreeFirst(found: PeopleForText | undefined): PeopleForText | undefined {
  const [openedAtMs] = useState(() => Date.now());
  const [order, setOrder] = useState<ReadonlyMap<UserId, number> | null>(null);
  const whole = found?.text.trim() === '' ? found.people : null;
  useEffect(() => {
    if (!whole || order) return;
    const settle = () => setOrder(new Map(freeFirst(whole).map(({ userId }, at) => [userId, at])));
    const timer = setTimeout(settle, Math.max(0, openedAtMs + settlesWithinMs - Date.now()));
    return () => clearTimeout(timer);
  }, [whole, order, openedAtMs]);
  if (!found || !whole) return found;
  const placeOf = ({ userId }: FoundPerson) => order?.get(userId) ?? whole.length;
  const people = order ? whole.toSorted((one, other) => placeOf(one) - placeOf(other)) : freeFirst(whole);
  return { ...found, people };
}

function rankOf({ presence }: FoundPerson): number {
  if (!presence) return 3;
  const standing = standingOf(presence);
  if (standing === 'available') return 0;
  if (standing === 'away') return 1;
  return standing === 'onCall' || standing === 'wrapUp' ? 2 : 3;
}
