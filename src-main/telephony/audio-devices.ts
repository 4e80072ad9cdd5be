// Microphone, speaker and ringer as main sees them: one DevicesView, what was chosen, and the tests of both.
// Built by compose.ts over the media link; the settings handlers ask it. What was applied, watched and opened is
// pushed anew to each page, so that a phone window that was reloaded is as the one before.
import type { DevicesView, MicrophoneState } from '#shared/desktop/settings-contract.ts';
import type { AudioSettings, MicrophoneView } from '#shared/media/media-contract.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import type { MediaLink } from './media-link.ts';
import { reasonForLog } from './reason-for-log.ts';

export interface AudioDevices {
  readonly view: DevicesView;
  onChanged(listener: (view: DevicesView) => void): () => void;
  /** Chosen devices and processing; takes effect in calls that run, too. */
  apply(settings: AudioSettings): void;
  /** Resolves when it is known how the microphone stands. @throws CommandFailed('disconnected') without a window. */
  openMicrophone(): Promise<{ readonly microphone: MicrophoneState }>;
  /** Plays a short chime. @throws CommandFailed('deviceFailed'), CommandFailed('disconnected') */
  test(output: 'speaker' | 'ringer'): Promise<void>;
  watchMicrophone(on: boolean): void;
  /** Loudness in dBFS, -100 to 0, ten times a second while watched. */
  onLevel(listener: (dbfs: number) => void): () => void;
}

/** A phone window that died is there again within a second or two, with the microphone it had. */
const restoreWithinMs = 5_000;

export function createAudioDevices({ link, log }: { link: MediaLink; log: WireLog }): AudioDevices {
  const listeners = new Set<(view: DevicesView) => void>();
  let applied: AudioSettings | null = null;
  let watched = false;
  let wanted = false;
  /** Runs while the microphone counts as it was, because its page is being made again. */
  let restoring: NodeJS.Timeout | undefined;
  let view: DevicesView = {
    microphones: [],
    speakers: [],
    microphone: 'unknown',
    microphoneLabel: null,
    phoneWindowReady: false,
  };

  const change = (part: Partial<DevicesView>) => {
    view = { ...view, ...part };
    for (const listener of [...listeners]) listener(view);
  };
  const changeMicrophone = ({ state, label }: MicrophoneView) =>
    change({ microphone: state, microphoneLabel: label });
  const note = (error: unknown) =>
    log.warn('media: the phone window did not take the devices', {
      reason: reasonForLog(error),
    });

  link.on('devices.changed', (devices) => change(devices));
  const restored = (microphone: MicrophoneView) => {
    clearTimeout(restoring);
    restoring = undefined;
    changeMicrophone(microphone);
  };

  link.on('microphone.changed', (microphone) => {
    if (!restoring) changeMicrophone(microphone);
  });
  link.onGone(() => {
    clearTimeout(restoring);
    restoring = undefined;
    // A call that rings meanwhile may be accepted: it waits for the next page, as everything does.
    const comesBack = wanted && (view.microphone === 'ready' || view.microphone === 'silent');
    if (comesBack)
      restoring = setTimeout(() => restored({ state: 'unknown', label: null }), restoreWithinMs).unref();
    change({ phoneWindowReady: false, ...(comesBack ? {} : { microphone: 'unknown' }) });
  });
  link.onReady(() => {
    change({ phoneWindowReady: true });
    if (applied) link.call('devices.apply', applied).catch(note);
    if (watched) link.call('microphone.watch', { on: true }).catch(note);
    link.call('devices.get', null).then(change, note);
    if (wanted) link.call('microphone.open', null).then(restored, note);
    else link.call('microphone.get', null).then(changeMicrophone, note);
  });

  return {
    get view() {
      return view;
    },
    onChanged: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    apply(settings) {
      applied = settings;
      if (link.ready) link.call('devices.apply', settings).catch(note);
    },
    async openMicrophone() {
      wanted = true;
      // At once: a window that opens meanwhile must not ask a second time.
      if (view.microphone === 'unknown') change({ microphone: 'asking' });
      const microphone = await link.call('microphone.open', null);
      changeMicrophone(microphone);
      return { microphone: microphone.state };
    },
    async test(output) {
      await link.call('devices.test', { output });
    },
    watchMicrophone(on) {
      watched = on;
      if (link.ready) link.call('microphone.watch', { on }).catch(note);
    },
    onLevel: (listener) => link.on('microphone.level', ({ dbfs }) => listener(dbfs)),
  };
}
