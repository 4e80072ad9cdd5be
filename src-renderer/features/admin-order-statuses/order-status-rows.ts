// The statuses that orders stand in, while they are edited (pure).
import type { OrderStatus } from '#shared/domain/dial-up.ts';
import type { StatusRow } from '../../parts/status-rows.ts';

export type OrderStatusRow = StatusRow<OrderStatus>;

export const mostStatuses = 200;

/** Without a mode nothing is handed out, so that the tick means nothing. */
export function withMode(
  row: OrderStatusRow,
  mode: OrderStatusRow['mode'],
): Pick<OrderStatusRow, 'mode' | 'addToDialUp'> {
  return { mode, addToDialUp: mode !== null && (row.mode === null || row.addToDialUp) };
}
