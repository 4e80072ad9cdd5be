// A project's dispositions while they are edited (pure): in groups, in their order. What the hub keeps is a plain list in
// which each names its group; agents see a group where its first member stands.
import type { EditedDisposition } from '#shared/admin/projects-contract.ts';
import type { Disposition } from '#shared/domain/disposition.ts';
import type { DispositionId } from '#shared/domain/ids.ts';

export interface DispositionRow extends EditedDisposition {
  /** Its id, or one of this form's own while it is new. */
  readonly rowKey: string;
}

export interface DispositionGroup {
  readonly groupKey: string;
  /** Empty: without a group. */
  readonly name: string;
  readonly rows: readonly Omit<DispositionRow, 'group'>[];
}

export type Groups = readonly DispositionGroup[];
export type Row = DispositionGroup['rows'][number];

export function groupsOf(dispositions: readonly Disposition[]): Groups {
  const groups = new Map<string, Row[]>();
  for (const { group, projectId: _projectId, ...rest } of dispositions) {
    const rows = groups.get(group ?? '') ?? [];
    groups.set(group ?? '', rows);
    rows.push({ ...rest, rowKey: rest.id });
  }
  return [...groups].map(([name, rows]) => ({ groupKey: `group ${name}`, name, rows }));
}

/** @param known ids that the hub has now; what somebody else has removed meanwhile is made anew */
export function dispositionsOf(groups: Groups, known: ReadonlySet<DispositionId>): EditedDisposition[] {
  return groups.flatMap(({ name, rows }) =>
    rows.map(({ rowKey: _rowKey, id, label, ...rest }) => ({
      ...rest,
      id: id !== null && known.has(id) ? id : null,
      label: label.trim(),
      group: name.trim() === '' ? null : name.trim(),
    })),
  );
}

export function allRows(groups: Groups): Row[] {
  return groups.flatMap(({ rows }) => rows);
}

export function changeRow(groups: Groups, rowKey: string, change: Partial<Row>): Groups {
  return groups.map((group) => ({
    ...group,
    rows: group.rows.map((row) => (row.rowKey === rowKey ? { ...row, ...change } : row)),
  }));
}

export function removeRow(groups: Groups, rowKey: string): Groups {
  return groups.map((group) => ({ ...group, rows: group.rows.filter((row) => row.rowKey !== rowKey) }));
}

/** At the end of its group; the first free key and the next colour come with it. @param groupKey null: the first one */
export function addRow(
  groups: Groups,
  groupKey: string | null,
  rowKey: string,
  colors: readonly string[],
): Groups {
  const rows = allRows(groups);
  const taken = new Set(rows.map(({ key }) => key));
  const key = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].find((each) => !taken.has(each)) ?? null;
  const used = new Set(rows.map(({ color }) => color));
  const color = colors.find((each) => !used.has(each)) ?? colors[rows.length % colors.length] ?? 'gray';
  const row: Row = { rowKey, id: null, label: '', color, key, noteRequired: false };
  if (groups.length === 0) return [{ groupKey: 'group ', name: '', rows: [row] }];
  const into = groupKey ?? groups[0]?.groupKey;
  return groups.map((group) => (group.groupKey === into ? { ...group, rows: [...group.rows, row] } : group));
}

export function addGroup(groups: Groups, groupKey: string): Groups {
  return [...groups, { groupKey, name: '', rows: [] }];
}

export function renameGroup(groups: Groups, groupKey: string, name: string): Groups {
  return groups.map((group) => (group.groupKey === groupKey ? { ...group, name } : group));
}

/** Its dispositions go to the end of the group above, or to the top of the one below. */
export function removeGroup(groups: Groups, groupKey: string): Groups {
  const at = groups.findIndex((group) => group.groupKey === groupKey);
  const gone = groups[at];
  if (!gone) return groups;
  const heir = at > 0 ? at - 1 : 1;
  if (!groups[heir]) return gone.rows.length === 0 ? [] : [{ ...gone, name: '' }];
  return groups
    .map((group, index) =>
      index === heir
        ? { ...group, rows: at > 0 ? [...group.rows, ...gone.rows] : [...gone.rows, ...group.rows] }
        : group,
    )
    .filter((group) => group.groupKey !== groupKey);
}

