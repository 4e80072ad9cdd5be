// The wire's side of settings, devices and practice calls.
import type {
  DevicesView,
  MicrophoneState,
  SettingsView,
  settingsCommands,
} from '#shared/desktop/settings-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { DomainHandlers } from '../desktop-wire/window-context.ts';
import type { HubLink } from '../hub-link/hub-link.ts';
import type { SessionService } from '../session/session-service.ts';
import type { SettingsService } from './settings-service.ts';

/** What of telephony is needed here; telephony/audio-devices.ts fits. */
export interface AudioDevicesPort {
  view(): DevicesView;
  onChanged(listener: (view: DevicesView) => void): () => void;
  onLevel(listener: (dbfs: number) => void): () => void;
  apply(settings: SettingsView): void;
  openMicrophone(): Promise<MicrophoneState>;
  test(output: 'speaker' | 'ringer'): Promise<void>;
  watchMicrophone(on: boolean): Promise<void>;
}

export function settingsHandlers(parts: {
  settings: SettingsService;
  devices: AudioDevicesPort;
  hub: HubLink;
  session: SessionService;
}): DomainHandlers<typeof settingsCommands> {
  const { settings, devices, hub, session } = parts;
  return {
    'settings.get': () => settings.view(),
    'settings.change': (part) => settings.change(part),
    'devices.get': () => devices.view(),
    'devices.openMicrophone': async () => ({ microphone: await devices.openMicrophone() }),
    'devices.test': async ({ output }) => {
      await devices.test(output);
      return null;
    },
    'devices.watchMicrophone': async ({ on }) => {
      await devices.watchMicrophone(on);
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
