// The statuses that orders stand in, while they are edited (pure).
import type { OrderStatus } from '#shared/domain/dial-up.ts';
import type { OrderStatusId } from '#shared/domain/ids.ts';

export interface StatusRow extends Omit<OrderStatus, 'id'> {
  /** Its id, or one of this form's own while it is new. */
  readonly rowKey: string;
  readonly id: OrderStatusId | null;
}

export const mostStatuses = 200;

export function rowsOf(statuses: readonly OrderStatus[]): StatusRow[] {
  return statuses.map((status) => ({ ...status, rowKey: status.id }));
}

/** @param known ids that the hub has now; what somebody else has removed meanwhile is made anew */
export function statusesOf(
  rows: readonly StatusRow[],
  known: ReadonlySet<OrderStatusId>,
): (Omit<OrderStatus, 'id'> & { id: OrderStatusId | null })[] {
  return rows.map(({ rowKey: _rowKey, id, label, ...rest }) => ({
    ...rest,
    id: id !== null && known.has(id) ? id : null,
    label: label.trim(),
  }));
}

/** Without a mode nothing is handed out, so that the tick means nothing. */
export function withMode(row: StatusRow, mode: StatusRow['mode']): Pick<StatusRow, 'mode' | 'addToDialUp'> {
  return { mode, addToDialUp: mode !== null && (row.mode === null || row.addToDialUp) };
}

export type StatusProblem = 'labelMissing' | 'labelTaken';

export function problemsOf(rows: readonly StatusRow[]): ReadonlyMap<string, StatusProblem> {
  const taken = new Set<string>();
  const problems = new Map<string, StatusProblem>();
  for (const { rowKey, label } of rows) {
    const name = label.trim().toLowerCase();
    if (name === '') problems.set(rowKey, 'labelMissing');
    else if (taken.has(name)) problems.set(rowKey, 'labelTaken');
    taken.add(name);
  }
  return problems;
}
