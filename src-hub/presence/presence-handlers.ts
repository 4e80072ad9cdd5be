// The commands on one's own status, and what a device reports about itself.
import { requireSignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { DeviceReports } from './device-reports.ts';
import type { PresenceService } from './presence-service.ts';

type PresenceHandlers = Pick<HubHandlers, 'presence.get' | 'presence.set' | 'device.report'>;

export function presenceHandlers(parts: {
  presence: PresenceService;
  devices: DeviceReports;
}): PresenceHandlers {
  return {
    'presence.get': (_, connection) => parts.presence.of(requireSignedIn(connection).user.userId),
    'presence.set': async ({ status, untilMs, labelId }, connection) => {
      await parts.presence.set(requireSignedIn(connection).user.userId, status, untilMs, labelId);
      return null;
    },
    'device.report': (report, connection) => {
      const { user, session } = requireSignedIn(connection);
      parts.devices.report(user.userId, session.deviceId, report);
      return null;
    },
  };
}
