// Whoever is behind the trunk when an agent dials out in the practice mode: picks up after two rings and says hello, but for
// two, of whom one is always busy and one never there. Used by scripted-callers.ts. Keeps no report: nobody waits for one.
import type { OpusAudio } from './ogg/ogg-opus-reader.ts';
import { prompt } from './prompts.ts';
import type { MediaLog } from './rtp/media-connection.ts';
import type { MediaCall } from './sip/media-call.ts';

const picksUpAfterMs = 4_000;
const longestCallMs = 10 * 60_000;

/** Of practice/sample-records.ts. */
export const busyNumber = '+442079460199';
export const noAnswerNumber = '+12015550162';

/** RFC 3261 21.4.24. */
const busyHere = 486;

/** @param number who was called. */
export function answerAsCalledPerson(
  call: MediaCall,
  number: string,
  log: MediaLog,
  speech: OpusAudio | undefined,
): void {
  if (number === busyNumber) {
    call.refuse(busyHere);
    return;
  }
  if (number === noAnswerNumber) return;
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
