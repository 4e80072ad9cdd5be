// CALL-21: what quitting by hand does while its person is still Available. The dialog and the hub are played.
import { expect, it } from 'vitest';
import type { OtherDevice } from '#shared/hub/account-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import {
  asksAtQuit,
  type QuitAnswer,
  type QuitQuestion,
  quittingByHand,
} from '../../src-main/session/quitting.ts';
import { recordingLog } from '../support/recording-log.ts';

const mobile: OtherDevice = { make: 'other', label: 'Mobile' };
const hubAway = () => Promise.reject(new CommandFailed('hubAway', 'The team server cannot be reached.'));

function desk(
  answers: QuitAnswer[],
  over: { available?: boolean; away?: boolean; offlineFails?: number } = {},
) {
  const happened: string[] = [];
  const asked: QuitQuestion[] = [];
  let available = over.available ?? true;
  let offlineFails = over.offlineFails ?? 0;
  const quit = quittingByHand({
    stillAvailable: () => available,
    otherDevices: () => (over.away ? hubAway() : Promise.resolve([mobile])),
    setOffline() {
      if (offlineFails-- > 0) return hubAway();
      available = false;
      happened.push('offline');
      return Promise.resolve();
    },
    ask(question) {
      asked.push(question);
      const answer = answers.shift();
      if (answer === undefined) throw new Error('Asked once too often');
      return Promise.resolve(answer);
    },
    quit: () => void happened.push('quit'),
    log: recordingLog(),
  });
  return { quit, happened, asked };
}

it.each([
  ['offlineAndQuit', ['offline', 'quit']],
  ['quit', ['quit']],
  ['stay', []],
] as const)(
  'CALL-21: quitting while still Available says which devices ring on, and %s does that',
  async (answer, result) => {
    const { quit, happened, asked } = desk([answer]);
    await quit();
    expect(asked).toEqual([{ others: [mobile], offlineRefused: false }]);
    expect(happened).toEqual(result);
  },
);

it('CALL-21: whoever is not Available, or signed out, quits without a question', async () => {
  const { quit, happened, asked } = desk([], { available: false });
  await quit();
  expect([happened, asked]).toEqual([['quit'], []]);
});

it('CALL-21: a hub that is away keeps nobody from quitting, and the question says that it is not known', async () => {
  const { quit, happened, asked } = desk(['quit'], { away: true });
  await quit();
  expect(asked).toEqual([{ others: null, offlineRefused: false }]);
  expect(happened).toEqual(['quit']);
});

it('CALL-21: where Offline cannot be set nobody is out unseen: it is asked once more', async () => {
  const { quit, happened, asked } = desk(['offlineAndQuit', 'stay'], { offlineFails: 1 });
  await quit();
  expect(asked.map(({ offlineRefused }) => offlineRefused)).toEqual([false, true]);
  expect(happened).toEqual([]);
});

it('asks once, however often Quit is chosen while the question is open', async () => {
  const { quit, happened, asked } = desk(['quit']);
  await Promise.all([quit(), quit()]);
  expect([asked.length, happened]).toEqual([1, ['quit']]);
});

it.each([
  ['Quit in the Dock asks', { platform: 'darwin', settled: false, computerEnds: false }, true],
  ['what was answered is not asked again', { platform: 'darwin', settled: true, computerEnds: false }, false],
  ['a Mac that shuts down is not held up', { platform: 'darwin', settled: false, computerEnds: true }, false],
  ['elsewhere only a signal comes so', { platform: 'linux', settled: false, computerEnds: false }, false],
] as const)('CALL-21: %s', (_, asked, asks) => {
  expect(asksAtQuit(asked)).toBe(asks);
});
