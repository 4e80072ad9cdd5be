// Everything that REST refuses, as RFC 9457's problem+json: type, title, status, detail, and `reason`, the same word that
// the hub's wire refuses with. Used by rest-app.ts's error handler.
import { STATUS_CODES } from 'node:http';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CommandFailed } from '#shared/wire/command-failed.ts';

export const problemType = 'application/problem+json';

export const problem = z.object({
  /** about:blank: the status says it all, `reason` says more (RFC 9457 4.2.1). */
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  /** Stays the same; for programs. */
  reason: z.string(),
  /** Where the request does not fit, and how. */
  errors: z.array(z.object({ in: z.string(), at: z.string(), message: z.string() })).optional(),
});
export type Problem = z.output<typeof problem>;

/** Refused by REST itself, before a service was asked. */
export class RestRefused extends Error {
  override readonly name = 'RestRefused';
  readonly problem: Problem;

  constructor(status: number, reason: string, detail: string) {
    super(detail);
    this.problem = problemOf(status, reason, detail);
  }
}

const ownStatuses: Readonly<Record<string, number>> = {
  notAllowed: 403,
  noSuchDevice: 404,
  changedMeanwhile: 412,
  slowDown: 429,
  cursorMalformed: 400,
  lastSuperAdmin: 409,
  noExtensionLeft: 409,
  overflowCircle: 409,
};

/**
 * @param error as a route or Fastify threw it.
 * @param missing the reason that says that the resource of this address is not there: of others that are named in the
 * request, the request is wrong, not the address.
 * @returns null where it is no refusal but a failure of ours.
 */
export function problemIn(error: unknown, missing: string | null): Problem | null {
  if (error instanceof RestRefused) return error.problem;
  if (error instanceof CommandFailed) {
    const { reason, message } = error;
    return problemOf(reason === missing ? 404 : statusOf(reason), reason, message);
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    return {
      ...problemOf(400, 'malformed', 'The request does not fit. Nothing was changed.'),
      errors: error.validation.map(({ instancePath, message }) => ({
        in: (error as { validationContext?: string }).validationContext ?? '',
        at: instancePath,
        message: message ?? '',
      })),
    };
  }
  const status = (error as { statusCode?: unknown }).statusCode;
  if (typeof status !== 'number' || status < 400 || status >= 500) return null;
  const reason = status === 429 ? 'slowDown' : 'malformed';
  return problemOf(status, reason, (error as Error).message);
}

export function problemOf(status: number, reason: string, detail: string): Problem {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Refused', status, detail, reason };
}

function statusOf(reason: string): number {
  return ownStatuses[reason] ?? (reason.endsWith('Taken') ? 409 : 422);
}
