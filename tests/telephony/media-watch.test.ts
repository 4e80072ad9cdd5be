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
