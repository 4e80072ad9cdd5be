// The wire's side of settings, devices and practice calls. Decides nothing but the words of a refusal.
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
      const opened = await inPhoneWindow(devices.openMicrophone());
      if (opened.microphone === 'ready') settings.changeLocal({ microphoneAllowed: true });
      return opened;
    },
    'devices.test': async ({ output }) => {
      await inPhoneWindow(devices.test(output));
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

/** 'disconnected' would mean to a window that its own link to main is lost. */
async function inPhoneWindow<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    const isAway =
      error instanceof CommandFailed && (error.reason === 'disconnected' || error.reason === 'timedOut');
    if (!isAway) throw error;
    throw new CommandFailed('phoneWindowAway', 'The phone window does not answer; it is being made again.');
  }
}
