// `npm run practice-call -- <kind>`: lets a scripted caller ring the practice project of the app that runs on this
// computer, and prints how the call fares until it has ended. Finds the app's practice hub by its practice-hub.json.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import WebSocket from 'ws';
import { type PracticeCallKind, practiceCallKind } from '#shared/desktop/settings-contract.ts';
import { assertNever } from '#shared/domain/assert-never.ts';
import { hubContract, type PracticeProgress } from '#shared/hub/hub-contract.ts';
import { contractHeader, contractVersion } from '#shared/hub/hub-handshake.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { connect } from '#shared/wire/connect.ts';
import { readPracticeHubFile } from '../src-hub/practice/practice-hub-file.ts';
import { webSocketPort } from '../src-hub/wire/web-socket-port.ts';
import { usualDataFolder } from './setup/places.mjs';

const kinds: Readonly<Record<PracticeCallKind, readonly [word: string, what: string]>> = {
  knownCustomer: ['known-customer', 'Maya Lindqvist, a customer with a record'],
  unknownNumber: ['unknown-number', 'a number without a record'],
  withheldNumber: ['withheld-number', 'someone who hides the number'],
  redirected: ['redirected', 'a call that another number sent on'],
  hangsUpAfterFiveSeconds: ['hangs-up-after-five-seconds', 'someone who gives up when not answered'],
  twoAtOnce: ['two-at-once', 'two customers at the same moment'],
};
const whyVoicemail =
  'nobody was Available, or nobody took the call (rung is who is signed in to the app and Available)';
const usage = 2;
const handshakeTimeoutMs = 4_000;

process.exitCode = await main();

async function main(): Promise<number> {
  const asked = readArguments();
  if ('problem' in asked) {
    if (asked.problem) console.error(`${asked.problem}\n`);
    console.log(help());
    return asked.problem ? usage : 0;
  }
  const dataDirectory = join(asked.userDataDirectory, 'practice-hub');
  const hub = readPracticeHubFile(dataDirectory);
  const ws = hub && (await open(hub.url, hub.accessToken));
  if (!ws) {
    console.error(
      'No practice hub runs here: nothing was called. Start the app with `npm start` and try again' +
        ` (looked in ${dataDirectory}; --user-data-dir=DIR looks elsewhere).`,
    );
    return 1;
  }
  return await followCall(ws, asked.kind);
}

function readArguments(): { kind: PracticeCallKind; userDataDirectory: string } | { problem: string | null } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, 'user-data-dir': { type: 'string' } },
    });
    if (values.help) return { problem: null };
    const [word, ...more] = positionals;
    if (word === undefined || more.length > 0) return { problem: 'Say one kind of call.' };
    const kind = practiceCallKind.options.find((each) => each === word || kinds[each][0] === word);
    if (!kind) return { problem: `"${word}" is no kind of call.` };
    return { kind, userDataDirectory: resolve(values['user-data-dir'] ?? usualDataFolder()) };
  } catch (error) {
    // parseArgs says what it did not understand.
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function help(): string {
  const longest = Math.max(...Object.values(kinds).map(([word]) => word.length));
  return [
    'Usage: npm run practice-call -- <kind> [--user-data-dir=DIR]',
    '',
    'Rings the practice project of the app that runs on this computer. Kinds:',
    ...Object.values(kinds).map(([word, what]) => `  ${word.padEnd(longest)}  ${what}`),
  ].join('\n');
}

/** Null where nobody answers there, or somebody else: the file is then a left-over of a crash. */
function open(url: string, accessToken: string): Promise<WebSocket | null> {
  const ws = new WebSocket(new URL('/hub', url), {
    headers: { authorization: `Bearer ${accessToken}`, [contractHeader]: String(contractVersion) },
    handshakeTimeout: handshakeTimeoutMs,
    perMessageDeflate: false,
  });
  return new Promise((done) => {
    ws.once('open', () => done(ws));
    // After 'open', 'close' follows and ends the call's story.
    ws.on('error', () => done(null));
  });
}

/** Prints until every line has ended. Returns the exit code: 0 where the calls were made, whatever became of them. */
async function followCall(ws: WebSocket, kind: PracticeCallKind): Promise<number> {
  const client = connect(hubContract, webSocketPort(ws), { warn: console.error, error: console.error });
  const startedAtMs = Date.now();
  const ended = new Promise<number>((done) => {
    let refused = false;
    client.on('practice.progress', (progress) => {
      const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1).padStart(5);
      const { happened } = progress;
      console.log(`${seconds} s  ${progress.callerNumber ?? 'withheld'}  ${wordsFor(happened)}`);
      refused ||= happened.step === 'ended' && happened.outcome === 'refused';
      if (progress.allEnded) done(refused ? 1 : 0);
    });
    ws.once('close', () => {
      console.error('The practice hub ended while the call was going on.');
      done(1);
    });
  });
  try {
    await client.call('practice.call', { kind });
    return await ended;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    console.error(`The call was not made (${error.reason}): ${error.message}`);
    return 1;
  } finally {
    ws.removeAllListeners('close');
    ws.close();
  }
}

function wordsFor(happened: PracticeProgress['happened']): string {
  switch (happened.step) {
    case 'calling':
      return 'calling';
    case 'ringing':
      return 'ringing';
    case 'answered':
      return happened.by === 'person' ? 'answered' : `answered by the voicemail: ${whyVoicemail}`;
    case 'dtmfHeard':
      return `heard key ${happened.digit}`;
    case 'ended':
      return `ended: ${outcomeWords(happened.outcome, happened.status)}`;
    default:
      return assertNever(happened);
  }
}

function outcomeWords(
  outcome: 'answered' | 'voicemail' | 'gaveUp' | 'refused',
  status: number | null,
): string {
  switch (outcome) {
    case 'answered':
      return 'had been answered';
    case 'voicemail':
      return 'reached the voicemail';
    case 'gaveUp':
      return 'the caller gave up';
    case 'refused':
      return `refused with ${status ?? 'no status'}`;
    default:
      return assertNever(outcome);
  }
}
