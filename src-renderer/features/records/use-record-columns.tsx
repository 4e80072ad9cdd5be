// What the lists of records show in their columns: the name with its button to call, what the person chose to see, and
// whether the hub knows it, too (CALL-3, CALL-4).
import type { TFunction } from 'i18next';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordColumn, RecordRow, RecordSort } from '#shared/desktop/records-contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useLive } from '../../client/desktop-context.tsx';
import { useNow } from '../../client/use-now.ts';
import { type Format, useFormat } from '../../i18n/use-format.ts';
import { IconCloudCheck, IconPhone } from '../../parts/icons.ts';
import type { PagedColumn } from '../../parts/paged-table.tsx';
import { SyncMark } from '../../parts/sync-mark.tsx';
import styles from './record-cells.module.css';

type Shape = Pick<PagedColumn<RecordRow>, 'leastPx' | 'share' | 'rank' | 'sortFirst' | 'figures'>;

/** The ranks are by use: which are kept where there is little room. */
const shapes: Record<RecordColumn, Shape> = {
  number: { leastPx: 128, share: 0, rank: 1, figures: true },
  // Times are looked at from the newest.
  lastCallAt: { leastPx: 112, share: 0, rank: 2, sortFirst: 'descending', figures: true },
  city: { leastPx: 104, share: 1, rank: 3, sortFirst: 'ascending' },
  changedAt: { leastPx: 112, share: 0, rank: 4, sortFirst: 'descending', figures: true },
  owner: { leastPx: 112, share: 1, rank: 5 },
  project: { leastPx: 120, share: 1, rank: 6 },
  kind: { leastPx: 96, share: 0, rank: 7 },
  tags: { leastPx: 112, share: 1, rank: 8 },
  email: { leastPx: 152, share: 2, rank: 9 },
};

const sortKeys = ['name', 'city', 'changedAt', 'lastCallAt'] as const satisfies readonly RecordSort['by'][];

/** @returns what the list is asked to be sorted by; undefined for a column by which it cannot be. */
export function sortKey(column: string): RecordSort['by'] | undefined {
  return sortKeys.find((key) => key === column);
}

interface CellWords {
  readonly t: TFunction;
  readonly format: Format;
  readonly nowMs: number;
  readonly projectNames: ReadonlyMap<ProjectId, string>;
}

/** The same array until language, minute, projects or the choice of columns change. */
export function useRecordColumns(
  chosen: readonly RecordColumn[],
  onDial: (row: RecordRow) => void,
): readonly PagedColumn<RecordRow>[] {
  const { t } = useTranslation();
  const { t: own } = useTranslation('records');
  const format = useFormat();
  const nowMs = useNow(60_000);
  const session = useLive('session');
  const projects = session.state === 'signedIn' ? session.projects : null;
  const dial = useRef(onDial);
  useEffect(() => {
    dial.current = onDial;
  });
  return useMemo(() => {
    const projectNames = new Map((projects ?? []).map(({ id, name }) => [id, name]));
    const words = { t, format, nowMs, projectNames };
    return [
      {
        key: 'name',
        title: own('column.name'),
        // Above the names, not above their buttons.
        titleInsetPx: 36,
        leastPx: 168,
        share: 2,
        sortFirst: 'ascending',
        cell: (row) => <NameCell row={row} own={own} onDial={() => dial.current(row)} />,
      },
      ...chosen.map(
        (key): PagedColumn<RecordRow> => ({
          key,
          title: own(`column.${key}`),
          ...shapes[key],
          quiet: true,
          cell: (row) => cellText(key, row, words),
          hint: (row) => cellText(key, row, words),
        }),
      ),
      {
        key: 'state',
        title: own('column.state'),
        titleUnseen: true,
        leastPx: 16,
        share: 0,
        cell: (row) =>
          row.state === 'sent' && (
            <span className={styles.sent} title={own('state.sentHint')}>
              <IconCloudCheck size={14} stroke={1.75} aria-hidden="true" />
              <span className="oh-unseen">{own('state.sent')}</span>
            </span>
          ),
      },
    ];
  }, [chosen, t, own, format, nowMs, projects]);
}

interface NameCellProps {
  readonly row: RecordRow;
  readonly own: TFunction<'records'>;
  onDial(): void;
}

function NameCell({ row, own, onDial }: NameCellProps) {
  const name = row.name === '' ? own('list.noName') : row.name;
  const dials = row.number !== null;
  return (
    <div className={styles.nameCell}>
      {dials ? (
        <button
          type="button"
          tabIndex={-1}
          className={styles.call}
          aria-label={own('list.call', { name })}
          title={own('list.call', { name })}
          onClick={(event) => {
            event.stopPropagation();
            onDial();
          }}
        >
          <IconPhone size={14} stroke={2} aria-hidden="true" />
        </button>
      ) : (
        <span className={styles.noCall} />
      )}
      {dials ? (
        <button
          type="button"
          tabIndex={-1}
          className={styles.name}
          title={name}
          onClick={(event) => {
            event.stopPropagation();
            onDial();
          }}
        >
          <bdi>{name}</bdi>
        </button>
      ) : (
        <span className={styles.name} data-mute title={name}>
          <bdi>{name}</bdi>
        </span>
      )}
      {row.state !== 'sent' && <SyncMark state={row.state} />}
    </div>
  );
}

/** What stands in a cell; '' for nothing. */
function cellText(column: RecordColumn, row: RecordRow, words: CellWords): string {
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
