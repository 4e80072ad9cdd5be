// An API scope's name among the texts: its parts are nested there, since a colon means a namespace to i18next.
import type { ApiScope } from '#shared/admin/system-contract.ts';

const paths = {
  'users:read': 'users.read',
  'users:write': 'users.write',
  'teams:read': 'teams.read',
  'teams:write': 'teams.write',
  'projects:read': 'projects.read',
  'projects:write': 'projects.write',
  'calls:read': 'calls.read',
  'records:read': 'records.read',
  'records:write': 'records.write',
  'records:erase': 'records.erase',
  'orders:read': 'orders.read',
  'orders:write': 'orders.write',
} as const satisfies Record<ApiScope, string>;

export function scopePath(scope: ApiScope): (typeof paths)[ApiScope] {
  return paths[scope];
}
