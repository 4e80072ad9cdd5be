// The way into REST: each route names its operation, and the API key that the request shows must have the scope which
// permissions/rest-permissions.ts asks for it. Registered by rest-app.ts before any route; what names no operation is
// refused to everyone.
import type { FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import type { ApiKey } from '#shared/admin/system-contract.ts';
import type { ApiKeyService } from '../api-keys/api-key-service.ts';
import type { Actor } from '../audit/audit-store.ts';
import type { HubLog } from '../hub-log.ts';
import { type RestOperation, restPermissions } from '../permissions/rest-permissions.ts';
import { bearerOf } from '../wire/upgrades.ts';
import { problem, RestRefused } from './problems.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** 'document': what anybody may read, since it says nothing of anyone. */
    operation?: RestOperation | 'document';
  }
  interface FastifyRequest {
    apiKey: ApiKey | null;
  }
}

/** @throws RestRefused 401, 403. */
export async function admit(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: { readonly apiKeys: ApiKeyService; readonly log: HubLog },
): Promise<void> {
  const { operation } = request.routeOptions.config;
  if (operation === 'document') return;
  const shown = bearerOf(request.raw);
  const apiKey = shown === null || shown === '' ? null : await parts.apiKeys.recognise(shown);
  if (!apiKey) {
    reply.header('www-authenticate', 'Bearer realm="offhook"');
    throw new RestRefused(
      401,
      'keyMissing',
      'Show an API key as "Authorization: Bearer …". This one is none, or none any more.',
    );
  }
  request.apiKey = apiKey;
  const scope = operation && restPermissions[operation];
  if (scope && apiKey.scopes.includes(scope)) return;
  parts.log.warn('permissions: refused', { operation: operation ?? 'none', apiKeyId: apiKey.id });
  throw new RestRefused(
    403,
    'notAllowed',
    `This API key has not the scope ${scope ?? 'for it'}. Nothing was changed.`,
  );
}

/** Who did it, for the audit log. */
export function actorOfKey({ apiKey }: FastifyRequest): Actor {
  if (!apiKey) throw new Error('A route ran that nobody was admitted to');
  return { kind: 'apiKey', id: apiKey.id, name: apiKey.name };
}

const refusals = {
  400: problem.describe('The request does not fit'),
  401: problem.describe('No API key, or none any more'),
  403: problem.describe('The API key has not the scope'),
  429: problem.describe('Too many requests'),
};

/** What every route says of itself: its operation, what that needs, and how it refuses. */
export function operation<S extends FastifySchema>(name: RestOperation, summary: string, schema: S) {
  const scope = restPermissions[name];
  return {
    config: { operation: name },
    schema: {
      operationId: name,
      summary,
      description: `Needs the scope \`${scope}\`.`,
      tags: [scope.split(':')[0] ?? ''],
      security: [{ apiKey: [] }],
      ...schema,
      response: { ...refusals, ...(schema.response as object) } as typeof refusals & S['response'],
    },
  };
}
