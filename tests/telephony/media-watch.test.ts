// When a path counts as broken and a call as lost: judged by ICE and RTP over turned time, whatever the SIP link does.
import { expect, it } from 'vitest';
import {
  createMediaWatch,
  type MediaSight,
  type MediaVerdict,
  type MediaWatch,
} from '../../src-main/telephony/media-watch.ts';

/** Looks once a second; gives each verdict but 'lives' with the second it fell in. */
function over(
  watch: MediaWatch,
  seconds: number,
  sight: (second: number) => MediaSight,
): [number, MediaVerdict][] {
  const told: [number, MediaVerdict][] = [];
  for (let second = 1; second <= seconds; second += 1) {
    const verdict = watch.look(sight(second), 1_000);
    if (verdict !== 'lives') told.push([second, verdict]);
  }
  return told;
}

const heard = (second: number): MediaSight => ({
  connectionState: 'connected',
  packetsReceived: 50 * second,
});
const silent = (connectionState: MediaSight['connectionState']) => (): MediaSight => ({
  connectionState,
  packetsReceived: 50,
});

it('lets a call live for 120 s and longer in which only the hub is away: nothing is asked of the SIP link', () => {
  expect(over(createMediaWatch(0), 600, heard)).toEqual([]);
});

it('lets a call live in which nobody speaks or sends: consent alone keeps it', () => {
  expect(over(createMediaWatch(0), 600, silent('connected'))).toEqual([]);
});

it('has ICE restarted two seconds after the path broke, later at the called end, and again while it stays broken', () => {
  expect(over(createMediaWatch(0), 15, silent('disconnected'))).toEqual([
    [2, 'restartIce'],
    [8, 'restartIce'],
    [14, 'restartIce'],
  ]);
  expect(over(createMediaWatch(2_000), 5, silent('disconnected'))).toEqual([[4, 'restartIce']]);
});

it('calls it lost 20 s after ICE has failed, whatever the restarts bring up in between', () => {
  const told = over(createMediaWatch(0), 60, (second) => ({
    connectionState: second < 6 ? 'disconnected' : second % 3 === 0 ? 'connecting' : 'failed',
    packetsReceived: 50,
  }));
  expect(told.find(([, verdict]) => verdict === 'lost')).toEqual([26, 'lost']);
});

it('calls it lost after 45 s where ICE never says that it failed', () => {
  const told = over(createMediaWatch(0), 60, silent('connecting'));
  expect(told[0]).toEqual([45, 'lost']);
});

it('begins to count anew as soon as anything is heard, or another connection took its place', () => {
  const watch = createMediaWatch(0);
  expect(over(watch, 19, silent('failed')).map(([, verdict]) => verdict)).not.toContain('lost');
  watch.look({ connectionState: 'failed', packetsReceived: 51 }, 1_000);
  expect(over(watch, 19, () => ({ connectionState: 'failed', packetsReceived: 51 })).at(-1)?.[1]).not.toBe(
    'lost',
  );
  watch.beginAnew();
  expect(over(watch, 19, silent('failed')).map(([, verdict]) => verdict)).not.toContain('lost');
});

const failed = (away: 'here' | 'there' | null) => (): MediaSight => ({
  connectionState: 'failed',
  packetsReceived: 50,
  away,
});
const lost = (told: [number, MediaVerdict][]) => told.find(([, verdict]) => verdict === 'lost')?.[0] ?? null;

it.each(['here', 'there'] as const)(
  'keeps a call for 120 s and longer while the network %s is away, tries again all the while, and gives it up in the end',
  (away) => {
    const told = over(createMediaWatch(0), 300, failed(away));
    expect(lost(told)).toBe(165);
    expect(told.filter(([second, verdict]) => verdict === 'restartIce' && second < 165).length).toBe(28);
  },
);

it('gives both ends 20 s to find a path once the network is back, and then counts a far end that is gone as gone', () => {
  const back = (awayFor: number, heardAt: number | null) =>
    over(createMediaWatch(0), 300, (second) => {
      if (heardAt !== null && second >= heardAt)
        return { connectionState: 'connected', packetsReceived: second };
      return failed(second <= awayFor ? 'here' : null)();
    });
  expect(lost(back(120, 125))).toBeNull();
  expect(lost(back(120, null))).toBe(140);
});

it('does not let a network that comes and goes keep a call for ever', () => {
  const told = over(createMediaWatch(0), 600, (second) => failed(second % 10 === 0 ? null : 'there')());
  expect(lost(told)).toBe(183);
});
