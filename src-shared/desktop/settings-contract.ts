// What a person sets on this computer: language, theme, devices. And the devices themselves, with their tests.
import { z } from 'zod';
import { command, nothing, topic } from '../wire/contract.ts';

export const language = z.enum(['en', 'de']);
export const theme = z.enum(['system', 'light', 'dark']);

const deviceId = z.string().max(500);

export const settingsView = z.strictObject({
  language,
  theme,
  /** Chromium device ids; null for the system's default. */
  microphoneId: deviceId.nullable(),
  speakerId: deviceId.nullable(),
  ringerId: deviceId.nullable(),
  echoCancellation: z.boolean(),
  noiseSuppression: z.boolean(),
  autoGainControl: z.boolean(),
  dtmfTransport: z.enum(['rfc4733', 'info']),
  /** Who signed in last, where that is to be remembered. */
  username: z.string().max(200),
});
export type SettingsView = z.output<typeof settingsView>;

/** unknown: not asked yet. silent: open, but no sound for long. */
export const microphoneState = z.enum([
  'unknown',
  'asking',
  'ready',
  'refused',
  'missing',
  'silent',
  'failed',
]);
export type MicrophoneState = z.output<typeof microphoneState>;

const audioDevice = z.strictObject({ id: z.string(), label: z.string() });

export const devicesView = z.strictObject({
  microphones: z.array(audioDevice),
  speakers: z.array(audioDevice),
  microphone: microphoneState,
  microphoneLabel: z.string().nullable(),
  /** False while the hidden phone window is not there (starting, or being made again). */
  phoneWindowReady: z.boolean(),
});
export type DevicesView = z.output<typeof devicesView>;

const settings = topic('settings', settingsView);
const devices = topic('devices', devicesView);

export const practiceCallKind = z.enum([
  'knownCustomer',
  'unknownNumber',
  'withheldNumber',
  'redirected',
  'hangsUpAfterFiveSeconds',
  'twoAtOnce',
]);
export type PracticeCallKind = z.output<typeof practiceCallKind>;

export const settingsCommands = {
  ...settings.commands,
  ...devices.commands,
  'settings.change': command(settingsView.partial(), settingsView),
  /** Opens the microphone (asks the person the first time). Replies when it is known. Refused: 'phoneWindowAway'. */
  'devices.openMicrophone': command(nothing, z.strictObject({ microphone: microphoneState })),
  /** Plays a short chime on the chosen speaker or ringer. Refused: 'deviceFailed', 'phoneWindowAway'. */
  'devices.test': command(z.strictObject({ output: z.enum(['speaker', 'ringer']) }), z.null()),
  /** While on, `devices.microphoneLevel` is told ten times a second. */
  'devices.watchMicrophone': command(z.strictObject({ on: z.boolean() }), z.null()),
  /** Practice mode only. Refused: 'notPractice', 'hubAway'. */
  'practice.call': command(z.strictObject({ kind: practiceCallKind }), z.null()),
} as const;

export const settingsEvents = {
  ...settings.events,
  ...devices.events,
  /** Loudness in dBFS, -100 (nothing) to 0. */
  'devices.microphoneLevel': z.strictObject({ dbfs: z.number() }),
} as const;
