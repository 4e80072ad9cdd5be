// Before a status is taken away: how many orders stand in it, and where they are moved to. What an agent holds stays, and
// then so does the status.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderStatusId } from '#shared/domain/ids.ts';
import { useAdminLists } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { OrderStatusSelect } from '../../parts/order-status-select.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './order-statuses.module.css';

export interface MoveAwayProps {
  readonly statusId: OrderStatusId;
  readonly label: string;
  readonly orders: number;
  onKept(): void;
  /** Nothing stands in it any more. */
  onEmpty(): void;
}

export function MoveAway({ statusId, label, orders, onKept, onEmpty }: MoveAwayProps) {
  const { t } = useTranslation('admin');
  const lists = useAdminLists();
  const readOnly = useReadOnly();
  const command = useCommand('admin.orders.move');
  const [to, setTo] = useState<OrderStatusId | null>(null);
  const [held, setHeld] = useState(0);
  const move = async () => {
    if (to === null) return;
    const done = await command.run({ orders: { which: 'status', statusId }, statusId: to });
    void lists.ask('orderCounts');
    if (!done) return;
    if (done.held > 0) setHeld(done.held);
    else onEmpty();
  };
  const title = t('orderStatuses.standTitle', { count: orders, label });
  return (
    <section aria-label={title}>
      <Notice
        tone="warn"
        title={title}
        actions={
          <div className={styles.move}>
            <OrderStatusSelect
              aria-label={t('orderStatuses.moveTo')}
              placeholder={t('orderStatuses.moveTo')}
              size="xs"
              without={statusId}
              value={to}
              onChange={setTo}
            />
            <Button
              size="small"
              tone="accent"
              disabled={readOnly || to === null || command.running}
              onClick={() => void move()}
            >
              {t('orderStatuses.move')}
            </Button>
            <Button size="small" onClick={onKept}>
              {t('orderStatuses.keep')}
            </Button>
          </div>
        }
      >
        {held > 0 ? t('orderStatuses.stillHeld', { count: held }) : t('orderStatuses.standText')}
        <RefusalNotice reason={command.refusal} />
      </Notice>
    </section>
  );
}
