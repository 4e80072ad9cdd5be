// A list of statuses while it is edited (pure): those of agents, and those that orders stand in. Either has an id at the
// hub once it is saved, a label that no other has, and a colour; the rest is its page's.

/** As the hub has it. */
interface SavedStatus {
  readonly id: string;
  readonly label: string;
  readonly color: string;
}

export type StatusRow<S extends SavedStatus> = Omit<S, 'id'> & {
  /** Its id, or one of this form's own while it is new. */
  readonly rowKey: string;
  readonly id: S['id'] | null;
  readonly label: string;
  readonly color: string;
};

export type StatusProblem = 'labelMissing' | 'labelTaken';

export function rowsOf<S extends SavedStatus>(statuses: readonly S[]): StatusRow<S>[] {
  return statuses.map((status) => ({ ...status, rowKey: status.id }));
}

/** @param saved those that the hub has now; what somebody else has removed meanwhile is made anew */
export function statusesOf<S extends SavedStatus>(rows: readonly StatusRow<S>[], saved: readonly S[]) {
  const known = new Set<string>(saved.map(({ id }) => id));
  return rows.map(({ rowKey: _rowKey, ...status }) => ({
    ...status,
    id: status.id !== null && known.has(status.id) ? status.id : null,
    label: status.label.trim(),
  }));
}

/** @param otherLabels those that would be mistaken for them */
export function problemsOf(
  rows: readonly { readonly rowKey: string; readonly label: string }[],
  otherLabels: readonly string[] = [],
): ReadonlyMap<string, StatusProblem> {
  const taken = new Set(otherLabels.map((label) => label.toLowerCase()));
  const problems = new Map<string, StatusProblem>();
  for (const { rowKey, label } of rows) {
    const name = label.trim().toLowerCase();
    if (name === '') problems.set(rowKey, 'labelMissing');
    else if (taken.has(name)) problems.set(rowKey, 'labelTaken');
    taken.add(name);
  }
  return problems;
}
