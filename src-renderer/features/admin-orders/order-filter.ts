// Which orders in line are looked at (pure).
import type { OrderFilter } from '#shared/admin/dial-up-contract.ts';

export const allOrders: OrderFilter = {
  projectId: null,
  mode: null,
  bucket: null,
  statusId: null,
  agentId: null,
  due: 'any',
};

export function isAll(filter: OrderFilter): boolean {
  return JSON.stringify(filter) === JSON.stringify({ ...allOrders, ...filter, ...allOrders });
}
