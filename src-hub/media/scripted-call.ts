// One scripted caller's one call: rings, talks as its script says (or leaves a message on a voicemail), notes what it
// hears and which keys were pressed, and reports at the end. Used by scripted-callers.ts.
import { randomUUID } from 'node:crypto';
import type { PracticeCallKind } from '#shared/desktop/settings-contract.ts';
import type { PracticeProgress } from '#shared/hub/hub-contract.ts';
import type { CallerScript } from './caller-script.ts';
import { answeredByHeader, answeredByVoicemail } from './media-end.ts';
import type { ScriptedCallReport } from './media-ports.ts';
import type { OpusAudio, OpusPacket } from './ogg/ogg-opus-reader.ts';
import { samplesPerFrame, silencePacket } from './ogg/opus-packet.ts';
import { prompt } from './prompts.ts';
import { Recorder } from './recorder.ts';
import type { MediaLog } from './rtp/media-connection.ts';
import type { CallEnded, MediaCall } from './sip/media-call.ts';
import type { MediaUserAgent } from './sip/media-user-agent.ts';

export type CallStep = PracticeProgress['happened'];

export interface ScriptedCall {
  readonly id: string;
  readonly callerNumber: string | null;
  /** The INVITE went out. Rejects where it could not. */
  readonly sent: Promise<void>;
  /** Resolves when the call has ended and its report is kept. */
  readonly report: Promise<ScriptedCallReport>;
  hangUp(): void;
}

export interface ScriptedCallOptions {
  readonly kind: PracticeCallKind;
  readonly script: CallerScript;
  readonly agent: MediaUserAgent;
  readonly projectNumber: string;
  /** Instead of the script's words. */
  readonly speech: OpusAudio | undefined;
  readonly nowMs: () => number;
  readonly log: MediaLog;
  readonly tell: (happened: CallStep) => void;
  /** Awaited before `report` resolves. */
  readonly finish: (report: ScriptedCallReport) => Promise<void>;
}

/** A caller who is never answered gives up in the end, and one who is forgotten in a call hangs up. */
const longestRingingMs = 180_000;
const longestCallMs = 10 * 60_000;
/** Whoever is in a hurry does not wait long for the first ring either: the only device may have died before it rang. */
const longestUnheardMs = 12_000;
const pauseBetweenLinesMs = 3_000;
/** On a voicemail: the greeting is over when it has been quiet for this long after being heard. */
const greetingOverAfterMs = 700;
const longestGreetingMs = 15_000;
const longestSpokenMessageMs = 8_000;
const listenEveryMs = 100;

