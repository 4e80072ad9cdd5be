// The status that an order stands in: its colour and its name.
import { useTranslation } from 'react-i18next';
import type { OrderStatusId } from '#shared/domain/ids.ts';
import { useAdminList } from '../client/admin-lists.ts';
import { DispositionMark } from './disposition-mark.tsx';

export function OrderStatusMark({ statusId }: { readonly statusId: OrderStatusId }) {
  const { t } = useTranslation('admin');
  const status = useAdminList('orderStatuses').answer?.statuses.find(({ id }) => id === statusId);
  return status ? (
    <DispositionMark disposition={{ ...status, group: null }} none="" />
  ) : (
    <DispositionMark disposition={null} none={t('callMode.goneStatus')} />
  );
}
