// The commands on the settings of the whole hub.
import { requireActor } from '../audit/actor.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { SettingsService } from './settings-service.ts';

type SettingsHandlers = Pick<HubHandlers, 'admin.settings.get' | 'admin.settings.set'>;

export function settingsHandlers(settings: SettingsService): SettingsHandlers {
  return {
    'admin.settings.get': () => settings.current(),
    'admin.settings.set': (wanted, connection) => settings.set(requireActor(connection), wanted),
  };
}
