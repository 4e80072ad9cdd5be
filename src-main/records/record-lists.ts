// Windows of long lists: which records a filter leaves, in which order, and the rows from an offset. An order is walked
// through once for each state of the records and then held as numbers, four bytes each, so that any offset of a million
// rows is as near as the first. Used by record-reader.ts.
import type { CountryCode } from 'libphonenumber-js';
import type { RecordFilter, RecordSort } from '#shared/desktop/records-contract.ts';
import { formatNumber } from '../directory/phone-number.ts';
import type { ListedRow, RecordListStore } from './record-list-store.ts';
import { tagKey } from './record-row.ts';
import { askedFor, listMatch } from './search-text.ts';

export interface ListQuestion {
  readonly filter: RecordFilter;
  readonly sort: RecordSort;
  readonly offset: number;
  readonly limit: number;
  /** Counts the changes of records that main knows of: what was held for another number is read anew. */
  readonly revision: number;
  readonly country: CountryCode;
}

/** With its number as people write it; null where it has none. */
export type ShownRow = ListedRow & { readonly numberShown: string | null };

export interface ListAnswer {
  readonly rows: readonly ShownRow[];
  readonly total: number;
}

/** Four of a million are 16 MB. */
const mostHeldOrders = 4;
const mostHeldLists = 6;
/** Parsing one takes longer than reading its row, and scrolling comes back to most. */
const mostHeldNumbers = 5_000;

export class RecordLists {
  readonly #store: RecordListStore;
  readonly #orders = new Held<Int32Array>(mostHeldOrders);
  readonly #lists = new Held<Int32Array>(mostHeldLists);
  readonly #numbers = new Held<string>(mostHeldNumbers);
  #revision = -1;

  constructor(store: RecordListStore) {
    this.#store = store;
  }

  window({ filter, sort, offset, limit, revision, country }: ListQuestion): ListAnswer {
    if (revision !== this.#revision) {
      this.#orders.clear();
      this.#lists.clear();
      this.#revision = revision;
    }
    const places = this.#lists.get(JSON.stringify([filter, heldAs(sort)]), () =>
      this.#filtered(filter, sort),
    );
    const rows: ShownRow[] = [];
    for (let index = offset; index < Math.min(offset + limit, places.length); index++) {
      const backwards = sort.descending && sort.by !== 'lastCallAt';
      const place = places[backwards ? places.length - 1 - index : index];
      const row = place === undefined ? undefined : this.#store.row(place);
      if (row) rows.push({ ...row, numberShown: this.#written(row.number, country) });
    }
    return { rows, total: places.length };
  }

  #written(number: string | null, country: CountryCode): string | null {
    return number === null ? null : this.#numbers.get(country + number, () => formatNumber(number, country));
  }

  #filtered(filter: RecordFilter, sort: RecordSort): Int32Array {
    const order = this.#order(filter, sort);
    const wanted: Places[] = [];
    if (filter.projectId !== null) wanted.push(new Places(this.#store.ofProject(filter.projectId)));
    if (filter.ownerId !== null) wanted.push(new Places(this.#store.ofOwner(filter.ownerId)));
    if (filter.tag !== null) wanted.push(new Places(this.#store.withTag(tagKey(filter.tag))));
    if (filter.text.trim() !== '') {
      const asked = askedFor(filter.text);
      const match = asked && listMatch(asked);
      // A lone bracket finds nothing, rather than everything.
      wanted.push(new Places(match === null ? [] : this.#store.matching(match)));
    }
    if (wanted.length === 0) return order;
    return order.filter((place) => wanted.every((places) => places.has(place)));
  }

  #order({ kinds }: RecordFilter, sort: RecordSort): Int32Array {
    return this.#orders.get(JSON.stringify([[...kinds].sort(), heldAs(sort)]), () => {
      const order = Int32Array.from(this.#store.inOrder(kinds, sort.by));
      if (sort.by !== 'lastCallAt') return order;
      // Who was never called stands last in both directions.
      const never = this.#store.neverCalled(kinds);
      const all = new Int32Array(order.length + never.length);
      all.set(sort.descending ? order.reverse() : order);
      all.set(never, order.length);
      return all;
    });
  }
}

/** An order is held one way and read either way, but for the one in which some always stand last. */
function heldAs({ by, descending }: RecordSort): string {
  return by === 'lastCallAt' && descending ? 'lastCallAt, descending' : by;
}

/** A set of places, a bit each. */
class Places {
  readonly #bits: Uint32Array;

  constructor(places: readonly number[]) {
    let greatest = 0;
    for (const place of places) if (place > greatest) greatest = place;
    this.#bits = new Uint32Array((greatest >>> 5) + 1);
    for (const place of places) {
      const word = place >>> 5;
      this.#bits[word] = (this.#bits[word] ?? 0) | (1 << (place & 31));
    }
  }

  has(place: number): boolean {
    return ((this.#bits[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0;
  }
}

/** The last few that were asked for. */
class Held<T> {
  readonly #held = new Map<string, T>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string, make: () => T): T {
    const held = this.#held.get(key) ?? make();
    this.#held.delete(key);
    this.#held.set(key, held);
    const [oldest] = this.#held.keys();
    if (this.#held.size > this.#most && oldest !== undefined) this.#held.delete(oldest);
    return held;
  }

  clear(): void {
    this.#held.clear();
  }
}
