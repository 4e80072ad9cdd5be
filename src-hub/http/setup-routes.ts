// /setup: the first super admin of a new hub, by a form for people and by JSON for scripts. The rules are
// accounts/first-admin-service.ts's. Not there in practice mode.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { FirstAdminService } from '../accounts/first-admin-service.ts';
import type { HubLog } from '../hub-log.ts';
import { setupEndPage, setupLanguage, setupPage, setupPagePolicy } from './setup-page.ts';

const body = z.object({
  code: z.string().max(100),
  username: z.string().max(200),
  password: z.string().max(2_000),
  displayName: z.string().max(200).optional(),
});

const statuses: Readonly<Record<string, number>> = {
  setupDone: 409,
  codeWrong: 403,
  slowDown: 503,
  internal: 500,
};

export interface SetupParts {
  readonly firstAdmin: FirstAdminService;
  readonly log: HubLog;
  /** ws: or wss: address by which this request came. */
  reachedAt(request: FastifyRequest): string;
}

export function setupRoutes(app: FastifyInstance, { firstAdmin, log, reachedAt }: SetupParts): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, text, done) => done(null, Object.fromEntries(new URLSearchParams(String(text)))),
  );
  const rateLimited = { config: { rateLimit: { max: 20, timeWindow: 60_000 } } };

  app.get('/setup', rateLimited, (request, reply) => {
    const language = setupLanguage(request.headers['accept-language']);
    return firstAdmin.isOpen()
      ? showPage(reply, 200, setupPage(language, null))
      : showPage(reply, 409, setupEndPage(language, '', 'setupDone'));
  });

  app.post('/setup', rateLimited, async (request, reply) => {
    const isForm = /^application\/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? '');
    const language = setupLanguage(request.headers['accept-language']);
    const parsed = body.safeParse(request.body);
    try {
      if (!parsed.success) throw new CommandFailed('malformed', 'Give code, username and password as texts.');
      const user = await firstAdmin.create(parsed.data);
      log.info('setup: the first super admin was made', { userId: user.userId });
      return isForm
        ? showPage(reply, 201, setupEndPage(language, reachedAt(request), null))
        : reply.code(201).send({ username: user.username, extension: user.extension });
    } catch (error) {
      const { reason, message } = refusalIn(error, log);
      const status = statuses[reason] ?? 400;
      if (!isForm) return reply.code(status).send({ refused: reason, message });
      if (reason === 'setupDone') return showPage(reply, status, setupEndPage(language, '', 'setupDone'));
      return showPage(reply, status, setupPage(language, reason, parsed.data?.username ?? ''));
    }
  });
}

function refusalIn(error: unknown, log: HubLog): CommandFailed {
  if (error instanceof CommandFailed) return error;
  log.error('setup: failed', { error });
  return new CommandFailed(
    'internal',
    'Something in the hub failed; it is in its log. The code is still good.',
  );
}

function showPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply
    .code(status)
    .header('content-security-policy', setupPagePolicy)
    .header('x-frame-options', 'DENY')
    .header('referrer-policy', 'same-origin')
    .type('text/html; charset=utf-8')
    .send(page);
}
