// What a waiting caller hears (TEAM-10): a soft tone now and then, as early media, until the exchange cancels the call
// because somebody answered. Never answers. Started by the hub as SIP user `queue`.
import type { MediaEnd } from './media-end.ts';
import type { MediaEndAccount } from './media-ports.ts';
import { prompt } from './prompts.ts';
import type { MediaLog } from './rtp/media-connection.ts';
import { createMediaUserAgent, type IncomingCall } from './sip/media-user-agent.ts';

export interface QueueEndOptions {
  readonly account: MediaEndAccount;
  readonly log: MediaLog;
}

export function startQueueEnd({ account, log }: QueueEndOptions): MediaEnd {
  return createMediaUserAgent({
    account,
    log,
    onCall(incoming) {
      sound(incoming).catch((error: unknown) => log.warn('queue: a caller waits in silence', { error }));
    },
  });
}

async function sound({ call, soundEarly }: IncomingCall): Promise<void> {
  await soundEarly();
  while (await call.player.say(prompt('comfort').packets));
}
