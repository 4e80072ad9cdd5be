// Ogg Opus files, written and read: lacing, checksums, times, and files that were cut off.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { NotOggOpus, readOggOpus } from '../../src-hub/media/ogg/ogg-opus-reader.ts';
import { OggOpusWriter } from '../../src-hub/media/ogg/ogg-opus-writer.ts';
import { readOggPages } from '../../src-hub/media/ogg/ogg-page.ts';
import { opusPacketSamples } from '../../src-hub/media/ogg/opus-packet.ts';
import { decodeOggOpus, makeToneOpus, toneDb } from '../support/tone.ts';

const folder = mkdtempSync(join(tmpdir(), 'offhook-ogg-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A packet of 20 ms whose bytes can be told from any other's. */
function packetOf(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at === 0 ? 0xf8 : (at * 7 + seed) & 0xff));
}

function fileOf(packets: readonly Uint8Array[]): Uint8Array {
  const writer = new OggOpusWriter(1234);
  for (const packet of packets) writer.add(packet);
  return writer.finish();
}

describe('an Ogg Opus file', () => {
  test('gives back packets of every awkward length: 254, 255, 256, 510 and 1275 bytes', () => {
    const packets = [3, 254, 255, 256, 510, 511, 1275, 1].map((length, seed) => packetOf(length, seed));
    const read = readOggOpus(fileOf(packets));
    expect(read.packets.map(({ bytes }) => [...bytes])).toEqual(packets.map((packet) => [...packet]));
  });

  test('begins a new page each second, and sooner where 255 segments are full', () => {
    const seconds = [...readOggPages(fileOf(Array.from({ length: 120 }, (_, seed) => packetOf(60, seed))))];
    expect(seconds.map(({ granule }) => Number(granule))).toEqual([0, 0, 48_000, 96_000, 115_200]);
    const large = [...readOggPages(fileOf(Array.from({ length: 60 }, (_, seed) => packetOf(1275, seed))))];
    expect(Math.max(...large.map(({ lacing }) => lacing.length))).toBeLessThanOrEqual(255);
    expect(large.at(-1)?.granule).toBe(60n * 960n);
    expect(large.map(({ ends }) => ends)).toEqual([...new Array(large.length - 1).fill(false), true]);
  });

  test('cut off at any byte still gives every packet of its whole pages', () => {
    const packets = Array.from({ length: 150 }, (_, seed) => packetOf(80, seed));
    const file = fileOf(packets);
    for (let length = 200; length < file.length; length += 97) {
      const whole = [...readOggPages(file.subarray(0, length))].slice(2);
      const expected = whole.reduce(
        (sum, { lacing }) => sum + lacing.filter((value) => value < 255).length,
        0,
      );
      if (expected > 0) expect(readOggOpus(file.subarray(0, length)).packets).toHaveLength(expected);
    }
  });

  test('with a damaged page loses that page and no more', () => {
    const file = fileOf(Array.from({ length: 150 }, (_, seed) => packetOf(80, seed)));
    const damaged = Uint8Array.from(file);
    const middle = Math.floor(file.length / 2);
    damaged[middle] = (damaged[middle] as number) ^ 0xff;
    expect(readOggOpus(damaged).packets).toHaveLength(100);
  });

  test('made by opusenc is read with its true length', () => {
    const greeting = readOggOpus(
      readFileSync(new URL('../../src-hub/media/prompts/voicemail-greeting.opus', import.meta.url)),
    );
    expect(greeting.durationMs).toBeGreaterThan(5_400);
    expect(greeting.durationMs).toBeLessThan(5_700);
    expect(greeting.packets.every(({ samples }) => samples === 960)).toBe(true);
  });

  test('of a tone decodes to that tone', async () => {
    const sound = await decodeOggOpus(makeToneOpus(440, 2));
    expect(Math.abs(sound.durationMs - 2_000)).toBeLessThan(25);
    expect(toneDb(sound.samples, 440)).toBeGreaterThan(-12);
    expect(toneDb(sound.samples, 700)).toBeLessThan(-50);
  });

  const opusinfo = existsSync('/usr/bin/opusinfo');
  test.skipIf(!opusinfo)(
    `finds no fault with opusinfo${opusinfo ? '' : ' (opusinfo is not installed)'}`,
    () => {
      const whole = join(folder, 'whole.opus');
      writeFileSync(whole, makeToneOpus(440, 3));
      const told = execFileSync('opusinfo', [whole], { encoding: 'utf8' });
      expect(told).not.toMatch(/warning|error|truncated/i);
      expect(told).toMatch(/Playback length: 0m:02\.99/);
      const half = join(folder, 'half.opus');
      writeFileSync(half, makeToneOpus(440, 3).subarray(0, 8_000));
      // It ends with 1, because the end of the stream is missing; what is there plays.
      expect(spawnSync('opusinfo', [half], { encoding: 'utf8' }).stdout).toMatch(
        /Playback length: 0m:00\.99/,
      );
    },
  );

  test('that is none is refused with a word why', () => {
    expect(() => readOggOpus(new Uint8Array())).toThrow(NotOggOpus);
    expect(() => readOggOpus(new TextEncoder().encode('RIFF....WAVEfmt '))).toThrow(NotOggOpus);
    expect(() => readOggOpus(fileOf([]))).toThrow('holds no sound');
  });
});

test('a packet tells its length by its first bytes', () => {
  const lengths: [number[], number][] = [
    [[0xf8], 960],
    [[0xf9, 0], 1920],
    [[0xfb, 3], 2880],
    [[0x78], 960],
    [[0x08], 960],
    [[0x18], 2880],
    [[0x80], 120],
    [[0xe0], 120],
    [[0xe8], 240],
    [[0x1b, 9], 0],
    [[], 0],
  ];
  for (const [bytes, samples] of lengths) expect(opusPacketSamples(Uint8Array.from(bytes))).toBe(samples);
});
