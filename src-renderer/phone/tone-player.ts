// Plays our tones with WebAudio: ringing on the ringer, the rest on the speaker. Steady ones repeat until stopped.
import type { SteadyTone } from '#shared/media/media-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { OutputName, Outputs } from './outputs.ts';
import { busy, chime, dtmf, ringback, ringing, type ToneShape } from './tone-shapes.ts';

export interface TonePlayer {
  start(tone: SteadyTone): Promise<void>;
  stop(tone: SteadyTone): void;
  dtmf(digits: string): Promise<void>;
  /** @throws CommandFailed('deviceFailed') where the chosen device cannot be used. */
  test(output: OutputName): Promise<void>;
}

interface Sounding {
  stop(): void;
}

const shapes: Record<SteadyTone, { readonly shape: ToneShape; readonly output: OutputName }> = {
  ringing: { shape: ringing, output: 'ringer' },
  ringback: { shape: ringback, output: 'speaker' },
  busy: { shape: busy, output: 'speaker' },
};

export function createTonePlayer(outputs: Outputs): TonePlayer {
  /** A tone that is wanted but whose context is still being made stands here as 'starting'. */
  const sounding = new Map<SteadyTone, Sounding | 'starting'>();

  const stop = (tone: SteadyTone) => {
    const now = sounding.get(tone);
    sounding.delete(tone);
    if (now && now !== 'starting') now.stop();
  };

  return {
    async start(tone) {
      if (sounding.has(tone)) return;
      sounding.set(tone, 'starting');
      const { shape, output } = shapes[tone];
      const context = await outputs.context(output);
      if (sounding.get(tone) !== 'starting') return;
      sounding.set(
        tone,
        play(context, shape, () => sounding.delete(tone)),
      );
    },
    stop,
    async dtmf(digits) {
      play(await outputs.context('speaker'), dtmf(digits), () => {});
    },
    async test(output) {
      try {
        const context = await outputs.context(output);
        if (!outputs.onChosenDevice(output)) throw new Error('The chosen device is not there.');
        play(context, chime, () => {});
      } catch (error) {
        throw new CommandFailed('deviceFailed', `The ${output} could not be used: ${String(error)}`);
      }
    },
  };
}

/** Schedules one period at a time on the context's own clock; each next one is scheduled when the last has ended. */
function play(context: AudioContext, shape: ToneShape, onEnd: () => void): Sounding {
  const volume = context.createGain();
  volume.gain.value = shape.loudness;
  volume.connect(context.destination);
  let current: ConstantSourceNode | null = null;
  let played = 0;

  const period = (startSeconds: number) => {
    for (const part of shape.parts) note(context, volume, shape, part, startSeconds);
    // A silent source is the period's clock: unlike a timer, it keeps time with the sound.
    const clock = new ConstantSourceNode(context, { offset: 0 });
    clock.connect(volume);
    clock.start(startSeconds);
    clock.stop(startSeconds + shape.periodSeconds);
    clock.onended = () => {
      if (current !== clock) return;
      played += 1;
      if (shape.times === null || played < shape.times)
        period(Math.max(context.currentTime, startSeconds + shape.periodSeconds));
      else {
        current = null;
        volume.disconnect();
        onEnd();
      }
    };
    current = clock;
  };
  period(context.currentTime + 0.01);

  return {
    stop() {
      current = null;
      volume.gain.setTargetAtTime(0, context.currentTime, 0.015);
      setTimeout(() => volume.disconnect(), 150);
    },
  };
}

function note(
  context: AudioContext,
  into: AudioNode,
  { fadeSeconds }: ToneShape,
  { hz, atSeconds, forSeconds }: ToneShape['parts'][number],
  startSeconds: number,
): void {
  const begin = startSeconds + atSeconds;
  const end = begin + forSeconds;
  const envelope = context.createGain();
  envelope.gain.setValueAtTime(0, begin);
  envelope.gain.linearRampToValueAtTime(1 / hz.length, begin + fadeSeconds);
  envelope.gain.setValueAtTime(1 / hz.length, end - fadeSeconds);
  envelope.gain.linearRampToValueAtTime(0, end);
  envelope.connect(into);
  for (const frequency of hz) {
    const oscillator = new OscillatorNode(context, { frequency });
    oscillator.connect(envelope);
    oscillator.start(begin);
    oscillator.stop(end);
  }
}
