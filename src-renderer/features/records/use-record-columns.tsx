// The columns that a list can have besides the name: their words, widths, what they are sorted by, and which of them fit.
import type { TFunction } from 'i18next';
import type { RecordColumn, RecordRow, RecordSort } from '#shared/desktop/records-contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Format } from '../../i18n/use-format.ts';

export interface ColumnShape {
  readonly key: RecordColumn;
  readonly leastPx: number;
  /** Of the room that is left over; 0 keeps the column at `leastPx`. */
  readonly share: number;
  readonly sortBy: RecordSort['by'] | null;
  readonly figures: boolean;
}

const shapes: Record<RecordColumn, Omit<ColumnShape, 'key'>> = {
  kind: { leastPx: 96, share: 0, sortBy: null, figures: false },
  number: { leastPx: 128, share: 0, sortBy: null, figures: true },
  email: { leastPx: 152, share: 2, sortBy: null, figures: false },
  city: { leastPx: 104, share: 1, sortBy: 'city', figures: false },
  project: { leastPx: 120, share: 1, sortBy: null, figures: false },
  owner: { leastPx: 112, share: 1, sortBy: null, figures: false },
  tags: { leastPx: 112, share: 1, sortBy: null, figures: false },
  changedAt: { leastPx: 112, share: 0, sortBy: 'changedAt', figures: true },
  lastCallAt: { leastPx: 112, share: 0, sortBy: 'lastCallAt', figures: true },
};

/** Which are kept where there is little room. */
const byUse: readonly RecordColumn[] = [
  'number',
  'lastCallAt',
  'city',
  'changedAt',
  'owner',
  'project',
  'kind',
  'tags',
  'email',
];

const namePx = 168;
/** The sign that a record is at the hub, too. */
const statePx = 16;
/** Between columns, and at both ends. */
const gapPx = 16;

/**
 * @param widthPx of the list; 0 where it is not known yet
 * @returns the chosen columns, without the least useful ones where there is no room for all
 */
export function fittingColumns(chosen: readonly RecordColumn[], widthPx: number): ColumnShape[] {
  const fixedPx = namePx + statePx + 3 * gapPx;
  let leftPx = widthPx === 0 ? Number.POSITIVE_INFINITY : widthPx - fixedPx;
  const fits = new Set<RecordColumn>();
  for (const key of byUse.filter((each) => chosen.includes(each))) {
    leftPx -= shapes[key].leastPx + gapPx;
    if (leftPx < 0) break;
    fits.add(key);
  }
  return chosen.filter((key) => fits.has(key)).map((key) => ({ key, ...shapes[key] }));
}

export function gridTemplate(columns: readonly ColumnShape[]): string {
  const rest = columns.map(({ leastPx, share }) =>
    share > 0 ? `minmax(${leastPx}px, ${share}fr)` : `${leastPx}px`,
  );
  return [`minmax(${namePx}px, 2fr)`, ...rest, `${statePx}px`].join(' ');
}

export interface CellWords {
  readonly t: TFunction;
  readonly format: Format;
  readonly nowMs: number;
  readonly projectNames: ReadonlyMap<ProjectId, string>;
}

/** What stands in a cell; '' for nothing. */
export function cellText(column: RecordColumn, row: RecordRow, words: CellWords): string {
  const when = (atMs: number | null) => (atMs === null ? '' : words.format.when(atMs, words.nowMs));
  switch (column) {
    case 'kind':
      return words.t(`recordKind.${row.kind}`);
    case 'number':
      return row.numberShown ?? '';
    case 'email':
      return row.email ?? '';
    case 'city':
      return row.city;
    case 'project':
      return row.projectId === null ? '' : (words.projectNames.get(row.projectId) ?? '');
    case 'owner':
      return row.ownerName ?? '';
    case 'tags':
      return row.tags.join(', ');
    case 'changedAt':
      return when(row.changedAtMs);
    case 'lastCallAt':
      return when(row.lastCallAtMs);
  }
}
