// Voicemail: answers, greets, beeps, records until the caller hangs up, falls silent or has said enough, and hands
// the message to the hub. Started by the hub as SIP user `voicemail`; takes any number of calls at once.
import { answeredByHeader, answeredByVoicemail, type MediaEnd } from './media-end.ts';
import type { MediaEndAccount, MessageInHand, MessageKeeper } from './media-ports.ts';
import { prompt } from './prompts.ts';
import { Recorder } from './recorder.ts';
import type { MediaLog } from './rtp/media-connection.ts';
import { createMediaUserAgent, type IncomingCall } from './sip/media-user-agent.ts';

export interface VoicemailEndOptions {
  readonly account: MediaEndAccount;
  readonly messages: MessageKeeper;
  readonly log: MediaLog;
  readonly nowMs?: () => number;
  readonly longestMessageMs?: number;
  /** A caller who says nothing for this long has finished. */
  readonly endAfterSilenceMs?: number;
}

const defaults = { longestMessageMs: 180_000, endAfterSilenceMs: 6_000 };
/** Less speech than this is somebody who hung up on the greeting: no message. */
const shortestMessageMs = 1_000;
/** Silence kept after the last word. */
const tailMs = 500;
const checkEveryMs = 250;
export const mailboxHeader = 'X-Offhook-Mailbox';

/** `close` waits until messages in hand are kept. */
export function startVoicemailEnd(options: VoicemailEndOptions): MediaEnd {
  const keeping = new Set<Promise<void>>();
  const agent = createMediaUserAgent({
    account: options.account,
    log: options.log,
    onCall(incoming) {
      const kept = takeMessage(incoming, options)
        .catch((error: unknown) => options.log.warn('voicemail: a message could not be kept', { error }))
        .finally(() => keeping.delete(kept));
      keeping.add(kept);
    },
  });
  return {
    registered: () => agent.registered(),
    callCount: () => agent.callCount(),
    async close() {
      await agent.close();
      await Promise.all(keeping);
    },
  };
}

/** One call from answer to end. Resolves when its message is on disk, or when there is none. */
async function takeMessage(incoming: IncomingCall, options: VoicemailEndOptions): Promise<void> {
  const { call, callerNumber, callerName } = incoming;
  const nowMs = options.nowMs ?? Date.now;
  let inHand: MessageInHand | null = null;
  const recorder = new Recorder({
    nowMs,
    longestMs: options.longestMessageMs ?? defaults.longestMessageMs,
    onPages: (oggPages) => inHand?.append(oggPages),
  });
  let recordingSinceMs: number | null = null;

  const answered = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  call.listen({
    answered: () => answered.resolve(),
    audio(audio) {
      if (recordingSinceMs !== null) recorder.receive(audio);
    },
    ended: () => ended.resolve(),
  });
  call.answer([`${answeredByHeader}: ${answeredByVoicemail}`]);
  await Promise.race([answered.promise, ended.promise]);

  const greeted = await call.player.say([...prompt('voicemail-greeting').packets, ...prompt('tone').packets]);
  if (!greeted) return;
  const leftAtMs = nowMs();
  const mailbox = incoming.header(mailboxHeader)?.trim() ?? '';
  const message = options.messages.begin({ mailbox, callerNumber, callerName, leftAtMs });
  inHand = message;
  recordingSinceMs = leftAtMs;
  const watch = setInterval(() => {
    const quietSinceMs = recorder.lastSoundAtMs ?? leftAtMs;
    const longestSilenceMs = options.endAfterSilenceMs ?? defaults.endAfterSilenceMs;
    const longestMs = options.longestMessageMs ?? defaults.longestMessageMs;
    if (nowMs() - quietSinceMs >= longestSilenceMs || nowMs() - leftAtMs >= longestMs) call.hangUp();
  }, checkEveryMs);
  await ended.promise;
  clearInterval(watch);

  const { oggOpus, durationMs, soundMs } = recorder.finish({ tailMs });
  if (soundMs < shortestMessageMs) {
    options.log.info('voicemail: nothing was said', { durationMs, soundMs });
    await message.drop();
    return;
  }
  await message.keep({ durationMs, oggOpus });
}
