// What travels: three kinds of frame. Parsed at every border before anything else looks at it.
import { z } from 'zod';

const frameId = z.int().nonnegative();
const name = z.string().min(1).max(100);

/** Frames that a serving side accepts. */
export const callFrame = z.strictObject({ kind: z.literal('call'), id: frameId, name, payload: z.unknown() });
const replyFrame = z.strictObject({ kind: z.literal('reply'), id: frameId, payload: z.unknown() });
const refusalFrame = z.strictObject({
  kind: z.literal('refusal'),
  id: frameId,
  reason: z.string().min(1).max(100),
  message: z.string().max(2000),
});
const eventFrame = z.strictObject({ kind: z.literal('event'), name, payload: z.unknown() });

/** Frames that an asking side accepts. */
export const answerFrame = z.discriminatedUnion('kind', [replyFrame, refusalFrame, eventFrame]);
