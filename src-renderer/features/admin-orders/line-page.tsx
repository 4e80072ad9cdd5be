// The orders in line (DIAL-6): in the very order in which they are handed out, with the reason for each place, filtered, and
// moved in bulk; a drawer for one order, for what came too late (DIAL-7), and for a new one.
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderInLine } from '#shared/admin/dial-up-contract.ts';
import type { OrderId } from '#shared/domain/ids.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { useClient, useMainEvent } from '../../client/desktop-context.tsx';
import { AdminPage } from '../../parts/admin-page.tsx';
import { useIsSuperAdmin } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { IconAlertTriangle, IconListNumbers, IconSearch, IconUpload } from '../../parts/icons.ts';
import { PagedTable, type TableHandle } from '../../parts/paged-table.tsx';
import { useDrawer } from '../../parts/use-drawer.ts';
import { usePagedRows } from '../../parts/use-paged-rows.ts';
import { useTickedRows } from '../../parts/use-ticked-rows.ts';
import { AddOrder } from './add-order.tsx';
import { BulkMove } from './bulk-move.tsx';
import { LateOutcomes } from './late-outcomes.tsx';
import { LineFilters } from './line-filters.tsx';
import { OrderDrawer } from './order-drawer.tsx';
import { allOrders, isAll } from './order-filter.ts';
import { useLineColumns } from './use-line-columns.tsx';

/** An order in line and where it stands, counted from 1. */
export type PlacedOrder = OrderInLine & { readonly at: number };

type Choice =
  | { readonly kind: 'order'; readonly id: OrderId }
  | { readonly kind: 'late' }
  | { readonly kind: 'add' };

/** Time alone moves orders up; what others do is told, many times a second while a team works. */
const askedEveryMs = 5_000;
const toldEveryMs = 2_000;

const rowKey = ({ order }: PlacedOrder) => order.id;

export function LinePage({ onImports }: { onImports(): void }) {
  const { t } = useTranslation('admin');
  const client = useClient();
  const [filter, setFilter] = useState(allOrders);
  const ask = useCallback(
    async (offset: number, limit: number) => {
      const { rows, total } = await client.call('admin.orders.inLine', { filter, offset, limit });
      return { rows: rows.map((row, at): PlacedOrder => ({ ...row, at: offset + at + 1 })), total };
    },
    [client, filter],
  );
  const rows = usePagedRows<PlacedOrder>(ask);
  useFresh(rows.refresh);
  const late = useAdminList('lateOutcomes').answer?.length ?? 0;
  // Asked now, so that drawers open with them.
  useAdminList('users');
  const nameOf = useCallback(({ name }: PlacedOrder) => name || t('orders.noName'), [t]);
  const ticks = useTickedRows<PlacedOrder>({ total: rows.total, question: filter, rowKey, nameOf });
  const table = useRef<TableHandle>(null);
  const drawer = useDrawer<Choice>(() => table.current?.focus());
  const columns = useLineColumns();
  const mayImport = useIsSuperAdmin();
  const { choice } = drawer;
  return (
    <AdminPage
      title={t('orders.title')}
      count={rows.total === null ? undefined : t('orders.count', { count: rows.total })}
      filters={<LineFilters filter={filter} onChange={setFilter} />}
      add={{ word: t('orders.add'), onAdd: () => drawer.open({ kind: 'add' }) }}
      tools={
        <>
          {late > 0 && (
            <Button icon={IconAlertTriangle} onClick={() => drawer.open({ kind: 'late' })}>
              {t('orders.lateCount', { count: late })}
            </Button>
          )}
          {mayImport && (
            <Button icon={IconUpload} onClick={onImports}>
              {t('orders.imports')}
            </Button>
          )}
        </>
      }
      refusal={rows.refusal}
      notice={<BulkMove ticks={ticks} filter={filter} onMoved={rows.refresh} />}
      onEscape={choice ? drawer.close : undefined}
      drawer={
        choice?.kind === 'order' ? (
          <OrderDrawer key={choice.id} drawer={drawer} id={choice.id} onMoved={rows.refresh} />
        ) : choice?.kind === 'late' ? (
          <LateOutcomes drawer={drawer} />
        ) : choice?.kind === 'add' ? (
          <AddOrder drawer={drawer} onAdded={({ id }) => drawer.replace({ kind: 'order', id })} />
        ) : null
      }
    >
      <PagedTable<PlacedOrder>
        ref={table}
        label={t('orders.title')}
        columns={columns}
        rows={rows}
        rowKey={rowKey}
        sorting={null}
        onSort={() => undefined}
        chosen={choice?.kind === 'order' ? choice.id : null}
        onOpen={({ order }) => drawer.open({ kind: 'order', id: order.id })}
        ticks={ticks}
        dimmed={({ whyNow }) => whyNow === null}
        empty={
          isAll(filter) ? (
            <EmptyState icon={IconListNumbers} title={t('orders.emptyTitle')} text={t('orders.empty')} />
          ) : (
            <EmptyState icon={IconSearch} title={t('page.noneFoundTitle')} text={t('orders.noneFound')} />
          )
        }
      />
    </AdminPage>
  );
}

/** Asks anew what is in sight: when something was told to have changed, and as time passes. */
function useFresh(refresh: () => void): void {
  const due = useRef<ReturnType<typeof setTimeout> | null>(null);
  useMainEvent('admin.changed', ({ kind }) => {
    const moves = kind === 'orders' || kind === 'orderStatuses' || kind === 'dialUp' || kind === 'doNotCall';
    if (!moves || due.current !== null) return;
    due.current = setTimeout(() => {
      due.current = null;
      refresh();
    }, toldEveryMs);
  });
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) refresh();
    }, askedEveryMs);
    return () => {
      clearInterval(timer);
      if (due.current !== null) clearTimeout(due.current);
      due.current = null;
    };
  }, [refresh]);
}
