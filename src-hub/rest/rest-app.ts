// REST of the hub, /api/v1: the same services as the wire's handlers, opened by API keys, described in OpenAPI. A Fastify
// of its own that hub-http.ts makes at the first request, since most hubs are never asked and start sooner without it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyReply } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { ApiKeyService } from '../api-keys/api-key-service.ts';
import type { CallLogService } from '../calls/call-log-service.ts';
import type { HubLog } from '../hub-log.ts';
import type { ProjectChanges } from '../projects/project-changes.ts';
import type { TeamService } from '../teams/team-service.ts';
import { callRoutes } from './call-routes.ts';
import { takeCsvBodies } from './import-routes.ts';
import { type OrderRouteParts, orderRoutes } from './order-routes.ts';
import { problemIn, problemOf, problemType } from './problems.ts';
import { projectRoutes } from './project-routes.ts';
import { type RecordFileRouteParts, recordFileRoutes } from './record-file-routes.ts';
import { type RecordRouteParts, recordRoutes } from './record-routes.ts';
import { admit } from './rest-door.ts';
import { teamRoutes } from './team-routes.ts';
import { type UserAccessServices, userAccessRoutes } from './user-access-routes.ts';
import { userRoutes } from './user-routes.ts';

const requestsPerMinute = 600;
/** A project with thousands of members fits. */
const longestBodyBytes = 1_000_000;

export interface RestServices extends UserAccessServices {
  readonly apiKeys: ApiKeyService;
  readonly calls: CallLogService;
  readonly teams: TeamService;
  readonly projects: ProjectChanges;
  readonly records: RecordRouteParts & RecordFileRouteParts;
  readonly orders: OrderRouteParts;
}

export interface RestParts extends RestServices {
  readonly log: HubLog;
  /** Whom requests are counted for. */
  addressOf(request: IncomingMessage): string;
  /** As on every answer of the hub. */
  setCommonHeaders(reply: FastifyReply): void;
}

export interface RestApp {
  handle(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

/** Which reason says that the resource of an address is missing, by the operation's tag. */
const missingReasons: Readonly<Record<string, string>> = {
  users: 'noSuchUser',
  teams: 'noSuchTeam',
  projects: 'noSuchProject',
  calls: 'noSuchCall',
  records: 'noSuchRecord',
  orders: 'noSuchOrder',
};

export async function createRestApp(parts: RestParts): Promise<RestApp> {
  const { log } = parts;
  const app = Fastify({ logger: false, bodyLimit: longestBodyBytes, trustProxy: false });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('apiKey', null);
  app.addHook('onSend', async (_request, reply, payload) => {
    parts.setCommonHeaders(reply);
    return payload;
  });
  app.setErrorHandler((error, request, reply) => {
    const tag = request.routeOptions.schema?.tags?.[0] ?? '';
    const known = problemIn(error, missingReasons[tag] ?? null);
    if (!known)
      log.error('rest: a route failed', { operation: request.routeOptions.config.operation, error });
    const told = known ?? problemOf(500, 'internal', 'Something in the hub failed; it is in its log.');
    return reply.code(told.status).type(problemType).serializer(JSON.stringify).send(told);
  });
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: ({ raw }) => parts.addressOf(raw),
  });
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (_request, reply) =>
    reply
      .code(404)
      .type(problemType)
      .send(JSON.stringify(problemOf(404, 'noSuchPath', 'There is nothing at this address.'))),
  );
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Offhook hub',
        version: '1',
        description:
          'Users, teams, projects, calls, records and orders of one hub. Keys are made in the admin window under System. Refusals are ' +
          'application/problem+json (RFC 9457); `reason` is for programs. Changes carry If-Match.',
      },
      servers: [{ url: '/api/v1' }],
      components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
    },
    stripBasePath: true,
    transform: jsonSchemaTransform,
  });
  let described = '';
  await app.register(
    (api, _options, done) => {
      // After the limit, so that keys cannot be tried without end; before a body is read.
      api.addHook('preParsing', (request, reply) => admit(request, reply, parts));
      api.get(
        '/openapi.json',
        { config: { operation: 'document' }, schema: { hide: true } },
        (_request, reply) => reply.type('application/json; charset=utf-8').send(described),
      );
      userRoutes(api, parts.users);
      userAccessRoutes(api, parts);
      teamRoutes(api, parts.teams);
      projectRoutes(api, parts.projects);
      callRoutes(api, parts.calls);
      takeCsvBodies(api);
      recordRoutes(api, parts.records);
      recordFileRoutes(api, parts.records);
      orderRoutes(api, parts.orders);
      done();
    },
    { prefix: '/api/v1' },
  );
  await app.ready();
  described = JSON.stringify(app.swagger());
  return {
    handle: (request, response) => app.routing(request, response),
    close: () => app.close(),
  };
}
