// REST on calls: those that came in, newest first, with each agent's offer, how it ended and why.
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { missedReason } from '#shared/domain/call-view.ts';
import { projectId, sipCallId, userId } from '#shared/domain/ids.ts';
import type { CallLogService } from '../calls/call-log-service.ts';
import type { LoggedCall, OfferOutcome } from '../calls/call-log-store.ts';
import type { RoutedOutcome } from '../database/tables.ts';
import { problem } from './problems.ts';
import { operation } from './rest-door.ts';

const offerOutcome = z.enum([
  'answered',
  'rangOut',
  'declined',
  'rejected',
  'answeredElsewhere',
  'declinedElsewhere',
  'abandoned',
  'noDevice',
  'ringing',
  'cutOff',
] satisfies readonly OfferOutcome[]);

const outcome = z.enum([
  'answered',
  'voicemail',
  'echo',
  'abandoned',
  'refused',
  'cutOff',
] satisfies readonly RoutedOutcome[]);

const call = z.object({
  sipCallId,
  atMs: z.number().describe('Milliseconds since 1970, as all times here'),
  destination: z.string().describe('What was called: project, user, echo, outside'),
  projectId: projectId.nullable(),
  callerNumber: z.string().nullable().describe('Null where withheld'),
  callerName: z.string().nullable(),
  redirectedFrom: z.string().nullable(),
  outcome: outcome.nullable().describe('Null while it is being routed'),
  queuedAtMs: z.number().nullable().describe('When it began to wait; null where it did not'),
  answeredBy: userId.nullable().describe('Null where nobody did, or a machine of the hub'),
  answeredAtMs: z.number().nullable(),
  endedAtMs: z.number().nullable().describe('Null while it goes on, and where nobody knows'),
  offers: z.array(
    z.object({
      userId,
      attempt: z.number().int().describe('Counts the offers of this call to this user'),
      beganAtMs: z.number(),
      outcome: offerOutcome,
      missedReason: missedReason.nullable().describe('Why the user did not take it'),
      endedAtMs: z.number().describe('Of one that rings: when that began'),
    }),
  ),
});

const question = z.object({
  cursor: z.string().max(500).optional().describe('nextCursor of the page before'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  fromMs: z.coerce.number().int().nonnegative().optional(),
  untilMs: z.coerce.number().int().nonnegative().optional().describe('Before this moment'),
  projectId: projectId.optional(),
  callerNumber: z.string().max(40).optional().describe('E.164, the whole of it'),
  userId: userId.optional().describe('Offered to this user'),
  outcome: outcome.optional(),
  offerOutcome: offerOutcome
    .optional()
    .describe('With an offer, to that user where one is named, that ended so'),
});

export function callRoutes(app: FastifyInstance, calls: CallLogService): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.get(
    '/calls',
    operation('listCalls', 'Calls that came in, newest first', {
      querystring: question,
      response: { 200: z.object({ calls: z.array(call), nextCursor: z.string().nullable() }) },
    }),
    async ({ query: { cursor = null, ...rest } }) => {
      const page = await calls.page(rest, cursor);
      return { calls: page.calls.map(toBody), nextCursor: page.nextCursor };
    },
  );
  typed.get(
    '/calls/:sipCallId',
    operation('getCall', 'One call with its offers', {
      params: z.object({ sipCallId }),
      response: { 200: call, 404: problem },
    }),
    async ({ params }) => toBody(await calls.call(params.sipCallId)),
  );
}

function toBody({ offers, ...rest }: LoggedCall): z.output<typeof call> {
  return { ...rest, offers: offers.map((offer) => ({ ...offer })) };
}
