// What the recorder makes of packets that come late, twice, never, or from a sender that started anew.
import { expect, test } from 'vitest';
import { readOggOpus } from '../../src-hub/media/ogg/ogg-opus-reader.ts';
import { Recorder } from '../../src-hub/media/recorder.ts';
import type { ReceivedAudio } from '../../src-hub/media/rtp/media-connection.ts';
import { SequenceOrder } from '../../src-hub/media/rtp/sequence-order.ts';
import { TelephoneEvents } from '../../src-hub/media/rtp/telephone-events.ts';
import { decodeOggOpus, makeToneOpus, toneDbOverTime } from '../support/tone.ts';

const tone = readOggOpus(makeToneOpus(440, 4)).packets;

/** Twenty milliseconds of tone, number `index` since the beginning. */
function audioAt(index: number, changed: Partial<ReceivedAudio> = {}): ReceivedAudio {
  return {
    payload: tone[index % tone.length]?.bytes ?? new Uint8Array(),
    sequenceNumber: (65_500 + index) & 0xffff,
    timestamp: (0xffff_f000 + index * 960) >>> 0,
    ssrc: 7,
    levelDbov: -12,
    ...changed,
  };
}

/** Feeds packets at the times at which they would arrive. */
function record(arrivals: readonly { readonly atMs: number; readonly audio: ReceivedAudio }[]) {
  let nowMs = 0;
  const recorder = new Recorder({ nowMs: () => nowMs, longestMs: 60_000 });
  for (const { atMs, audio } of arrivals) {
    nowMs = atMs;
    recorder.receive(audio);
  }
  return recorder;
}

const onTime = (indexes: readonly number[]) =>
  indexes.map((index) => ({ atMs: index * 20, audio: audioAt(index) }));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test('packets are recorded in the order in which they were sent, across the wrap of their numbers', () => {
  const swapped = upTo(100).map((index) =>
    index % 10 === 3 ? index + 1 : index % 10 === 4 ? index - 1 : index,
  );
  const { oggOpus } = record(onTime(swapped)).finish({ tailMs: 0 });
  expect(readOggOpus(oggOpus).packets.map(({ bytes }) => bytes)).toEqual(
    upTo(100).map((index) => Uint8Array.from(tone[index]?.bytes ?? [])),
  );
});

test('a packet that came twice is recorded once', () => {
  const { durationMs } = record(onTime([0, 1, 2, 2, 3, 1, 4])).finish({ tailMs: 0 });
  expect(durationMs).toBe(100);
});

test('a lost packet is concealed, so that the recording keeps its length and its tone', async () => {
  const { oggOpus, durationMs } = record(onTime(upTo(100).filter((index) => index % 10 !== 5))).finish({
    tailMs: 0,
  });
  expect(durationMs).toBe(2_000);
  const filled = readOggOpus(oggOpus).packets.filter(({ bytes }) => bytes.length === 1);
  expect(filled).toHaveLength(10);
  const energies = toneDbOverTime(await decodeOggOpus(oggOpus), 440).slice(1, -1);
  expect(Math.min(...energies)).toBeGreaterThan(-25);
});

test('a second without packets becomes a second of silence', async () => {
  const { oggOpus, durationMs } = record(
    onTime([...upTo(50), ...upTo(50).map((index) => index + 100)]),
  ).finish({ tailMs: 0 });
  expect(durationMs).toBe(3_000);
  const energies = toneDbOverTime(await decodeOggOpus(oggOpus), 440);
  expect(Math.max(...energies.slice(12, 19))).toBeLessThan(-60);
  expect(Math.min(...energies.slice(22, 28))).toBeGreaterThan(-25);
});

test('a sender that starts anew goes on where the clock says, however its own time has jumped', () => {
  const later = upTo(50).map((index) => ({
    atMs: 2_000 + index * 20,
    audio: audioAt(index, { ssrc: 8, timestamp: 123_456_789 + index * 960, sequenceNumber: 9 + index }),
  }));
  const { durationMs } = record([...onTime(upTo(50)), ...later]).finish({ tailMs: 0 });
  expect(durationMs).toBeGreaterThanOrEqual(2_980);
  expect(durationMs).toBeLessThanOrEqual(3_020);
});

test('silence at the end is cut to the tail asked for, and does not count as sound', () => {
  const silent = upTo(100).map((index) => ({
    atMs: (50 + index) * 20,
    audio: audioAt(50 + index, { levelDbov: -96 }),
  }));
  const recorder = record([...onTime(upTo(50)), ...silent]);
  expect(recorder.lastSoundAtMs).toBe(49 * 20);
  expect(recorder.finish({ tailMs: 500 })).toMatchObject({ durationMs: 1_500, soundMs: 1_000 });
});

test('nothing is recorded beyond the longest length', () => {
  const recorder = new Recorder({ nowMs: () => 0, longestMs: 1_000 });
  for (const index of upTo(80)) recorder.receive(audioAt(index));
  expect(recorder.finish({ tailMs: Number.POSITIVE_INFINITY }).durationMs).toBe(1_000);
});

test('a call in which nothing came leaves an empty recording', () => {
  expect(record([]).finish({ tailMs: 500 })).toEqual({
    oggOpus: new Uint8Array(),
    durationMs: 0,
    soundMs: 0,
  });
});

test('a gap is waited for until eight later packets are there, then given up', () => {
  const delivered: number[] = [];
  const order = new SequenceOrder<{ sequenceNumber: number }>(({ sequenceNumber }) =>
    delivered.push(sequenceNumber),
  );
  for (const sequenceNumber of [65_534, 0, 1, 2, 3, 4, 5, 6]) order.receive({ sequenceNumber });
  expect(delivered).toEqual([65_534]);
  order.receive({ sequenceNumber: 7 });
  order.receive({ sequenceNumber: 8 });
  expect(delivered).toEqual([65_534, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
  order.receive({ sequenceNumber: 65_535 });
  expect(delivered).toHaveLength(10);
});

test('a key counts once, however often its packets are repeated or overtaken', () => {
  let digits = '';
  const events = new TelephoneEvents((digit) => {
    digits += digit;
  });
  const packet = (event: number, timestamp: number) => ({
    timestamp,
    payload: Uint8Array.of(event, 0x8a, 0, 160),
  });
  for (const [event, timestamp] of [
    [4, 100],
    [4, 100],
    [11, 900],
    [4, 100],
    [11, 900],
    [4, 2_000],
    [16, 3_000],
    [13, 4_000],
  ] as const) {
    events.receive(packet(event, timestamp));
  }
  events.receive({ timestamp: 5_000, payload: Uint8Array.of(1) });
  expect(digits).toBe('4#4B');
});
