// Builds what the hub's administration rests on: the permission check before every command, the audit log, API keys,
// the settings of the whole hub, and what a supervisor does to people at work. Called by compose.ts.

import type { EndSessions } from './accounts/session-ends.ts';
import type { UserDirectory } from './accounts/user-directory.ts';
import { apiKeyHandlers } from './api-keys/api-key-handlers.ts';
import { ApiKeyService } from './api-keys/api-key-service.ts';
import { ApiKeyStore } from './api-keys/api-key-store.ts';
import { auditHandlers } from './audit/audit-handlers.ts';
import { AuditService } from './audit/audit-service.ts';
import { AuditStore } from './audit/audit-store.ts';
import { CallLogService } from './calls/call-log-service.ts';
import { CallLogStore } from './calls/call-log-store.ts';
import type { CompanyChangeKind, CompanyChanges } from './company-changes.ts';
import type { HubDatabase } from './database/open-database.ts';
import type { HubClock } from './hub-clock.ts';
import type { HubLog } from './hub-log.ts';
import { withPermissions } from './permissions/permission-check.ts';
import type { ScopeOf } from './permissions/scope.ts';
import { ScopeStore } from './permissions/scope-store.ts';
import type { DeviceReports } from './presence/device-reports.ts';
import type { PresenceService } from './presence/presence-service.ts';
import type { RestServices } from './rest/rest-app.ts';
import { echoExtension, emergencyNumbers } from './routing/route-decision.ts';
import { settingsHandlers } from './settings/settings-handlers.ts';
import { SettingsService } from './settings/settings-service.ts';
import { SettingsStore } from './settings/settings-store.ts';
import { superviseHandlers } from './supervise/supervise-handlers.ts';
import { SuperviseService } from './supervise/supervise-service.ts';
import type { HubHandlers } from './wire/hub-connections.ts';
import type { LiveConnections } from './wire/live-connections.ts';

export interface SystemParts {
  readonly db: HubDatabase;
  readonly clock: HubClock;
  readonly log: HubLog;
  readonly changes: CompanyChanges;
  readonly users: UserDirectory;
  readonly live: LiveConnections;
}

export interface System {
  readonly scopeOf: ScopeOf;
  readonly rest: Pick<RestServices, 'apiKeys' | 'calls'>;
  readonly settings: SettingsService;
  /** What a handler may be reached by: each behind its entry in the table. */
  guarded(handlers: HubHandlers): HubHandlers;
  handlers(supervise: SuperviseService): Pick<HubHandlers, SystemCommand>;
  supervise(working: {
    readonly presence: PresenceService;
    readonly devices: DeviceReports;
    readonly endSessions: EndSessions;
  }): SuperviseService;
}

type SystemCommand = Extract<
  keyof HubHandlers,
  `admin.${'audit' | 'apiKeys' | 'settings'}.${string}` | `supervise.${string}`
>;

export function buildSystem({ db, clock, log, changes, users, live }: SystemParts): System {
  const scopes = new ScopeStore(db);
  /** By the account type of today, not of the sign-in. */
  const scopeOf: ScopeOf = (user) => scopes.scopeOf(users.byId(user.userId) ?? user);
  const auditStore = new AuditStore(db);
  const audit = new AuditService(auditStore, scopeOf);
  const apiKeys = new ApiKeyService({ store: new ApiKeyStore(db), clock, changes });
  const settings = new SettingsService({
    store: new SettingsStore(db),
    clock,
    changes,
    reservedNumbers: [echoExtension, ...emergencyNumbers],
  });
  changes.onChanged((kind) => tellAdminWindows(live, kind));
  return {
    scopeOf,
    rest: { apiKeys, calls: new CallLogService(new CallLogStore(db)) },
    settings,
    guarded: (handlers) =>
      withPermissions(handlers, {
        scopeOf,
        project: (projectId) => scopes.project(projectId),
        teamMembers: (teamId) => scopes.teamMembers(teamId),
        userNow: (userId) => users.byId(userId),
        log,
      }),
    supervise: ({ presence, devices, endSessions }) =>
      new SuperviseService({
        audit: auditStore,
        clock,
        changes,
        nameOf: (userId) => users.byId(userId)?.displayName ?? null,
        presence,
        isInWrapUp: (userId) => devices.activityOf(userId) === 'wrapUp',
        tellWrapUpEnded: (userId) => live.tellUser(userId, 'wrapUp.ended', null),
        signOutEverywhere: (userId) => endSessions(userId),
      }),
    handlers: (supervise) => ({
      ...auditHandlers(audit),
      ...apiKeyHandlers(apiKeys),
      ...settingsHandlers(settings),
      ...superviseHandlers(supervise),
    }),
  };
}

/** Every change stands in the audit log too. Ids and names are not told: whoever shows it asks anew, and is checked. */
function tellAdminWindows(live: LiveConnections, kind: CompanyChangeKind): void {
  const kinds = kind === 'audit' ? [kind] : [kind, 'audit' as const];
  for (const connection of live.all()) {
    const accountType = connection.signedIn?.user.accountType;
    const maySee =
      accountType === 'superAdmin' || (accountType === 'admin' && kind !== 'apiKeys' && kind !== 'settings');
    if (maySee) for (const each of kinds) connection.tell('admin.changed', { kind: each });
  }
}
