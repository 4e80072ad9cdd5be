// The microphone: opened once and kept open, so that a call never waits for it; every call speaks through a clone of
// its track. It follows the chosen device, and when one is unplugged goes on with another; how it stands is told.
import type { AudioSettings, MicrophoneView } from '#shared/media/media-contract.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import { createLoudnessMeter, type LoudnessMeter } from './loudness-meter.ts';

export interface Microphone {
  view(): MicrophoneView;
  /** Opens it where it is not open; resolves when it is known how it stands. Never rejects. */
  open(): Promise<MicrophoneView>;
  apply(settings: AudioSettings): Promise<void>;
  devicesChanged(): Promise<void>;
  watch(on: boolean): void;
  /** A track of one's own, now and each time the device is changed; null where there is none to speak into. */
  followTrack(onTrack: (track: MediaStreamTrack | null) => void): () => void;
}

/** Digital silence for this long while open: switched off on the headset, or by the system. */
const silentAfterMs = 10_000;

type Chosen = Pick<
  AudioSettings,
  'microphoneId' | 'echoCancellation' | 'noiseSuppression' | 'autoGainControl'
>;

export function createMicrophone(parts: {
  onChanged: (view: MicrophoneView) => void;
  onLevel: (dbfs: number) => void;
  log: WireLog;
}): Microphone {
  const { onChanged, onLevel, log } = parts;
  const users = new Set<(track: MediaStreamTrack | null) => void>();
  let chosen: Chosen = {
    microphoneId: null,
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
  };
  let view: MicrophoneView = { state: 'unknown', label: null };
  let track: MediaStreamTrack | null = null;
  let meter: LoudnessMeter | null = null;
  let watching = false;
  /** Openings run one after another; the last settings win. */
  let opening: Promise<void> = Promise.resolve();

  const change = (next: MicrophoneView) => {
    if (next.state === view.state && next.label === view.label) return;
    view = next;
    onChanged(view);
  };

  const release = () => {
    meter?.close();
    meter = null;
    if (track) {
      track.onended = null;
      track.stop();
    }
    track = null;
  };

  const take = (taken: MediaStreamTrack) => {
    release();
    track = taken;
    taken.onended = () => {
      // Unplugged, or taken away by the system: another one is better than none.
      void reopen();
    };
    meter = createLoudnessMeter(taken, {
      silentAfterMs,
      onLevel: (dbfs) => {
        if (watching) onLevel(dbfs);
      },
      onSilence: (silent) => {
        if (track === taken) change({ state: silent ? 'silent' : 'ready', label: taken.label });
      },
    });
    change({ state: 'ready', label: taken.label });
    for (const user of users) user(taken.clone());
  };

  const openNow = async () => {
    if (view.state === 'unknown') change({ state: 'asking', label: null });
    try {
      take(await askFor(chosen));
    } catch (error) {
      const hadTrack = track !== null;
      release();
      log.warn('phone: the microphone did not open', {
        error: error instanceof Error ? error.name : 'unknown',
      });
      change({ state: stateOf(error), label: null });
      if (hadTrack) for (const user of users) user(null);
    }
  };

  const reopen = () => {
    opening = opening.then(openNow);
    return opening;
  };

  const isLive = () => track?.readyState === 'live';

  return {
    view: () => view,
    async open() {
      await opening;
      if (!isLive()) await reopen();
      return view;
    },
    async apply(settings) {
      const { microphoneId, echoCancellation, noiseSuppression, autoGainControl } = settings;
      const next: Chosen = { microphoneId, echoCancellation, noiseSuppression, autoGainControl };
      const changed = JSON.stringify(next) !== JSON.stringify(chosen);
      chosen = next;
      if (changed && view.state !== 'unknown') await reopen();
    },
    async devicesChanged() {
      if (view.state === 'unknown' || view.state === 'asking') return;
      const wantsBack = chosen.microphoneId !== null && track?.getSettings().deviceId !== chosen.microphoneId;
      if (!isLive() || (wantsBack && (await isThere(chosen.microphoneId)))) await reopen();
    },
    watch(on) {
      watching = on;
    },
    followTrack(onTrack) {
      users.add(onTrack);
      onTrack(track && isLive() ? track.clone() : null);
      return () => {
        users.delete(onTrack);
      };
    },
  };
}

/** The chosen device where it is there, otherwise the system's default. */
async function askFor({ microphoneId, ...processing }: Chosen): Promise<MediaStreamTrack> {
  const ask = async (deviceId: string | null) => {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { ...processing, ...(deviceId === null ? {} : { deviceId: { exact: deviceId } }) },
    });
    return stream.getAudioTracks()[0] as MediaStreamTrack;
  };
  if (microphoneId === null) return ask(null);
  try {
    return await ask(microphoneId);
  } catch (error) {
    if (stateOf(error) === 'refused') throw error;
    return ask(null);
  }
}

async function isThere(deviceId: string | null): Promise<boolean> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.some((device) => device.kind === 'audioinput' && device.deviceId === deviceId);
}

/** W3C Media Capture 10.2: what getUserMedia rejects with. */
function stateOf(error: unknown): 'refused' | 'missing' | 'failed' {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  return 'failed';
}
