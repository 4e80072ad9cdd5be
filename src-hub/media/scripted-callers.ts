// The practice mode's callers: real SIP calls over the exchange's trunk account, with real speech. Built by the practice
// hub; started from the app's menu, from the command line, and by tests. Who calls and says what: caller-script.ts.
import type { PracticeCallKind } from '#shared/desktop/settings-contract.ts';
import type { PracticeProgress } from '#shared/hub/hub-contract.ts';
import { answerAsCalledPerson } from './called-person.ts';
import { callerScripts } from './caller-script.ts';
import type { MediaEnd } from './media-end.ts';
import type { MediaEndAccount, ScriptedCallers } from './media-ports.ts';
import { type OpusAudio, readOggOpus } from './ogg/ogg-opus-reader.ts';
import { keepReport } from './practice-recordings.ts';
import type { MediaLog } from './rtp/media-connection.ts';
import { type CallStep, placeScriptedCall, type ScriptedCall } from './scripted-call.ts';
import { createMediaUserAgent } from './sip/media-user-agent.ts';

export interface ScriptedCallersOptions {
  /** The trunk: calls from outside come from it, calls to outside go to it. */
  readonly account: MediaEndAccount;
  /** The practice project's number, which the callers dial. */
  readonly projectNumber: string;
  readonly log: MediaLog;
  /** An Ogg Opus file that every caller speaks, again and again, instead of the prompts. */
  readonly speech?: Uint8Array;
  /** Where each call's report is kept as <id>.json with <id>.opus, what the caller heard. */
  readonly recordingsFolder?: string;
  readonly nowMs?: () => number;
}

export interface PlaceOptions {
  /** Overrides the speech of ScriptedCallersOptions for this call. */
  readonly speech?: Uint8Array;
  readonly onProgress?: (progress: PracticeProgress) => void;
}

export interface PracticeCallers extends ScriptedCallers, MediaEnd {
  /** Starts the calls of a kind at once, without waiting for the link. Throws NotOggOpus for unusable speech. */
  place(kind: PracticeCallKind, options?: PlaceOptions): readonly ScriptedCall[];
}

const linkWithinMs = 5_000;

/** Throws NotOggOpus where `speech` cannot be spoken. */
export function createScriptedCallers(options: ScriptedCallersOptions): PracticeCallers {
  const ownSpeech = options.speech && readOggOpus(options.speech);
  const nowMs = options.nowMs ?? Date.now;
  const line = { account: options.account, log: options.log, mayBeTransferred: true, waits: true };
  const agent = createMediaUserAgent({ ...line, callsOnly: true });
  // A user agent of their own: JsSIP takes a call that it made itself for a loop, and a caller may be transferred to one.
  const calledPeople = createMediaUserAgent({
    ...line,
    onCall: ({ call, calledNumber }) => answerAsCalledPerson(call, calledNumber, options.log, ownSpeech),
  });
  const running = new Set<ScriptedCall>();

  function place(kind: PracticeCallKind, { speech, onProgress }: PlaceOptions = {}): readonly ScriptedCall[] {
    const words: OpusAudio | undefined = speech ? readOggOpus(speech) : ownSpeech;
    const scripts = callerScripts[kind];
    let talking = scripts.length;
    return scripts.map((script, index) => {
      const line = index + 1;
      const tell = (happened: CallStep, allEnded: boolean) =>
        onProgress?.({ line, callerNumber: script.callerNumber, happened, allEnded });
      const call = placeScriptedCall({
        kind,
        script,
        agent,
        projectNumber: options.projectNumber,
        speech: words,
        nowMs,
        log: options.log,
        tell: (happened) => tell(happened, false),
        async finish(report) {
          if (options.recordingsFolder) await keepReport(options.recordingsFolder, call.id, report);
          running.delete(call);
          talking -= 1;
          tell({ step: 'ended', outcome: report.outcome, status: report.status }, talking === 0);
        },
      });
      running.add(call);
      return call;
    });
  }

  return {
    place,
    async registered() {
      await Promise.all([agent.registered(), calledPeople.registered()]);
    },
    callCount: () => agent.callCount() + calledPeople.callCount(),
    async call(kind, onProgress) {
      await within(linkWithinMs, agent.registered());
      const calls = place(kind, { onProgress });
      await calls[0]?.sent;
    },
    async close() {
      const ended = [...running].map(({ report }) => report);
      await Promise.all([agent.close(), calledPeople.close()]);
      await Promise.all(ended);
    },
  };
}

async function within(limitMs: number, promise: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the exchange cannot be reached')), limitMs);
  });
  await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
