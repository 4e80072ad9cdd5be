// What every media end offers to the hub, and how it tells callers that a machine answered.
import type { MediaUserAgent } from './sip/media-user-agent.ts';

/** In the 200 of a voicemail end. Scripted callers leave a message where they see it; anyone else may ignore it. */
export const answeredByHeader = 'X-Offhook-Answered-By';
export const answeredByVoicemail = 'voicemail';

/** `registered` resolves when calls can come in; `close` ends its calls with BYE and unregisters. */
export type MediaEnd = Pick<MediaUserAgent, 'registered' | 'callCount' | 'close'>;
