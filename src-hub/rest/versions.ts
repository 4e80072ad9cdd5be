// Versions of what REST changes, as HTTP has them: an ETag with each resource, and If-Match with each change, so that
// nobody overwrites what they have not seen (RFC 9110 13.1.1; 428 is RFC 6585's).
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { problem, RestRefused } from './problems.ts';

/** Read by `seenVersion`; optional here, so that a request without it is told 428 rather than 400. */
export const ifMatchHeader = z.object({
  'if-match': z.string().max(100).optional().describe('The ETag of what you saw, or * for whatever there is'),
});

/** How a change of something that is there may be refused. */
export const changeRefusals = {
  404: problem.describe('There is none of this id'),
  409: problem.describe('Something else has what this asks for'),
  412: problem.describe('It was changed since: read it again'),
  422: problem.describe('It cannot be so'),
  428: problem.describe('If-Match is missing'),
};

/** @returns the body, its version told beside it. */
export function tag<T>(reply: FastifyReply, version: number, body: T): T {
  reply.header('etag', `"${version}"`);
  return body;
}

/**
 * @param now reads the version of today, for `*`.
 * @returns the version that the asker saw. @throws RestRefused 428 where it is not said, 412 where it cannot be one.
 */
export async function seenVersion(request: FastifyRequest, now: () => Promise<number>): Promise<number> {
  const header = request.headers['if-match']?.trim();
  if (header === undefined) {
    throw new RestRefused(
      428,
      'versionMissing',
      'Send the ETag of what you saw as If-Match, so that nobody else’s change is lost. Nothing was changed.',
    );
  }
  if (header === '*') return await now();
  const version = /^"(\d{1,15})"$/.exec(header)?.[1];
  if (version !== undefined) return Number(version);
  throw new RestRefused(
    412,
    'changedMeanwhile',
    'If-Match is no ETag of this resource. Nothing was changed.',
  );
}
