// The wire's side of settings, devices and practice calls.
import type { settingsCommands } from '#shared/desktop/settings-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { DomainHandlers } from '../desktop-wire/window-context.ts';
import type { HubLink } from '../hub-link/hub-link.ts';
import type { SessionService } from '../session/session-service.ts';
import type { AudioDevices } from '../telephony/audio-devices.ts';
import type { SettingsService } from './settings-service.ts';

export function settingsHandlers(parts: {
  settings: SettingsService;
  devices: AudioDevices;
  hub: HubLink;
  session: SessionService;
}): DomainHandlers<typeof settingsCommands> {
  const { settings, devices, hub, session } = parts;
  return {
    'settings.get': () => settings.view(),
    'settings.change': (part) => settings.change(part),
    'devices.get': () => devices.view,
    'devices.openMicrophone': async () => {
      const opened = await devices.openMicrophone();
      if (opened.microphone === 'ready') settings.changeLocal({ microphoneAllowed: true });
      return opened;
    },
    'devices.test': async ({ output }) => {
      await devices.test(output);
      return null;
    },
    'devices.watchMicrophone': ({ on }) => {
      devices.watchMicrophone(on);
      return null;
    },
    'practice.call': async ({ kind }) => {
      if (!session.view().practice) {
        throw new CommandFailed('notPractice', 'Scripted callers exist in practice mode only.');
      }
      await hub.call('practice.call', { kind });
      return null;
    },
  };
}
