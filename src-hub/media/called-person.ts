// Whoever is behind the trunk when an agent dials out in the practice mode: picks up after two rings and says hello.
// Used by scripted-callers.ts. Keeps no report: nobody waits for one.
import type { OpusAudio } from './ogg/ogg-opus-reader.ts';
import { prompt } from './prompts.ts';
import type { MediaLog } from './rtp/media-connection.ts';
import type { MediaCall } from './sip/media-call.ts';

const picksUpAfterMs = 4_000;
const longestCallMs = 10 * 60_000;

export function answerAsCalledPerson(call: MediaCall, log: MediaLog, speech: OpusAudio | undefined): void {
  let timer = setTimeout(() => call.answer(), picksUpAfterMs);
  call.listen({
    answered() {
      timer = setTimeout(() => call.hangUp(), longestCallMs);
      call.player
        .say((speech ?? prompt('called-1')).packets)
        .catch((error: unknown) => log.warn('practice: a called person lost the thread', { error }));
    },
    ended: () => clearTimeout(timer),
  });
}
