// One order: where it stands and since when, what it is about, its attempts; and its way into another status.
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DesktopContract } from '#shared/desktop/desktop-contract.ts';
import type { OrderId, OrderStatusId } from '#shared/domain/ids.ts';
import type { Order } from '#shared/domain/order.ts';
import type { ReplyOf } from '#shared/wire/contract.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { useClient, useCommand, useMainEvent } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { Drawer, DrawerSection } from '../../parts/drawer.tsx';
import { FactList } from '../../parts/fact-list.tsx';
import { Notice } from '../../parts/notice.tsx';
import { numberAsWritten } from '../../parts/number-as-written.ts';
import { OrderStatusMark } from '../../parts/order-status-mark.tsx';
import { OrderStatusSelect } from '../../parts/order-status-select.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import { useModeNames } from '../../parts/use-mode-names.ts';
import { Attempts } from './attempts.tsx';
import styles from './orders.module.css';
import { useOrderFields } from './use-order-fields.ts';

export interface OrderDrawerProps {
  readonly drawer: DrawerControl;
  readonly id: OrderId;
  onMoved(): void;
}

export function OrderDrawer({ drawer, id, onMoved }: OrderDrawerProps) {
  const { t } = useTranslation('admin');
  const client = useClient();
  const { answer, refusal, again } = useAsked(
    useCallback(() => client.call('admin.orders.get', { orderId: id }), [client, id]),
  );
  useMainEvent('admin.changed', ({ kind }) => {
    if (kind === 'orders') again();
  });
  const isGone = refusal === 'noSuchOrder';
  return (
    <Drawer
      drawer={drawer}
      title={answer ? answer.name || t('orders.noName') : t('orders.order')}
      about={answer && <span className="oh-figures">{answer.numbers.map(numberAsWritten).join(' · ')}</span>}
      typed={false}
      saveWord={null}
      running={false}
      refusal={isGone ? null : refusal}
      onSave={() => undefined}
      more={
        answer &&
        !isGone && (
          <MoveOne
            order={answer.order}
            onMoved={() => {
              again();
              onMoved();
            }}
          />
        )
      }
    >
      {isGone ? (
        <Notice tone="warn">{t('orders.gone')}</Notice>
      ) : answer ? (
        <Shown {...answer} />
      ) : (
        refusal === null && <p role="status">{t('page.loading')}</p>
      )}
    </Drawer>
  );
}

function Shown({ order, attempts }: ReplyOf<DesktopContract, 'admin.orders.get'>) {
  const { t, i18n } = useTranslation('admin');
  const format = useFormat();
  const modeName = useModeNames();
  const project = useAdminList('projects').answer?.find(({ id }) => id === order.projectId);
  const defined = useOrderFields(order.projectId);
  const { place } = order;
  const known = (facts: readonly (readonly [string, ReactNode])[]) =>
    facts.filter(([, value]) => value !== null && value !== '');
  const fields = Object.entries(order.fields).map(
    ([key, value]) =>
      [
        defined.find((each) => each.key === key)?.label ?? key,
        typeof value === 'boolean' ? t(value ? 'common.yes' : 'common.no') : String(value),
      ] as const,
  );
  return (
    <>
      <FactList
        facts={known([
          [t('orders.column.status'), <OrderStatusMark key="status" statusId={order.statusId} />],
          [
            t('orders.standing'),
            place
              ? t('orders.inLine', {
                  mode: modeName(place.mode),
                  bucket: t(`callMode.buckets.${place.bucket}`),
                })
              : t('orders.notInLine'),
          ],
          ['', t('orders.since', { time: format.dateTime(order.statusSinceMs) })],
          [t('orders.column.project'), project?.settings.name ?? ''],
        ])}
      />
      <DrawerSection title={t('orders.what')}>
        <FactList
          facts={known([
            [t('orders.goods'), order.goods],
            [t('orders.sum'), sumText(order, i18n.language)],
            [t('orders.delivery'), order.delivery],
            ...fields,
            [t('orders.externalId'), order.externalId],
            [t('orders.timeZone'), order.timeZone ?? t('orders.fromNumber')],
            [
              t('orders.createdAt'),
              `${format.dateTime(order.createdAtMs)}, ${t(`orders.sources.${order.source}`)}`,
            ],
          ])}
        />
      </DrawerSection>
      <DrawerSection title={t('orders.attempts')}>
        <Attempts attempts={attempts} />
      </DrawerSection>
    </>
  );
}

function sumText({ sumMinor, currency }: Order, language: string): string {
  if (sumMinor === null) return '';
  const digits = (money: Intl.NumberFormat) => money.resolvedOptions().maximumFractionDigits ?? 2;
  if (currency === '') return new Intl.NumberFormat(language).format(sumMinor / 100);
  const money = new Intl.NumberFormat(language, { style: 'currency', currency });
  return money.format(sumMinor / 10 ** digits(money));
}

function MoveOne({ order, onMoved }: { readonly order: Order; onMoved(): void }) {
  const { t } = useTranslation('admin');
  const readOnly = useReadOnly();
  const command = useCommand('admin.orders.move');
  const [to, setTo] = useState<OrderStatusId | null>(null);
  const [held, setHeld] = useState(0);
  const move = async () => {
    if (to === null) return;
    const done = await command.run({ orders: { which: 'these', orderIds: [order.id] }, statusId: to });
    if (!done) return;
    setHeld(done.held);
    if (done.held === 0) setTo(null);
    onMoved();
  };
  return (
    <DrawerSection title={t('orders.moveTo')} hint={t('orders.moveOneHint')}>
      <div className={styles.moveOne}>
        <OrderStatusSelect
          aria-label={t('orders.moveTo')}
          placeholder={t('orders.moveTo')}
          without={order.statusId}
          disabled={readOnly}
          value={to}
          onChange={setTo}
        />
        <Button disabled={readOnly || to === null || command.running} onClick={() => void move()}>
          {t('orders.moveOne')}
        </Button>
      </div>
      {held > 0 && <Notice tone="warn">{t('orders.held', { count: held })}</Notice>}
      <RefusalNotice reason={command.refusal} before="admin" />
    </DrawerSection>
  );
}
