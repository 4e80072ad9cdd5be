// A loopback exchange for one file of tests of the media ends, and the ends on it; all are closed after the file.
import { afterAll, beforeAll } from 'vitest';
import { createScriptedCallers, type PracticeCallers } from '../../src-hub/media/scripted-callers.ts';
import { startVoicemailEnd } from '../../src-hub/media/voicemail-end.ts';
import { eventually } from './eventually.ts';
import { type ExchangeServer, type ExchangeServerOptions, startExchangeServer } from './exchange-server.ts';
import { accountAt, messageShelf } from './media-ends.ts';
import { recordingLog } from './recording-log.ts';
import { startTestAgent, type TestAgent } from './test-agent.ts';
import { decodeOggOpus, makeToneOpus, toneMs } from './tone.ts';

/** Calls are real-time, and other files share the processor: the waits within a test have deadlines of their own. */
export const mediaTestMs = 60_000;
/** What a second of real-time work may take while the computer is busy with other things. */
export const busyMs = 20_000;

interface VoicemailOptions {
  readonly endAfterSilenceMs?: number;
}

interface CallersOptions {
  readonly speech?: Uint8Array;
  readonly recordingsFolder?: string;
}

/** To be called once, at the top of a file of tests. */
export function prepareMediaStand(options: ExchangeServerOptions = {}) {
  const log = recordingLog();
  const open: { close(): Promise<void> }[] = [];
  let exchange: ExchangeServer | null = null;

  beforeAll(async () => {
    exchange = await startExchangeServer(options);
  });
  afterAll(async () => {
    await Promise.all(open.map((end) => end.close()));
    await exchange?.close();
  });

  function keepOpen<End extends { close(): Promise<void> }>(end: End): End {
    open.push(end);
    return end;
  }
  const account = (user: string) => accountAt(exchange?.webSocketUrl ?? '', user);

  return {
    log,
    account,
    keepOpen,
    /** Callers that dial `target`; every set of them is one more device of the trunk. */
    async callersTo(target: string, options: CallersOptions = {}): Promise<PracticeCallers> {
      const callers = keepOpen(
        createScriptedCallers({ account: account('trunk'), projectNumber: target, log, ...options }),
      );
      await callers.registered();
      return callers;
    },
    /** An agent whose microphone says 700 Hz, unless other speech is given. */
    async agentNamed(user: string, speech = makeToneOpus(700, 10)): Promise<TestAgent> {
      return keepOpen(await startTestAgent(account(user), speech, log));
    },
    async voicemailNamed(user: string, options: VoicemailOptions = {}) {
      const shelf = messageShelf();
      const voicemail = keepOpen(
        startVoicemailEnd({ account: account(user), messages: shelf, log, ...options }),
      );
      await voicemail.registered();
      return shelf;
    },
  };
}

/** Waits until something was heard for so long; a busy computer takes its time. */
export const hears = (what: string, heard: () => boolean) => eventually(what, heard, busyMs);

/** How long a tone is in what was heard, in ms; 0 where nothing was. */
export async function heardMs(oggOpus: Uint8Array | undefined, hertz: number): Promise<number> {
  return oggOpus ? toneMs(await decodeOggOpus(oggOpus), hertz) : 0;
}
