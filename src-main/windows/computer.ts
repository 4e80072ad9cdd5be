// What the computer tells and is told: it goes to sleep, wakes, and which theme the windows follow.
import { nativeTheme, powerMonitor } from 'electron';
import type { SettingsService } from '../settings/settings-service.ts';

export function watchPower(asleep: () => void, awake: () => void): void {
  powerMonitor.on('suspend', asleep);
  powerMonitor.on('resume', awake);
}

/** Pages follow prefers-color-scheme; the chosen theme decides what that is. */
export function followTheme(settings: SettingsService): void {
  nativeTheme.themeSource = settings.view().theme;
  settings.onChanged(({ theme }) => {
    nativeTheme.themeSource = theme;
  });
}
