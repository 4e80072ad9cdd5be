// What a column of a file of orders can be: how the choices are grouped, and which are chosen twice.
import type { OrderImportTarget } from '#shared/admin/dial-up-contract.ts';

export const targetGroups = [
  {
    group: 'order',
    targets: ['externalId', 'status', 'goods', 'sum', 'currency', 'delivery', 'timeZone'],
  },
  {
    group: 'person',
    targets: ['recordExternalId', 'number', 'firstName', 'lastName', 'companyName', 'email'],
  },
  { group: 'address', targets: ['street', 'houseNumber', 'zipCode', 'city', 'country'] },
] as const satisfies readonly {
  group: string;
  targets: readonly Exclude<OrderImportTarget, `fields.${string}`>[];
}[];

/** Those that more columns are than may be. */
export function targetsTwice(columns: readonly (OrderImportTarget | null)[]): ReadonlySet<OrderImportTarget> {
  const seen = new Set<OrderImportTarget>();
  const twice = new Set<OrderImportTarget>();
  for (const target of columns) {
    if (target === null) continue;
    if (seen.has(target)) twice.add(target);
    seen.add(target);
  }
  return twice;
}
