// The status that an order stands in: its colour and its name.
import { useTranslation } from 'react-i18next';
import type { OrderStatus } from '#shared/domain/dial-up.ts';
import type { OrderStatusId } from '#shared/domain/ids.ts';
import { useAdminList } from '../client/admin-lists.ts';
import { DispositionMark } from './disposition-mark.tsx';

export function OrderStatusMark({ statusId }: { readonly statusId: OrderStatusId }) {
  const { t } = useTranslation('admin');
  const status = useAdminList('orderStatuses').answer?.statuses.find(({ id }) => id === statusId);
  return markOf(status, t('callMode.goneStatus'));
}

/** @param gone shown where there is no such status any more. */
export function markOf(status: Pick<OrderStatus, 'label' | 'color'> | undefined, gone: string) {
  return <DispositionMark disposition={status ? { ...status, group: null } : null} none={gone} />;
}