export function placeScriptedCall(options: ScriptedCallOptions): ScriptedCall {
  const { kind, script, nowMs, tell } = options;
  const recorder = new Recorder({ nowMs, longestMs: longestCallMs });
  const sent = Promise.withResolvers<void>();
  const report = Promise.withResolvers<ScriptedCallReport>();
  let answeredAtMs: number | null = null;
  let onVoicemail = false;
  let gaveUp = false;
  let rang = false;
  let dtmf = '';
  let patience: NodeJS.Timeout | undefined;

  const call = options.agent.call(options.projectNumber, {
    from: script.callerNumber ?? 'withheld',
    // RFC 5806: who diverted the call, why, and how often.
    extraHeaders: script.divertedBy
      ? [`Diversion: <sip:${script.divertedBy}@trunk.invalid>;reason=unconditional;counter=1`]
      : [],
  });

  function loseItAfter(ms: number): void {
    clearTimeout(patience);
    patience = setTimeout(giveUp, ms);
  }

  function giveUp(): void {
    gaveUp = answeredAtMs === null;
    call.hangUp();
  }

  async function end({ status }: CallEnded): Promise<void> {
    clearTimeout(patience);
    sent.resolve();
    const { oggOpus } = recorder.finish({ tailMs: Number.POSITIVE_INFINITY });
    const made: ScriptedCallReport = {
      kind,
      callerNumber: script.callerNumber,
      outcome:
        answeredAtMs === null ? (gaveUp ? 'gaveUp' : 'refused') : onVoicemail ? 'voicemail' : 'answered',
      status: answeredAtMs === null && !gaveUp ? status : null,
      answeredAtMs,
      endedAtMs: nowMs(),
      dtmf,
      heardOggOpus: oggOpus,
    };
    await options
      .finish(made)
      .catch((error: unknown) => options.log.warn('practice: a report could not be kept', { error }));
    report.resolve(made);
  }

  call.listen({
    sending() {
      sent.resolve();
      tell({ step: 'calling' });
      loseItAfter(script.givesUpAfterMs === null ? longestRingingMs : longestUnheardMs);
    },
    ringing() {
      // Every device that rings says so; patience counts from the first.
      if (rang) return;
      rang = true;
      tell({ step: 'ringing' });
      if (script.givesUpAfterMs !== null) loseItAfter(script.givesUpAfterMs);
    },
    answered(header) {
      answeredAtMs = nowMs();
      onVoicemail = header(answeredByHeader) === answeredByVoicemail;
      tell({ step: 'answered', by: onVoicemail ? 'voicemail' : 'person' });
      loseItAfter(longestCallMs);
      const talk = onVoicemail
        ? leaveMessage(call, recorder, options)
        : talkToPerson(call, script, options.speech);
      talk.catch((error: unknown) => options.log.warn('practice: a caller lost the thread', { error }));
    },
    audio: (audio) => recorder.receive(audio),
    digit(digit) {
      dtmf += digit;
      tell({ step: 'dtmfHeard', digit });
    },
    ended(ended) {
      // `end` catches what can fail in it.
      void end(ended);
    },
  });

  return {
    id: `${nowMs()}-${kind}-${randomUUID().slice(0, 8)}`,
    callerNumber: script.callerNumber,
    sent: sent.promise,
    report: report.promise,
    hangUp: giveUp,
  };
}

/** Says its lines, then waits. A trainer's recording is said again and again. */
async function talkToPerson(
  call: MediaCall,
  script: CallerScript,
  speech: OpusAudio | undefined,
): Promise<void> {
  if (speech) {
    while (await call.player.say(speech.packets));
    return;
  }
  for (const line of script.lines) {
    await call.player.say(prompt(line).packets);
    await call.player.say(quiet(pauseBetweenLinesMs));
  }
}

/** Waits for the greeting and the tone to pass, says the message once and hangs up. */
async function leaveMessage(
  call: MediaCall,
  recorder: Recorder,
  { script, speech, nowMs }: ScriptedCallOptions,
): Promise<void> {
  const answeredAtMs = nowMs();
  let heardAtMs: number | null = null;
  let quietLooks = 0;
  await new Promise<void>((resolve) => {
    const listening = setInterval(() => {
      // Looks are counted, not time: a computer that stands still for a moment hears nothing either.
      const isQuiet = heardAtMs !== null && recorder.lastSoundAtMs === heardAtMs;
      quietLooks = isQuiet ? quietLooks + 1 : 0;
      heardAtMs = recorder.lastSoundAtMs;
      const over = quietLooks * listenEveryMs >= greetingOverAfterMs;
      if (!over && !call.hasEnded && nowMs() - answeredAtMs < longestGreetingMs) return;
      clearInterval(listening);
      resolve();
    }, listenEveryMs);
  });
  const words = speech?.packets ?? prompt(script.message).packets;
  await call.player.say([...beginning(words, longestSpokenMessageMs), ...quiet(greetingOverAfterMs)]);
  call.hangUp();
}

function beginning(packets: readonly OpusPacket[], lengthMs: number): readonly OpusPacket[] {
  let samples = 0;
  return packets.filter((packet) => {
    samples += packet.samples;
    return samples <= lengthMs * 48;
  });
}

function quiet(lengthMs: number): readonly OpusPacket[] {
  const frame = { bytes: silencePacket, samples: samplesPerFrame };
  return new Array<OpusPacket>(Math.round((lengthMs * 48) / samplesPerFrame)).fill(frame);
}
