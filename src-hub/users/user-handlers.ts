// The admin window's commands on users and their devices. Who may ask was checked before (src-hub/permissions).
import type { adminUserCommands, ImportProgress } from '#shared/admin/users-contract.ts';
import { requireActor } from '../audit/actor.ts';
import type { HubClock } from '../hub-clock.ts';
import type { ScopeOf } from '../permissions/scope.ts';
import { type HubConnection, requireSignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { DeviceService } from './device-service.ts';
import type { UserCsvService } from './user-csv-service.ts';
import type { UserService } from './user-service.ts';

/** Of an import that takes longer than a moment: twice a second. */
const tellProgressEveryMs = 500;

export interface UserHandlerParts {
  readonly users: UserService;
  readonly devices: DeviceService;
  readonly csv: UserCsvService;
  readonly scopeOf: ScopeOf;
  readonly clock: HubClock;
}

export function userHandlers(parts: UserHandlerParts): Pick<HubHandlers, keyof typeof adminUserCommands> {
  const { users, devices, csv, scopeOf, clock } = parts;
  return {
    'admin.users.list': async (_, connection) => users.list(await scopeOf(requireSignedIn(connection).user)),
    'admin.users.add': (wanted, connection) => users.add(wanted, requireActor(connection)),
    'admin.users.change': (change, connection) => users.change(change, requireActor(connection)),
    'admin.users.setDisabled': (wanted, connection) =>
      users.setDisabled(wanted, requireActor(connection), connection),
    'admin.users.resetPassword': (wanted, connection) =>
      users.resetPassword(wanted, requireActor(connection), connection),
    'admin.users.resetSecondFactor': (wanted, connection) =>
      users.resetSecondFactor(wanted, requireActor(connection), connection),
    'admin.users.devices': async ({ userId }) => {
      await users.get(userId);
      return devices.list(userId);
    },
    'admin.users.addDevice': ({ userId, label }, connection) =>
      devices.add(userId, label, requireActor(connection), connection.reachedAt),
    'admin.users.rotateDevice': ({ userId, deviceId }, connection) =>
      devices.rotate(userId, deviceId, requireActor(connection), connection.reachedAt),
    'admin.users.removeDevice': async ({ userId, deviceId }, connection) => {
      await devices.remove(userId, deviceId, requireActor(connection));
      return null;
    },
    'admin.users.importCsv': ({ csv: text, tryOnly }, connection) =>
      csv.import(text, tryOnly, requireActor(connection), nowAndThen(connection, clock)),
    'admin.users.exportCsv': async () => ({ csv: await csv.export() }),
  };
}

function nowAndThen(connection: HubConnection, clock: HubClock): (progress: ImportProgress) => void {
  let toldAtMs = clock.nowMs();
  return (progress) => {
    if (clock.nowMs() - toldAtMs < tellProgressEveryMs) return;
    toldAtMs = clock.nowMs();
    connection.tell('admin.users.importing', progress);
  };
}
