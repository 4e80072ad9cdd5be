// How often desktops that look are told of presence: ten frames a second at the most, the latest of each person, also in a
// company of 500. How long it takes is measured by bench/hub.bench.ts.
import { expect, it } from 'vitest';
import { type UserId, userId } from '#shared/domain/ids.ts';
import type { PersonPresence } from '#shared/domain/person.ts';
import { PresenceBoard } from '../../../src-hub/directory/presence-board.ts';
import { HandClock } from '../support.ts';

const mia = userId.parse('mia');
const noah = userId.parse('noah');

function boardOn(clock: HandClock) {
  const frames: { atMs: number; told: readonly PersonPresence[] }[] = [];
  const now = new Map<UserId, Omit<PersonPresence, 'activitySinceMs'>>();
  const startMs = clock.nowMs();
  const board = new PresenceBoard({
    clock,
    look: (id) => now.get(id) ?? null,
    tell: (told) => frames.push({ atMs: clock.nowMs() - startMs, told }),
  });
  const change = (id: UserId, over: Partial<PersonPresence>) => {
    const { activitySinceMs, ...rest } = {
      userId: id,
      status: 'available' as const,
      labelId: null,
      sinceMs: startMs,
      activity: 'free' as const,
      activitySinceMs: startMs,
      reachable: true,
      ...now.get(id),
      ...over,
    };
    now.set(id, rest);
    board.changed(id);
  };
  return { board, change, frames };
}

it('tells a first change at once, and the next ones together a tenth of a second later', () => {
  const clock = new HandClock();
  const { board, change, frames } = boardOn(clock);
  change(mia, { status: 'away' });
  clock.advance(0);
  for (let step = 0; step < 9; step += 1) {
    change(mia, { status: step % 2 === 0 ? 'busy' : 'available' });
    change(noah, { activity: step % 2 === 0 ? 'onCall' : 'free' });
    clock.advance(10);
  }
  clock.advance(10);
  board.close();
  expect(frames.map(({ atMs }) => atMs)).toEqual([0, 100]);
  expect(frames[1]?.told).toMatchObject([
    { userId: mia, status: 'busy' },
    { userId: noah, activity: 'onCall' },
  ]);
});

it('says nothing where all is as it was, and since when somebody does what they do', () => {
  const clock = new HandClock();
  const { board, change, frames } = boardOn(clock);
  change(mia, {});
  clock.advance(1_000);
  change(mia, {});
  clock.advance(1_000);
  change(mia, { activity: 'onCall' });
  clock.advance(1_000);
  change(mia, { status: 'away' });
  clock.advance(1_000);
  board.close();
  expect(frames.map(({ told }) => told[0]?.activity)).toEqual(['free', 'onCall', 'onCall']);
  expect(frames[2]?.told[0]?.activitySinceMs).toBe(frames[1]?.told[0]?.activitySinceMs);
});

it('leaves nobody waiting for longer than a frame while 500 people change all the time', () => {
  const clock = new HandClock();
  const { board, change, frames } = boardOn(clock);
  const people = Array.from({ length: 500 }, (_, at) => userId.parse(`agent-${at}`));
  const changedAtMs = new Map<UserId, number>();
  const lateMs: number[] = [];
  let seen = 0;
  for (let step = 0; step < 100; step += 1) {
    for (let each = 0; each < 20; each += 1) {
      const id = people[(step * 20 + each) % people.length] ?? mia;
      if (!changedAtMs.has(id)) changedAtMs.set(id, step * 10);
      change(id, { activity: step % 50 < 25 ? 'onCall' : 'free' });
    }
    clock.advance(10);
    for (const { atMs, told } of frames.slice(seen)) {
      for (const { userId: id } of told) {
        lateMs.push(atMs - (changedAtMs.get(id) ?? 0));
        changedAtMs.delete(id);
      }
    }
    seen = frames.length;
  }
  board.close();
  expect(frames.length).toBeLessThanOrEqual(11);
  expect(lateMs.length).toBeGreaterThan(1_500);
  expect(Math.max(...lateMs)).toBeLessThanOrEqual(100);
});
