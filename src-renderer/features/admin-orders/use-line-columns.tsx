// The columns of the orders in line.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { bucket, dialMode } from '#shared/domain/dial-up.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { useNow } from '../../client/use-now.ts';
import { numberAsWritten } from '../../parts/number-as-written.ts';
import { markOf } from '../../parts/order-status-mark.tsx';
import type { PagedColumn } from '../../parts/paged-table.tsx';
import { useModeNames } from '../../parts/use-mode-names.ts';
import type { PlacedOrder } from './line-page.tsx';
import styles from './orders.module.css';
import { useWhyText } from './use-why-text.ts';

const minuteMs = 60_000;

export function useLineColumns(): readonly PagedColumn<PlacedOrder>[] {
  const { t, i18n } = useTranslation('admin');
  const freeModes = useAdminList('freeModes').answer;
  const projects = useAdminList('projects').answer;
  const statuses = useAdminList('orderStatuses').answer?.statuses;
  const modeName = useModeNames();
  const whyText = useWhyText();
  const nowMs = useNow(minuteMs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: modeName changes with the free modes and the language
  return useMemo(() => {
    const count = new Intl.NumberFormat(i18n.language);
    // Worked out once rather than for every row: a hundred rows a second are drawn as one scrolls.
    const projectNames = new Map(projects?.map(({ id, settings }) => [id, settings.name]));
    const projectName = (id: ProjectId) => projectNames.get(id) ?? '';
    const modeNames = new Map(dialMode.options.map((mode) => [mode, modeName(mode)]));
    const bucketNames = new Map(bucket.options.map((each) => [each, t(`callMode.buckets.${each}`)]));
    const goneStatus = t('callMode.goneStatus');
    const marks = new Map(statuses?.map((status) => [status.id, markOf(status, goneStatus)]));
    const gone = markOf(undefined, goneStatus);
    const reasons = new WeakMap<PlacedOrder, string>();
    const reasonOf = (shown: PlacedOrder) => {
      const known = reasons.get(shown) ?? whyText(shown, nowMs);
      reasons.set(shown, known);
      return known;
    };
    return [
      {
        key: 'place',
        title: t('orders.column.place'),
        leastPx: 56,
        share: 0,
        figures: true,
        quiet: true,
        cell: ({ at }) => count.format(at),
      },
      {
        key: 'name',
        title: t('orders.column.name'),
        leastPx: 136,
        share: 2,
        cell: ({ name }) => <span className={styles.name}>{name || t('orders.noName')}</span>,
        hint: ({ name }) => name,
      },
      {
        key: 'why',
        title: t('orders.column.why'),
        leastPx: 208,
        share: 3,
        cell: (shown) => (
          <span className={styles.why} data-now={shown.whyNow !== null || undefined}>
            {reasonOf(shown)}
          </span>
        ),
        hint: reasonOf,
      },
      {
        key: 'status',
        title: t('orders.column.status'),
        leastPx: 120,
        share: 1,
        rank: 1,
        cell: ({ order }) => marks.get(order.statusId) ?? gone,
      },
      {
        key: 'project',
        title: t('orders.column.project'),
        leastPx: 112,
        share: 1,
        rank: 3,
        quiet: true,
        cell: ({ order }) => projectName(order.projectId),
        hint: ({ order }) => projectName(order.projectId),
      },
      {
        key: 'mode',
        title: t('orders.column.mode'),
        leastPx: 112,
        share: 1,
        rank: 5,
        quiet: true,
        cell: ({ order }) => order.place && modeNames.get(order.place.mode),
      },
      {
        key: 'bucket',
        title: t('orders.column.bucket'),
        leastPx: 112,
        share: 1,
        rank: 4,
        quiet: true,
        cell: ({ order }) => order.place && bucketNames.get(order.place.bucket),
      },
      {
        key: 'attempts',
        title: t('orders.column.attempts'),
        leastPx: 64,
        share: 0,
        rank: 2,
        figures: true,
        quiet: true,
        cell: ({ order }) => order.attempts,
      },
      {
        key: 'number',
        title: t('orders.column.number'),
        leastPx: 136,
        share: 0,
        rank: 6,
        figures: true,
        quiet: true,
        cell: ({ number }) => (number === null ? t('orders.noNumber') : numberAsWritten(number)),
      },
    ];
  }, [t, i18n.language, projects, statuses, freeModes, whyText, nowMs]);
}
