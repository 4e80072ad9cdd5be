// The statuses that a supervisor adds, while they are edited (pure).
import type { StatusId } from '#shared/domain/ids.ts';
import type { StatusLabel } from '#shared/domain/presence.ts';

export interface StatusRow extends Omit<StatusLabel, 'id'> {
  /** Its id, or one of this form's own while it is new. */
  readonly rowKey: string;
  readonly id: StatusId | null;
}

export const actsAsOptions = [
  'available',
  'away',
  'busy',
] as const satisfies readonly StatusLabel['actsAs'][];

export function rowsOf(statuses: readonly StatusLabel[]): StatusRow[] {
  return statuses.map((status) => ({ ...status, rowKey: status.id }));
}

/** @param known ids that the hub has now; what somebody else has removed meanwhile is made anew */
export function statusesOf(
  rows: readonly StatusRow[],
  known: ReadonlySet<StatusId>,
): (Omit<StatusLabel, 'id'> & { id: StatusId | null })[] {
  return rows.map(({ rowKey: _rowKey, id, label, ...rest }) => ({
    ...rest,
    id: id !== null && known.has(id) ? id : null,
    label: label.trim(),
  }));
}

export type StatusProblem = 'labelMissing' | 'labelTaken';

/** @param usualNames those of the usual four, which would be mistaken for each other */
export function problemsOf(
  rows: readonly StatusRow[],
  usualNames: readonly string[],
): ReadonlyMap<string, StatusProblem> {
  const taken = new Set(usualNames.map((name) => name.toLowerCase()));
  const problems = new Map<string, StatusProblem>();
  for (const { rowKey, label } of rows) {
    const name = label.trim().toLowerCase();
    if (name === '') problems.set(rowKey, 'labelMissing');
    else if (taken.has(name)) problems.set(rowKey, 'labelTaken');
    taken.add(name);
  }
  return problems;
}
