// Where sound comes out: the speaker for calls and tones, the ringer for ringing. Each has an AudioContext of its own;
// remote audio plays in an <audio> element per connection, because that is what echo cancellation knows.
import type { AudioSettings } from '#shared/media/media-contract.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';

export type OutputName = 'speaker' | 'ringer';

export interface Outputs {
  apply(settings: AudioSettings): Promise<void>;
  /** A device came or went: a chosen one that is back is used again. */
  devicesChanged(): Promise<void>;
  /** A running context on that output, for tones. */
  context(output: OutputName): Promise<AudioContext>;
  /** Plays a connection's remote audio on the speaker until it is removed. */
  play(connectionId: string, stream: MediaStream): RemoteAudio;
  /** Whether the output plays on the device that was chosen for it, rather than on a stand-in. */
  onChosenDevice(output: OutputName): boolean;
}

export interface RemoteAudio {
  setSilent(silent: boolean): void;
  remove(): void;
}

/** Chromium's, not yet in TypeScript's DOM library. */
interface SinkContext extends AudioContext {
  setSinkId(sinkId: string): Promise<void>;
}

/** The empty id is the system's default output. */
const systemDefault = '';

export function createOutputs(log: WireLog): Outputs {
  const chosen: Record<OutputName, string> = { speaker: systemDefault, ringer: systemDefault };
  const found: Record<OutputName, boolean> = { speaker: true, ringer: true };
  const contexts = new Map<OutputName, SinkContext>();
  const elements = new Set<HTMLAudioElement>();

  /** A device that is gone must not silence a call: the system's default takes its place. */
  const sink = async (output: OutputName, target: { setSinkId(id: string): Promise<void> }) => {
    try {
      await target.setSinkId(chosen[output]);
      found[output] = true;
    } catch (error) {
      found[output] = false;
      log.warn('phone: an output is not there', { output, error: String(error) });
      if (chosen[output] !== systemDefault) await target.setSinkId(systemDefault);
    }
  };

  const sinkAll = async () => {
    await Promise.all([
      ...[...contexts].map(([output, context]) => sink(output, context)),
      ...[...elements].map((element) => sink('speaker', element)),
    ]);
  };

  return {
    async apply({ speakerId, ringerId }) {
      chosen.speaker = speakerId ?? systemDefault;
      chosen.ringer = ringerId ?? systemDefault;
      await sinkAll();
    },
    devicesChanged: sinkAll,
    async context(output) {
      let context = contexts.get(output);
      if (!context) {
        context = new AudioContext({ latencyHint: 'interactive' }) as SinkContext;
        contexts.set(output, context);
        await sink(output, context);
      }
      if (context.state !== 'running') await context.resume();
      return context;
    },
    play(connectionId, stream) {
      const element = document.createElement('audio');
      element.dataset.connectionId = connectionId;
      element.autoplay = true;
      element.srcObject = stream;
      document.body.append(element);
      elements.add(element);
      sink('speaker', element).catch((error: unknown) =>
        log.error('phone: no output takes the call', { error: String(error) }),
      );
      element
        .play()
        .catch((error: unknown) => log.warn('phone: playing was refused', { error: String(error) }));
      return {
        setSilent: (silent) => {
          element.muted = silent;
        },
        remove() {
          elements.delete(element);
          element.srcObject = null;
          element.remove();
        },
      };
    },
    onChosenDevice: (output) => found[output],
  };
}