/** One place up or down; over the edge of its group into the next one. */
export function stepRow(groups: Groups, rowKey: string, step: 1 | -1): Groups {
  const from = groups.findIndex((group) => group.rows.some((row) => row.rowKey === rowKey));
  const group = groups[from];
  const row = group?.rows.find((each) => each.rowKey === rowKey);
  if (!group || !row) return groups;
  const at = group.rows.indexOf(row);
  const to = at + step;
  if (to >= 0 && to < group.rows.length) {
    return groups.with(from, { ...group, rows: group.rows.toSpliced(at, 1).toSpliced(to, 0, row) });
  }
  const neighbour = groups[from + step];
  if (!neighbour) return groups;
  return groups.with(from, { ...group, rows: group.rows.toSpliced(at, 1) }).with(from + step, {
    ...neighbour,
    rows: step === 1 ? [row, ...neighbour.rows] : [...neighbour.rows, row],
  });
}

/** Right before or after another row; over a group's heading, to the top of that group. */
export function placeRow(groups: Groups, rowKey: string, over: string, half: 'upper' | 'lower'): Groups {
  const row = allRows(groups).find((each) => each.rowKey === rowKey);
  if (!row) return groups;
  return removeRow(groups, rowKey).map((group) => {
    if (group.groupKey === over) return { ...group, rows: [row, ...group.rows] };
    const at = group.rows.findIndex((each) => each.rowKey === over);
    if (at < 0) return group;
    return { ...group, rows: group.rows.toSpliced(half === 'upper' ? at : at + 1, 0, row) };
  });
}

export function stepGroup(groups: Groups, groupKey: string, step: 1 | -1): Groups {
  const at = groups.findIndex((group) => group.groupKey === groupKey);
  const group = groups[at];
  if (!group || !groups[at + step]) return groups;
  return groups.toSpliced(at, 1).toSpliced(at + step, 0, group);
}

/** To the place of the group over which it is. @param over a group, or a row in it */
export function placeGroup(groups: Groups, groupKey: string, over: string): Groups {
  const at = groups.findIndex((group) => group.groupKey === groupKey);
  const to = groups.findIndex(
    (group) => group.groupKey === over || group.rows.some((row) => row.rowKey === over),
  );
  const group = groups[at];
  return !group || to < 0 || to === at ? groups : groups.toSpliced(at, 1).toSpliced(to, 0, group);
}

export type RowProblem = 'labelMissing' | 'labelTaken' | 'keyTwice';

/** What is wrong, by row and by group. */
export interface GroupsProblems {
  readonly rows: ReadonlyMap<string, RowProblem>;
  /** Groups of the same name as one above. */
  readonly groups: ReadonlySet<string>;
}

export function problemsOf(groups: Groups): GroupsProblems {
  const rows = new Map<string, RowProblem>();
  const labels = new Set<string>();
  const keys = new Set<string>();
  for (const row of allRows(groups)) {
    const label = row.label.trim().toLowerCase();
    if (label === '') rows.set(row.rowKey, 'labelMissing');
    else if (labels.has(label)) rows.set(row.rowKey, 'labelTaken');
    else if (row.key !== null && keys.has(row.key)) rows.set(row.rowKey, 'keyTwice');
    labels.add(label);
    if (row.key !== null) keys.add(row.key);
  }
  const names = groups.map(({ name }) => name.trim().toLowerCase());
  const twice = groups.filter((_, at) => names.indexOf(names[at] ?? '') < at);
  return { rows, groups: new Set(twice.map(({ groupKey }) => groupKey)) };
}
