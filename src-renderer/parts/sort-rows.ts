// Sorting as people expect it (pure): by the language's own order, numbers within words by their value, nothing last.

export interface Sorting {
  /** Key of the column. */
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

/** @returns the rows in order; equal ones stay as they came */
export function sorted<R>(
  rows: readonly R[],
  sortBy: ((row: R) => string | number | null) | undefined,
  sorting: Sorting | null,
  language: string,
): readonly R[] {
  if (!sortBy || !sorting) return rows;
  const collator = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  const sign = sorting.direction === 'ascending' ? 1 : -1;
  // Each key is made once: thousands of rows are compared many times each.
  return rows
    .map((row) => ({ row, key: sortBy(row) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
      if (typeof a.key === 'number' && typeof b.key === 'number') return sign * (a.key - b.key);
      return sign * collator.compare(String(a.key), String(b.key));
    })
    .map(({ row }) => row);
}

/** @returns whether every word of the search stands somewhere in the texts, whatever its case and accents */
export function matches(search: string, texts: readonly (string | null)[]): boolean {
  const words = plain(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const all = plain(texts.filter((text) => text !== null).join('\n'));
  return words.every((word) => all.includes(word));
}

/** "Müller" is found by "muller" and by "MÜLLER". */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
