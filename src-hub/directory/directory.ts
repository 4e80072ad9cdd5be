// Builds the directory's objects and ties them to whoever knows of changes. Called by compose.ts.
import type { UserId } from '#shared/domain/ids.ts';
import type { UserDirectory } from '../accounts/user-directory.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { SipUser } from '../exchange/exchange-ports.ts';
import type { HubClock } from '../hub-clock.ts';
import type { DeviceReports } from '../presence/device-reports.ts';
import type { PresenceService } from '../presence/presence-service.ts';
import { isReachable } from '../presence/reachable.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { HubConnection } from '../wire/hub-connection.ts';
import type { LiveConnections } from '../wire/live-connections.ts';
import { prepareEvent } from '../wire/prepared-event.ts';
import { peopleHandlers } from './people-handlers.ts';
import { PeopleService, type TeamOfPeople } from './people-service.ts';
import { PresenceBoard } from './presence-board.ts';

export interface DirectoryParts {
  readonly users: UserDirectory;
  readonly projects: ProjectService;
  readonly presence: PresenceService;
  readonly devices: DeviceReports;
  readonly live: LiveConnections;
  readonly changes: CompanyChanges;
  readonly clock: HubClock;
  teams(): Promise<readonly TeamOfPeople[]>;
  liveBindings(user: SipUser): number;
}

export interface HubDirectory {
  readonly handlers: ReturnType<typeof peopleHandlers>;
  /** A status was set, or a device reported, came or went. */
  presenceChanged(userId: UserId): void;
  bindingsChanged(user: SipUser): void;
  /** A connection is gone. */
  gone(connection: HubConnection): void;
  close(): void;
}

/** An import changes thousands of people, one after another: everybody is told once. */
const tellChangeAfterMs = 300;

export function buildDirectory(parts: DirectoryParts): HubDirectory {
  const { users, presence, devices, live, clock } = parts;
  const watching = new Set<HubConnection>();
  const board = new PresenceBoard({
    clock,
    look(userId) {
      const user = users.byId(userId);
      if (!user) return null;
      const { status, labelId, sinceMs } = presence.of(userId);
      const liveBindings = parts.liveBindings(user.extension);
      const reachable = isReachable({ liveBindings, devices: devices.devicesOf(userId) });
      return { userId, status, labelId, sinceMs, activity: devices.activityOf(userId), reachable };
    },
    tell(changed) {
      if (watching.size === 0) return;
      const frame = prepareEvent('people.presence', [...changed]);
      for (const connection of watching) {
        if (connection.signedIn) connection.tellPrepared(frame);
        else watching.delete(connection);
      }
    },
  });
  const people = new PeopleService({ ...parts, board });
  let stopTelling: (() => void) | null = null;
  const tellChange = () => {
    stopTelling = null;
    const frame = prepareEvent('people.changed', null);
    for (const connection of live.all()) if (connection.signedIn) connection.tellPrepared(frame);
  };
  parts.changes.onChanged((kind) => {
    if (kind !== 'users' && kind !== 'teams' && kind !== 'projects') return;
    people.changed();
    stopTelling ??= clock.after(tellChangeAfterMs, tellChange);
  });
  devices.onChanged((userId) => board.changed(userId));
  return {
    handlers: peopleHandlers({
      people,
      watch: (connection, on) => void (on ? watching.add(connection) : watching.delete(connection)),
    }),
    presenceChanged: (userId) => board.changed(userId),
    bindingsChanged(extension) {
      const user = users.byExtension(extension);
      if (user) board.changed(user.userId);
    },
    gone: (connection) => void watching.delete(connection),
    close() {
      board.close();
      stopTelling?.();
    },
  };
}
