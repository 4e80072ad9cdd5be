// What a column of a file of orders can be: how the choices are grouped.
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
