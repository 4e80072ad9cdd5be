// Tells the windows what has changed: one line for each topic that a service owns. Wired once by compose.ts.
// Calls and history announce themselves (calls/call-handlers.ts, history/history-handlers.ts).
import type { DesktopWire } from './desktop-wire/desktop-wire.ts';
import type { HubAddressService } from './hub-link/hub-address-service.ts';
import type { HubLink } from './hub-link/hub-link.ts';
import type { PhoneService } from './session/phone-service.ts';
import type { PresenceService } from './session/presence-service.ts';
import type { SessionService } from './session/session-service.ts';
import type { SettingsService } from './settings/settings-service.ts';
import type { AudioDevices } from './telephony/audio-devices.ts';

export function announceChanges(
  wire: DesktopWire,
  from: {
    session: SessionService;
    presence: PresenceService;
    phone: PhoneService;
    hub: HubLink;
    hubAddress: HubAddressService;
    settings: SettingsService;
    devices: AudioDevices;
  },
): void {
  from.session.onChanged((view) => wire.tell('session.changed', view));
  from.presence.onChanged((view) => wire.tell('presence.changed', view));
  from.phone.onChanged((view) => wire.tell('phone.changed', view));
  from.hub.onChanged((view) => wire.tell('network.changed', view));
  from.hubAddress.onChanged((view) => wire.tell('hubAddress.changed', view));
  from.settings.onChanged((view) => wire.tell('settings.changed', view));
  from.devices.onChanged((view) => wire.tell('devices.changed', view));
  from.devices.onLevel((dbfs) => wire.tell('devices.microphoneLevel', { dbfs }));
}
