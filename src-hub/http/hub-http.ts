// The hub over plain HTTP: its routes on Fastify, behind the same guard as the WebSockets, limited in rate.
// Made by hub.ts, which listens; the upgrades of the same server are wire/upgrades.ts's.
import type { IncomingMessage } from 'node:http';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { HubLog } from '../hub-log.ts';
import type { RestApp, RestServices } from '../rest/rest-app.ts';
import { type DoorRules, refusalOf, withoutOwnOrigin } from '../wire/door-guard.ts';
import { createHubServer, type HubServer, type TlsFiles } from '../wire/http-listener.ts';
import { type TrustedProxies, visitorOf } from '../wire/visitor.ts';
import { type HealthParts, healthRoutes } from './health-routes.ts';
import { type SetupParts, setupRoutes } from './setup-routes.ts';

const requestsPerMinute = 300;
const longestBodyBytes = 20_000;
/** Asked by machines beside the hub, which have no certificate to speak of; they tell nothing of anybody. */
const mayBePlain = ['/health', '/ready', '/metrics'];

export interface HubHttpParts {
  readonly rules: DoorRules;
  readonly proxies: TrustedProxies;
  readonly tls: TlsFiles | null;
  readonly health: HealthParts;
  /** Null in practice mode. */
  readonly setup: SetupParts | null;
  readonly rest: RestServices;
  readonly log: HubLog;
}

export interface HubHttp {
  readonly server: HubServer;
  close(): Promise<void>;
}

export async function createHubHttp(parts: HubHttpParts): Promise<HubHttp> {
  const { rules, proxies, log } = parts;
  const made: { server?: HubServer } = {};
  const app = Fastify({
    logger: false,
    bodyLimit: longestBodyBytes,
    // Each request's address is visitor.ts's.
    trustProxy: false,
    serverFactory: (handler) => {
      made.server = createHubServer(handler, parts.tls);
      return made.server;
    },
  });
  const setCommonHeaders = (reply: FastifyReply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    if (parts.tls) reply.header('strict-transport-security', 'max-age=31536000');
  };
  const addressOf = (request: IncomingMessage) => visitorOf(request, proxies).address;
  let rest: Promise<RestApp> | null = null;
  /** Loaded at the first request: most hubs are never asked, and start sooner without it. */
  const toRest = async (request: FastifyRequest, reply: FastifyReply) => {
    rest ??= import('../rest/rest-app.ts').then(({ createRestApp }) =>
      createRestApp({ ...parts.rest, log, addressOf, setCommonHeaders }),
    );
    const { handle } = await rest;
    reply.hijack();
    handle(request.raw, reply.raw);
  };
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const visitor = withoutOwnOrigin(visitorOf(request.raw, proxies));
    const refused = refusalOf(visitor, {
      ...rules,
      plainAllowed: rules.plainAllowed || mayBePlain.includes(path),
    });
    if (!refused) return isRest(path) ? await toRest(request, reply) : undefined;
    log.warn('http: refused', { status: 403, why: refused });
    await reply.code(403).send({ refused });
  });
  app.addHook('onSend', async (_request, reply, payload) => {
    setCommonHeaders(reply);
    return payload;
  });
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: ({ raw }) => addressOf(raw),
    errorResponseBuilder: (_request, { after }) => ({ statusCode: 429, refused: 'slowDown', after }),
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ refused: 'noSuchPath' }));
  app.setErrorHandler((error: { statusCode?: number; refused?: string }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error('http: a route failed', { error });
    return reply.code(status).send({ refused: error.refused ?? (status >= 500 ? 'internal' : 'malformed') });
  });
  healthRoutes(app, parts.health);
  if (parts.setup) setupRoutes(app, parts.setup);
  await app.ready();
  if (!made.server) throw new Error('Fastify made no server');
  return {
    server: made.server,
    async close() {
      await app.close();
      await (await rest)?.close();
    },
  };
}

function isRest(path: string): boolean {
  return path === '/api' || path.startsWith('/api/');
}
