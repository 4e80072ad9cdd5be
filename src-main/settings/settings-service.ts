// What a person set on this computer, validated when read: a damaged or older file falls back field by field.
// Records and calls are not settings; secrets never stand here.
import { z } from 'zod';
import { firstSettings } from '#shared/desktop/first-settings.ts';
import { type SettingsView, settingsView } from '#shared/desktop/settings-contract.ts';

/** Kept in the same file, but never shown to windows. */
const localSettings = z.strictObject({
  /** Identifies this desktop to hub and registrar over all starts (RFC 5626 4.1). */
  deviceId: z.uuid(),
  /** Address of the team server, ws: or wss:; null for the practice hub on this computer. */
  hubUrl: z.url({ protocol: /^wss?$/ }).nullable(),
  phoneOn: z.boolean(),
  /** It was allowed once; from then on it is opened at sign-in without asking (CALL-2). */
  microphoneAllowed: z.boolean(),
  /** Call box places, by the shape of the displays (windows/call-box-place.ts). */
  callBoxPlaces: z.record(z.string(), z.strictObject({ x: z.number().int(), y: z.number().int() })),
  /** As the admin window was left; null until it has been resized. */
  adminWindowSize: z
    .strictObject({
      width: z.number().int().min(400).max(20_000),
      height: z.number().int().min(300).max(20_000),
    })
    .nullable(),
});
export type LocalSettings = z.output<typeof localSettings>;

/** settings-file.ts is one; tests give a plain object. */
export interface SettingsFile {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

export interface SettingsService {
  view(): SettingsView;
  local(): LocalSettings;
  change(part: Partial<SettingsView>): SettingsView;
  changeLocal(part: Partial<LocalSettings>): void;
  onChanged(listener: (view: SettingsView) => void): () => void;
}

/** @param systemLocale BCP 47, decides the first language. */
export function createSettingsService(
  file: SettingsFile,
  systemLocale: string,
  newId: () => string,
): SettingsService {
  const viewDefaults = firstSettings(systemLocale.toLowerCase().startsWith('de') ? 'de' : 'en', '');
  const localDefaults: LocalSettings = {
    deviceId: newId(),
    hubUrl: null,
    phoneOn: true,
    microphoneAllowed: false,
    callBoxPlaces: {},
    adminWindowSize: null,
  };
  const listeners = new Set<(view: SettingsView) => void>();
  let view = readFields(file, 'view', settingsView.shape, viewDefaults);
  let local = readFields(file, 'local', localSettings.shape, localDefaults);
  file.set('local', local);

  return {
    view: () => view,
    local: () => local,
    change(part) {
      view = settingsView.parse({ ...view, ...part });
      file.set('view', view);
      for (const listener of [...listeners]) listener(view);
      return view;
    },
    changeLocal(part) {
      local = localSettings.parse({ ...local, ...part });
      file.set('local', local);
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Takes each stored field that still fits its schema, and the default for the others. */
function readFields<T extends Record<string, unknown>>(
  file: SettingsFile,
  key: string,
  shape: Record<keyof T & string, z.ZodType>,
  defaults: T,
): T {
  const stored = z.record(z.string(), z.unknown()).catch({}).parse(file.get(key));
  const fields = Object.keys(shape).map((name) => {
    const parsed = (shape[name] as z.ZodType).safeParse(stored[name]);
    return [name, parsed.success ? parsed.data : defaults[name]];
  });
  return Object.fromEntries(fields) as T;
}
