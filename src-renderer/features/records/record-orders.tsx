// The orders of a record, as the hub has them: where each stands, its last attempts, and call backs that are planned.
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DesktopContract } from '#shared/desktop/desktop-contract.ts';
import type { RecordId } from '#shared/domain/ids.ts';
import type { ReplyOf } from '#shared/wire/contract.ts';
import { useClient, useLive, useMainEvent } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Chip } from '../../parts/chip.tsx';
import { DetailSection } from '../../parts/detail-page.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useOrderWords } from '../../parts/order-words.ts';
import { When } from '../../parts/time.tsx';
import styles from './record-orders.module.css';

type OrdersOfRecord = ReplyOf<DesktopContract, 'orders.ofRecord'>;
export type RecordOrder = NonNullable<OrdersOfRecord>[number];

/** Undefined until the first answer; null while the hub is away. Asked anew when the record changes or an outcome was sent. */
export function useRecordOrders(recordId: RecordId): OrdersOfRecord | undefined {
  const client = useClient();
  const online = useLive('network').state === 'online';
  const unsent = useRef(0);
  const { answer, again } = useAsked(
    useCallback(
      () => (online ? client.call('orders.ofRecord', { recordId }) : Promise.resolve(null)),
      [client, recordId, online],
    ),
  );
  useMainEvent('records.changed', ({ recordIds }) => {
    if (recordIds?.includes(recordId)) again();
  });
  useMainEvent('dialUp.changed', (view) => {
    if (view.unsent < unsent.current) again();
    unsent.current = view.unsent;
  });
  return answer;
}

/** What is promised to this person: a planned call back is a thing to do. */
export function PlannedCallBacks({ orders }: { readonly orders: OrdersOfRecord | undefined }) {
  const { t } = useTranslation('dialUp');
  const format = useFormat();
  const planned = (orders ?? []).filter(({ order }) => order.place?.bucket === 'callBack');
  if (planned.length === 0) return null;
  return (
    <div className={styles.planned}>
      {planned.map(({ order }) => (
        <Notice key={order.id} tone="warn">
          {t('record.dueOf', {
            goods: firstLine(order.goods),
            time: format.dateTime(order.place?.dueAtMs ?? 0),
          })}
          {order.place?.forUserId !== null && ` (${t('record.dueOwn')})`}
        </Notice>
      ))}
    </div>
  );
}

export function RecordOrders({ orders }: { readonly orders: OrdersOfRecord | undefined }) {
  const { t } = useTranslation('dialUp');
  if (orders === undefined || orders?.length === 0) return null;
  return (
    <DetailSection title={t('record.title')}>
      {orders === null ? (
        <p className={styles.away}>{t('record.away')}</p>
      ) : (
        <ul className={styles.orders}>
          {orders.map((each) => (
            <li key={each.order.id} className={styles.order}>
              <OrderLines {...each} />
            </li>
          ))}
        </ul>
      )}
    </DetailSection>
  );
}

function OrderLines({ order, modeName, statusLabel, attempts }: RecordOrder) {
  const { t } = useTranslation('dialUp');
  const words = useOrderWords();
  const format = useFormat();
  const { place } = order;
  const [last] = attempts;
  const where = place
    ? t('record.inLine', { mode: words.mode(place.mode, modeName), bucket: t(`bucket.${place.bucket}`) })
    : t('record.notInLine');
  return (
    <>
      <span className={styles.first}>
        <span className={styles.goods}>{firstLine(order.goods) || order.externalId}</span>
        <Chip>{statusLabel}</Chip>
        <strong className="oh-figures">{words.sum(order)}</strong>
      </span>
      <span className={`oh-figures ${styles.facts}`}>
        {[
          where,
          place?.bucket === 'callBack' ? t('record.due', { time: format.dateTime(place.dueAtMs) }) : null,
          t('attempts', { count: order.attempts }),
        ]
          .filter((fact) => fact !== null)
          .join(' · ')}
      </span>
      {last && (
        <span className={styles.facts}>
          {t('record.last', {
            button: words.button(last.button, last.buttonLabel),
            name: last.userName,
          })}{' '}
          · <When atMs={last.endedAtMs} />
        </span>
      )}
      {last?.note && <span className={styles.note}>{last.note}</span>}
    </>
  );
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
