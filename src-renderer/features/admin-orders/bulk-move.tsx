// Moves the ticked orders into another status, and so into its mode; asked first, and told what became of it.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderFilter, SomeOrders } from '#shared/admin/dial-up-contract.ts';
import type { OrderId, OrderStatusId } from '#shared/domain/ids.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Notice } from '../../parts/notice.tsx';
import { OrderStatusSelect } from '../../parts/order-status-select.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import type { Ticked, TickedRows } from '../../parts/use-ticked-rows.ts';
import type { PlacedOrder } from './line-page.tsx';
import styles from './orders.module.css';

export interface BulkMoveProps {
  readonly ticks: TickedRows<PlacedOrder>;
  readonly filter: OrderFilter;
  onMoved(): void;
}

/** As many as the hub takes one by one. */
const mostNamed = 10_000;

export function BulkMove({ ticks, filter, onMoved }: BulkMoveProps) {
  const { t } = useTranslation('admin');
  const readOnly = useReadOnly();
  const command = useCommand('admin.orders.move');
  const statuses = useAdminList('orderStatuses').answer?.statuses ?? [];
  const [to, setTo] = useState<OrderStatusId | null>(null);
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<{ moved: number; held: number; status: string } | null>(null);
  const { count, ticked } = ticks;
  const status = statuses.find(({ id }) => id === to);
  const tooMany = ticked.keys.size > mostNamed;
  useEffect(() => {
    if (count > 0) setDone(null);
    else setAsking(false);
  }, [count]);
  const move = async () => {
    if (!status) return;
    const answer = await command.run({ orders: chosen(ticked, filter), statusId: status.id });
    setAsking(false);
    if (!answer) return;
    ticks.setAll(false);
    setDone({ ...answer, status: status.label });
    onMoved();
  };
  if (count === 0) {
    return (
      done && (
        <Notice>
          {t('orders.moved', { count: done.moved, status: done.status })}
          {done.held > 0 && ` ${t('orders.held', { count: done.held })}`}
        </Notice>
      )
    );
  }
  return (
    <section className={styles.bulk} aria-label={t('orders.bulk')}>
      <div className={styles.bulkLine}>
        <span className={`oh-figures ${styles.selected}`}>{t('orders.selected', { count })}</span>
        <OrderStatusSelect
          w={240}
          aria-label={t('orders.moveTo')}
          placeholder={t('orders.moveTo')}
          value={to}
          onChange={setTo}
        />
        <Button
          tone="accent"
          hint={t('orders.moveHint')}
          disabled={readOnly || !status || tooMany || command.running || asking}
          onClick={() => setAsking(true)}
        >
          {t('orders.move')}
        </Button>
        <Button tone="plain" onClick={() => ticks.setAll(false)}>
          {t('orders.unselect')}
        </Button>
      </div>
      {tooMany && <Notice tone="warn">{t('orders.tooMany')}</Notice>}
      {asking && status && (
        <Confirm
          title={t('orders.moveSure', { count, status: status.label })}
          text={status.mode && status.addToDialUp ? t('orders.moveSureText') : t('orders.moveSureOut')}
          word={t('orders.move')}
          running={command.running}
          onYes={() => void move()}
          onNo={() => setAsking(false)}
        />
      )}
      <RefusalNotice reason={command.refusal} before="admin" />
    </section>
  );
}

function chosen({ all, keys }: Ticked, filter: OrderFilter): SomeOrders {
  const named = [...keys] as OrderId[];
  return all ? { which: 'filter', filter, but: named } : { which: 'these', orderIds: named };
}
