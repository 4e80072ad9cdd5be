// What it takes to say BYE in a call from another run of the program (RFC 3261 12). Told by telephony when a call is
// established, kept by dialog-store.ts, given back to telephony after a crash.
import { z } from 'zod';

export const sipDialog = z.object({
  callId: z.string(),
  localTag: z.string(),
  remoteTag: z.string(),
  localUri: z.string(),
  remoteUri: z.string(),
  remoteTarget: z.string(),
  /** Route header values, in order. */
  routes: z.array(z.string()).readonly(),
  /** Of the latest request that this side had sent by then. */
  cseq: z.number(),
});
export type SipDialog = z.output<typeof sipDialog>;
