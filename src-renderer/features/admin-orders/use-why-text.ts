// Why an order stands where it stands, as a sentence: why it is handed out now, or why it cannot be.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderInLine } from '#shared/admin/dial-up-contract.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { type Format, useFormat } from '../../i18n/use-format.ts';

export function useWhyText(): (shown: OrderInLine, nowMs: number) => string {
  const { t } = useTranslation('admin');
  const format = useFormat();
  const users = useAdminList('users').answer;
  return useCallback(
    ({ order, whyNow, whyNotNow, atMs, heldBy }, nowMs) => {
      const time = atMs === null ? '' : clockTime(format, atMs, nowMs);
      const own = users?.find(({ userId }) => userId === order.place?.forUserId);
      const agent =
        (whyNotNow === 'held' ? heldBy?.name : own && `${own.firstName} ${own.lastName}`.trim()) ||
        t('orders.someAgent');
      if (whyNow !== null) return t(`orders.why.${whyNow}`, { time, agent });
      if (whyNotNow === null) return '';
      if (whyNotNow === 'outsideHours' && atMs === null) return t('orders.whyNot.outsideHoursAlways');
      return t(`orders.whyNot.${whyNotNow}`, { time, agent });
    },
    [t, format, users],
  );
}

/** Never "12 min. ago": it is read after "since" and "until". */
function clockTime(format: Format, atMs: number, nowMs: number): string {
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
  return isToday ? format.time(atMs) : format.when(atMs, nowMs);
}
