// The echo test: answers, says a few words, then sends back what it hears. Started by the hub as SIP user `echo`.
import type { MediaEnd } from './media-end.ts';
import type { MediaEndAccount } from './media-ports.ts';
import { opusPacketSamples } from './ogg/opus-packet.ts';
import { prompt } from './prompts.ts';
import { promptDbov } from './rtp/audio-level.ts';
import type { MediaLog, ReceivedAudio } from './rtp/media-connection.ts';
import type { MediaCall } from './sip/media-call.ts';
import { createMediaUserAgent } from './sip/media-user-agent.ts';

export interface EchoEndOptions {
  readonly account: MediaEndAccount;
  readonly log: MediaLog;
}

/** A test that nobody ends would otherwise go on for ever. */
const longestCallMs = 10 * 60_000;

export function startEchoEnd({ account, log }: EchoEndOptions): MediaEnd {
  return createMediaUserAgent({
    account,
    log,
    onCall: ({ call }) => echo(call, log),
  });
}

function echo(call: MediaCall, log: MediaLog): void {
  let greeted = false;
  const tooLong = setTimeout(() => call.hangUp(), longestCallMs);
  call.listen({
    answered() {
      const greeting = [...prompt('echo-greeting').packets, ...prompt('tone').packets];
      call.player
        .say(greeting)
        .then((finished) => {
          greeted = finished;
        })
        .catch((error: unknown) => log.warn('echo: the greeting failed', { error }));
    },
    audio(audio) {
      if (greeted) sendBack(call, audio);
    },
    ended: () => clearTimeout(tooLong),
  });
  call.answer();
}

/** Through the player, so that the answer keeps one rhythm with the greeting before it. */
function sendBack(call: MediaCall, { payload, levelDbov }: ReceivedAudio): void {
  const samples = opusPacketSamples(payload);
  // The received bytes are a view of a buffer that is used again.
  if (samples > 0) {
    call.player.passOn({ bytes: Uint8Array.from(payload), samples, levelDbov: levelDbov ?? promptDbov });
  }
}
