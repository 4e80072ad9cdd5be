// Builds what admins do to users, their devices and teams, and hands out its commands. Called by compose.ts; REST takes
// the services.
import type { PasswordHashing } from '../accounts/password-hashing.ts';
import { SessionStore } from '../accounts/session-store.ts';
import type { SipAccounts } from '../accounts/sip-accounts.ts';
import type { SipCredentials } from '../accounts/sip-credentials.ts';
import type { UserDirectory } from '../accounts/user-directory.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { HubClock } from '../hub-clock.ts';
import type { ScopeOf } from '../permissions/scope.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { teamHandlers } from '../teams/team-handlers.ts';
import { TeamService } from '../teams/team-service.ts';
import { TeamStore } from '../teams/team-store.ts';
import { requireSignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { LiveConnections } from '../wire/live-connections.ts';
import { DeviceService } from './device-service.ts';
import { UserCsvService } from './user-csv-service.ts';
import { type UserEndingsParts, userEndings } from './user-endings.ts';
import { userHandlers } from './user-handlers.ts';
import { UserService } from './user-service.ts';
import { UserStore } from './user-store.ts';
import { usersElsewhere } from './users-elsewhere.ts';

export interface UsersParts extends Pick<UserEndingsParts, 'deviceSignedOut' | 'becomeOffline'> {
  readonly db: HubDatabase;
  readonly domain: string;
  readonly directory: UserDirectory;
  readonly hashing: PasswordHashing;
  readonly credentials: SipCredentials;
  readonly sip: SipAccounts;
  readonly exchange: Exchange;
  readonly live: LiveConnections;
  readonly changes: CompanyChanges;
  readonly clock: HubClock;
  readonly settings: Pick<SettingsService, 'current'>;
  readonly scopeOf: ScopeOf;
}

export interface Users {
  readonly users: UserService;
  readonly teams: TeamService;
  readonly devices: DeviceService;
  /** Another hub on the same database has changed users. */
  changedElsewhere(): Promise<void>;
  readonly handlers: Pick<
    HubHandlers,
    Extract<keyof HubHandlers, `admin.${'users' | 'teams'}.${string}`> | 'account.otherDevices'
  >;
}

export function buildUsers(parts: UsersParts): Users {
  const { db, hashing, changes, clock, settings, scopeOf } = parts;
  const store = new UserStore(db);
  const teamStore = new TeamStore(db);
  const range = async () => {
    const { extensionFirst, extensionLast } = await settings.current();
    return { first: extensionFirst, last: extensionLast };
  };
  const endings = userEndings(parts);
  const users = new UserService({
    store,
    directory: parts.directory,
    hashing,
    endings,
    changes,
    clock,
    range,
  });
  const teams = new TeamService({ store: teamStore, changes, clock });
  const devices = new DeviceService(parts);
  const csv = new UserCsvService({ store, teams: teamStore, users, hashing, clock, range });
  return {
    users,
    teams,
    devices,
    changedElsewhere: usersElsewhere({ ...parts, endings, sessions: new SessionStore(db) }),
    handlers: {
      ...userHandlers({ users, devices, csv, scopeOf, clock }),
      ...teamHandlers(teams, scopeOf),
      'account.otherDevices': (_, connection) => {
        const { user, session } = requireSignedIn(connection);
        return devices.othersRegistered(user.userId, session.deviceId);
      },
    },
  };
}
