// What is searched, filtered and sorted by in a list. Kept while the window lives, so that coming back to Leads finds it
// as it was left.
import { useState } from 'react';
import type { ListName, RecordFilter, RecordSort, SavedFilter } from '#shared/desktop/records-contract.ts';
import { recordKind } from '#shared/domain/disposition.ts';
import { useKept } from './kept.ts';

export const kindsOf: Record<ListName, RecordFilter['kinds']> = {
  leads: ['lead'],
  contacts: recordKind.options.filter((kind) => kind !== 'lead'),
};

export interface ListState {
  readonly filter: RecordFilter;
  readonly sort: RecordSort;
}

const begin = (list: ListName): ListState => ({
  filter: { text: '', kinds: kindsOf[list], projectId: null, ownerId: null, tag: null },
  sort: list === 'leads' ? { by: 'changedAt', descending: true } : { by: 'name', descending: false },
});

export interface ListControl extends ListState {
  setFilter(change: Partial<RecordFilter>): void;
  setSort(sort: RecordSort): void;
  apply(saved: SavedFilter): void;
  /** Search, filters; the order stays. */
  clear(): void;
  /** Something narrows the list. */
  readonly narrowed: boolean;
}

export function useListState(list: ListName): ListControl {
  const [known, keep] = useKept<ListState>(`list:${list}`);
  // The same object until it is set, so that nothing is asked anew for being drawn.
  const [first] = useState(() => begin(list));
  const state = known ?? first;
  const set = (next: ListState) => keep(next);
  const { filter, sort } = state;
  return {
    filter,
    sort,
    setFilter: (change) => set({ filter: { ...filter, ...change }, sort }),
    setSort: (next) => set({ filter, sort: next }),
    apply: ({ filter: kept, sort: order }) =>
      set({ filter: { ...kept, kinds: kept.kinds.length === 0 ? kindsOf[list] : kept.kinds }, sort: order }),
    clear: () => set({ filter: begin(list).filter, sort }),
    narrowed: filter.text.trim() !== '' || countFilters(list, filter) > 0,
  };
}

/** How many are set besides the search. */
export function countFilters(list: ListName, filter: RecordFilter): number {
  return [
    filter.kinds.length < kindsOf[list].length,
    filter.projectId !== null,
    filter.ownerId !== null,
    filter.tag !== null,
  ].filter(Boolean).length;
}
