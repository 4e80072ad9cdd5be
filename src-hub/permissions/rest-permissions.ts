// What an API key needs for each operation of REST: one scope each. A route names its operation, and one without an
// entry does not compile. Checked by rest/rest-door.ts before any route runs. A key belongs to no user: its scopes hold
// for the whole company, which is why super admins alone make keys.
import type { ApiScope } from '#shared/admin/system-contract.ts';

export const restPermissions = {
  listUsers: 'users:read',
  getUser: 'users:read',
  addUser: 'users:write',
  changeUser: 'users:write',
  disableUser: 'users:write',
  enableUser: 'users:write',
  resetPassword: 'users:write',
  resetSecondFactor: 'users:write',
  signOutUser: 'users:write',
  listUserDevices: 'users:read',
  revokeUserDevice: 'users:write',

  listTeams: 'teams:read',
  getTeam: 'teams:read',
  addTeam: 'teams:write',
  changeTeam: 'teams:write',
  removeTeam: 'teams:write',

  listProjects: 'projects:read',
  getProject: 'projects:read',
  addProject: 'projects:write',
  changeProject: 'projects:write',
  removeProject: 'projects:write',

  listCalls: 'calls:read',
  getCall: 'calls:read',

  listRecords: 'records:read',
  getRecord: 'records:read',
  listNotes: 'records:read',
  listChanges: 'records:read',
  exportRecords: 'records:read',
  addRecord: 'records:write',
  changeRecord: 'records:write',
  putRecord: 'records:write',
  addNote: 'records:write',
  uploadImport: 'records:write',
  listImports: 'records:write',
  getImport: 'records:write',
  previewImport: 'records:write',
  startImport: 'records:write',
  listImportProblems: 'records:write',
  removeImport: 'records:write',
  eraseRecord: 'records:erase',

  listOrders: 'orders:read',
  getOrder: 'orders:read',
  listAttempts: 'orders:read',
  listOrderStatuses: 'orders:read',
  addOrder: 'orders:write',
  changeOrder: 'orders:write',
  putOrder: 'orders:write',
  uploadOrderImport: 'orders:write',
  listOrderImports: 'orders:write',
  getOrderImport: 'orders:write',
  previewOrderImport: 'orders:write',
  startOrderImport: 'orders:write',
  listOrderImportProblems: 'orders:write',
  removeOrderImport: 'orders:write',
} as const satisfies Readonly<Record<string, ApiScope>>;

export type RestOperation = keyof typeof restPermissions;
