// Known tones, and finding them again: proof that sound went from one end to the other.
// The Opus tones are files (tones/make-tones.sh), so that tests need no encoder; WAV is written here.
import { readFileSync } from 'node:fs';
import { OpusDecoder } from 'opus-decoder';
import { readOggOpus } from '../../src-hub/media/ogg/ogg-opus-reader.ts';
import { OggOpusWriter } from '../../src-hub/media/ogg/ogg-opus-writer.ts';

export const sampleRateHz = 48_000;

export interface Sound {
  readonly samples: Float32Array;
  readonly sampleRateHz: number;
  readonly durationMs: number;
}

/** An Ogg Opus file of one steady tone, about -9 dBFS, as long as asked. */
export function makeToneOpus(hertz: 440 | 700, seconds: number): Uint8Array {
  const { packets } = readOggOpus(readFileSync(new URL(`./tones/${hertz}.opus`, import.meta.url)));
  const writer = new OggOpusWriter(hertz);
  for (let index = 0; index < seconds * 50; index += 1) {
    const packet = packets[index % packets.length];
    if (packet) writer.add(packet.bytes);
  }
  return writer.finish();
}

/** 16-bit mono PCM at 48 kHz, as Chromium's `--use-file-for-fake-audio-capture` takes it. */
export function makeToneWav(hertz: number, seconds: number, amplitude = 0.35): Uint8Array {
  const count = Math.round(seconds * sampleRateHz);
  const wav = Buffer.alloc(44 + count * 2);
  wav.write('RIFF', 0, 'ascii');
  wav.writeUInt32LE(36 + count * 2, 4);
  wav.write('WAVEfmt ', 8, 'ascii');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(sampleRateHz, 24);
  wav.writeUInt32LE(sampleRateHz * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'ascii');
  wav.writeUInt32LE(count * 2, 40);
  for (let at = 0; at < count; at += 1) {
    wav.writeInt16LE(
      Math.round(Math.sin((2 * Math.PI * hertz * at) / sampleRateHz) * amplitude * 32_767),
      44 + at * 2,
    );
  }
  return wav;
}

/** Decodes a whole Ogg Opus file. Throws where any packet could not be decoded. */
export async function decodeOggOpus(file: Uint8Array): Promise<Sound> {
  const { packets, preSkipSamples } = readOggOpus(file);
  const decoder = new OpusDecoder({ channels: 1, preSkip: preSkipSamples });
  await decoder.ready;
  try {
    const { channelData, errors } = decoder.decodeFrames(packets.map(({ bytes }) => bytes));
    if (errors.length > 0)
      throw new Error(`${errors.length} packets could not be decoded: ${errors[0]?.message}`);
    const samples = channelData[0] ?? new Float32Array();
    return { samples, sampleRateHz, durationMs: samples.length / 48 };
  } finally {
    decoder.free();
  }
}

/** Goertzel: energy of one frequency, in dBFS (a full-scale sine is 0); -200 for nothing. */
export function toneDb(samples: Float32Array, hertz: number, rateHz = sampleRateHz): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / rateHz);
  let previous = 0;
  let beforePrevious = 0;
  for (const sample of samples) {
    const next = sample + coefficient * previous - beforePrevious;
    beforePrevious = previous;
    previous = next;
  }
  const power =
    previous * previous + beforePrevious * beforePrevious - coefficient * previous * beforePrevious;
  const amplitude = samples.length > 0 ? (2 * Math.sqrt(Math.max(power, 0))) / samples.length : 0;
  return amplitude > 1e-10 ? 20 * Math.log10(amplitude) : -200;
}

/** The tone's energy in each stretch of `windowMs`, in dBFS. */
export function toneDbOverTime(sound: Sound, hertz: number, windowMs = 100): number[] {
  const size = (windowMs * sound.sampleRateHz) / 1000;
  const windows = Math.floor(sound.samples.length / size);
  return Array.from({ length: windows }, (_, index) =>
    toneDb(sound.samples.subarray(index * size, (index + 1) * size), hertz, sound.sampleRateHz),
  );
}

/** How long the tone was clearly there (louder than `aboveDb`), in ms. */
export function toneMs(sound: Sound, hertz: number, aboveDb = -25): number {
  return toneDbOverTime(sound, hertz).filter((db) => db > aboveDb).length * 100;
}
