// Versions of what REST changes, as HTTP has them: an ETag with each resource, and If-Match with each change, so that
// nobody overwrites what they have not seen (RFC 9110 13.1.1; 428 is RFC 6585's).
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RestRefused } from './problems.ts';

/** Read by `seenVersion`; optional here, so that a request without it is told 428 rather than 400. */
export const ifMatchHeader = z.object({
  'if-match': z.string().max(100).optional().describe('The ETag of what you saw, or * for whatever there is'),
});

export function tag(reply: FastifyReply, version: number): void {
  reply.header('etag', `"${version}"`);
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
