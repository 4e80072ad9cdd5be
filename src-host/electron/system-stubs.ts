// The smallest modules: those that the system's Chromium cannot be, or where there is nothing to do.
import { notAvailable } from '../host-log.ts';

export const globalShortcut = {
  register(): boolean {
    notAvailable('globalShortcut', 'keys work while a window of the app has the keyboard');
    return false;
  },
  registerAll(): void {
    globalShortcut.register();
  },
  isRegistered: (): boolean => false,
  unregister(): void {
    // None is registered.
  },
  unregisterAll(): void {
    // None is registered.
  },
};

/** Linux asks nobody for the microphone; whether there is one shows when it is opened. */
export const systemPreferences = {
  getMediaAccessStatus: (): 'granted' => 'granted',
  askForMediaAccess: async (): Promise<boolean> => true,
  isTrustedAccessibilityClient: (): boolean => false,
  getAccentColor: (): string => '',
};

export const crashReporter = {
  start(): void {
    notAvailable('crashReporter', 'no crash reports are written');
  },
  getUploadToServer: (): boolean => false,
  setUploadToServer(): void {
    // Nothing is uploaded.
  },
  addExtraParameter(): void {
    // No report would carry it.
  },
  removeExtraParameter(): void {
    // No report would carry it.
  },
  getParameters: (): Record<string, string> => ({}),
  getLastCrashReport: (): null => null,
  getUploadedReports: (): never[] => [],
};

let clipboardText = '';

/** Between parts of the app only; pages use the desktop's clipboard themselves. */
export const clipboard = {
  readText: (): string => clipboardText,
  writeText(text: string): void {
    notAvailable(
      'clipboard',
      "what main copies stays within the app; a page's own copying reaches the desktop",
    );
    clipboardText = text;
  },
  clear(): void {
    clipboardText = '';
  },
};
