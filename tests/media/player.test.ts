// The shared clock keeps time however late its timer fires, and the player fills every tick with sound or silence.
import { expect, test, vi } from 'vitest';
import { createMediaClock, type MediaClock } from '../../src-hub/media/media-clock.ts';
import { Player } from '../../src-hub/media/player.ts';

interface Sent {
  readonly first: number;
  readonly timestamp: number;
  readonly marker: boolean;
  readonly levelDbov: number;
}

function stage() {
  const ticks: (() => void)[] = [];
  const clock: MediaClock = {
    onTick(listener) {
      ticks.push(listener);
      return () => ticks.splice(0);
    },
  };
  const sent: Sent[] = [];
  const output = {
    maySend: true,
    sendAudio(payload: Uint8Array, timestamp: number, marker: boolean, levelDbov: number) {
      sent.push({ first: payload[0] ?? 0, timestamp, marker, levelDbov });
    },
  };
  const player = new Player(output, clock);
  const tick = (count: number) => {
    for (let done = 0; done < count; done += 1) for (const listener of ticks) listener();
  };
  return { player, output, sent, tick, ticking: () => ticks.length > 0 };
}

const packets = (firsts: readonly number[], samples: number) =>
  firsts.map((first) => ({ bytes: Uint8Array.of(first, 1, 2, 3), samples }));

test('prompts follow each other, silence fills what is between, and time never stops', async () => {
  const { player, sent, tick } = stage();
  tick(1);
  const said = player.say(packets([1, 2], 960));
  tick(3);
  expect(await said).toBe(true);
  expect(sent.map(({ first }) => first)).toEqual([0xf8, 1, 2, 0xf8]);
  expect(sent.map(({ levelDbov }) => levelDbov)).toEqual([-127, -20, -20, -127]);
  const began = sent[0]?.timestamp ?? 0;
  expect(sent.map(({ timestamp }) => (timestamp - began) >>> 0)).toEqual([0, 960, 1920, 2880]);
  expect(sent.map(({ marker }) => marker)).toEqual([true, false, false, false]);
});

test('packets of 60 ms leave every third tick, packets of 10 ms in pairs', () => {
  const { player, sent, tick } = stage();
  void player.say([...packets([1, 2], 2_880), ...packets([3, 4], 480)]);
  tick(7);
  const began = sent[0]?.timestamp ?? 0;
  expect(sent.map(({ first, timestamp }) => [first, (timestamp - began) >>> 0])).toEqual([
    [1, 0],
    [2, 2_880],
    [3, 5_760],
    [4, 6_240],
  ]);
});

test('on hold the words wait, and afterwards go on with a marker at the right time', () => {
  const { player, output, sent, tick } = stage();
  void player.say(packets([1, 2, 3], 960));
  tick(1);
  output.maySend = false;
  tick(10);
  output.maySend = true;
  tick(1);
  expect(sent.map(({ first, marker }) => [first, marker])).toEqual([
    [1, true],
    [2, true],
  ]);
  expect(((sent[1]?.timestamp ?? 0) - (sent[0]?.timestamp ?? 0)) >>> 0).toBe(11 * 960);
});

test('what is cut short by hush or close says so, and a closed player ticks no more', async () => {
  const { player, ticking } = stage();
  const first = player.say(packets([1], 960));
  player.hush();
  expect(await first).toBe(false);
  const second = player.say(packets([1], 960));
  player.close();
  expect(await second).toBe(false);
  expect(await player.say(packets([1], 960))).toBe(false);
  expect(ticking()).toBe(false);
});

test('the clock catches up with late timers, and lets a long standstill go', () => {
  vi.useFakeTimers();
  try {
    let nowMs = 0;
    const clock = createMediaClock(() => nowMs);
    let ticks = 0;
    const stop = clock.onTick(() => {
      ticks += 1;
    });
    for (const late of [27, 25, 31, 22, 45]) {
      nowMs += late;
      vi.runOnlyPendingTimers();
    }
    expect(ticks).toBe(Math.floor(nowMs / 20));
    nowMs += 60_000;
    vi.runOnlyPendingTimers();
    expect(ticks).toBeLessThan(10);
    stop();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
