// The caller of a benchmark: a media end of the hub's house, signed in as a colleague, who dials an extension and says a
// steady tone as soon as the call is answered. Stamps the first sound that it hears.
import { readOggOpus } from '../../src-hub/media/ogg/ogg-opus-reader.ts';
import { isSound } from '../../src-hub/media/rtp/audio-level.ts';
import type { MediaCall } from '../../src-hub/media/sip/media-call.ts';
import { createMediaUserAgent, type MediaUserAgent } from '../../src-hub/media/sip/media-user-agent.ts';
import { makeToneOpus } from '../../tests/support/tone.ts';
import type { SignedIn } from './bench-hub.ts';

export interface BenchCall {
  readonly call: MediaCall;
  /** Wall clock. Rejects where the call ends first. */
  readonly ringing: Promise<number>;
  readonly answered: Promise<number>;
  readonly heard: Promise<number>;
  readonly ended: Promise<{ readonly status: number | null; readonly answered: boolean }>;
  /** Keys that were pressed at the other end. */
  digits(): string;
}

export interface BenchCaller {
  readonly agent: MediaUserAgent;
  dial(extension: string): BenchCall;
  /** Hangs up what still runs, and resolves when every call has ended. */
  allEnded(): Promise<void>;
}

const now = () => performance.timeOrigin + performance.now();
const tone = readOggOpus(makeToneOpus(440, 20)).packets;

export async function startBenchCaller({ sip, extension: own }: SignedIn): Promise<BenchCaller> {
  const agent = createMediaUserAgent({
    account: sip,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  await agent.registered();
  const running = new Set<BenchCall>();
  return {
    agent,
    dial(extension) {
      const made = follow(agent.call(extension, { from: own, extraHeaders: [] }));
      running.add(made);
      void made.ended.then(() => running.delete(made));
      return made;
    },
    async allEnded() {
      const left = [...running];
      for (const { call } of left) call.hangUp();
      await Promise.all(left.map(({ ended }) => ended));
    },
  };
}

function follow(call: MediaCall): BenchCall {
  const ringing = Promise.withResolvers<number>();
  const answered = Promise.withResolvers<number>();
  const heard = Promise.withResolvers<number>();
  const ended = Promise.withResolvers<{ status: number | null; answered: boolean }>();
  let digits = '';
  // Whoever waits for one of them is told; nobody has to wait for all.
  for (const each of [ringing, answered, heard]) each.promise.catch(() => undefined);
  call.listen({
    ringing: () => ringing.resolve(now()),
    answered() {
      answered.resolve(now());
      void call.player.say(tone);
    },
    audio(audio) {
      if (isSound(audio)) heard.resolve(now());
    },
    digit(digit) {
      digits += digit;
    },
    ended(how) {
      const over = new Error(`The call ended: ${JSON.stringify(how)}`);
      for (const each of [ringing, answered, heard]) each.reject(over);
      ended.resolve(how);
    },
  });
  return {
    call,
    ringing: ringing.promise,
    answered: answered.promise,
    heard: heard.promise,
    ended: ended.promise,
    digits: () => digits,
  };
}
