// What is set on this computer before anybody has set anything: for main, and for the sign-in page, which is drawn before main
// is asked. A file of its own, since that page is drawn before zod is loaded.
import type { SettingsView } from './settings-contract.ts';

export function firstSettings(language: SettingsView['language'], username: string): SettingsView {
  return {
    language,
    theme: 'system',
    microphoneId: null,
    speakerId: null,
    ringerId: null,
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    dtmfTransport: 'rfc4733',
    username,
  };
}
