// REST on imports from CSV, of records and of orders alike: sent, looked at, started, followed, removed. Each kind has its
// own address, operations and shapes.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../audit/audit-store.ts';
import { mostBytes } from '../imports/import-refusals.ts';
import type { RestOperation } from '../permissions/rest-permissions.ts';
import { problem } from './problems.ts';
import { actorOfKey, operation } from './rest-door.ts';

const params = z.object({ importId: z.string().min(1).max(100) });
export const csvType = 'text/csv; charset=utf-8';
const refusals = { 404: problem, 422: problem };

export interface ImportsOverRest<View extends { readonly id: string }, Settings, Preview> {
  /** Such as '/records'. */
  readonly at: string;
  readonly operations: Readonly<
    Record<'upload' | 'list' | 'get' | 'preview' | 'start' | 'problems' | 'remove', RestOperation>
  >;
  readonly view: z.ZodType<View>;
  readonly settings: z.ZodType<Settings>;
  readonly preview: z.ZodType<Preview>;
  upload(actor: Actor, fileName: string, bytes: Uint8Array): Promise<View>;
  list(): Promise<View[]>;
  get(id: string): Promise<View>;
  look(id: string, settings: Settings | null): Promise<Preview>;
  start(id: string, settings: Settings): Promise<View>;
  problemsCsv(id: string): Promise<string>;
  remove(id: string): Promise<void>;
}

/** The shapes are the kind's, so their types cannot be told; the schemas have checked them. */
function idOf(request: FastifyRequest): string {
  return (request.params as z.output<typeof params>).importId;
}

/** Once for all of them. */
export function takeCsvBodies(app: FastifyInstance): void {
  app.addContentTypeParser(
    ['text/csv', 'application/octet-stream'],
    { parseAs: 'buffer', bodyLimit: mostBytes },
    (_request, bytes, done) => done(null, bytes),
  );
}

export function importRoutes<View extends { readonly id: string }, Settings, Preview>(
  app: FastifyInstance,
  imports: ImportsOverRest<View, Settings, Preview>,
): void {
  const { at, operations, view, settings } = imports;
  const one = `${at}/imports/:importId`;
  app.post(
    `${at}/imports`,
    {
      bodyLimit: mostBytes,
      ...operation(operations.upload, 'Sends a CSV file (as text/csv); nothing is imported yet', {
        querystring: z.object({ fileName: z.string().trim().min(1).max(255).default('import.csv') }),
        response: { 201: view, 415: problem, 422: problem },
      }),
    },
    async (request, reply) => {
      const bytes = request.body instanceof Uint8Array ? request.body : Buffer.from('');
      const made = await imports.upload(
        actorOfKey(request),
        (request.query as { fileName: string }).fileName,
        bytes,
      );
      reply.code(201).header('location', `/api/v1${at}/imports/${made.id}`);
      return made;
    },
  );
  app.get(
    `${at}/imports`,
    operation(operations.list, 'Imports, newest first', {
      response: { 200: z.object({ imports: z.array(view) }) },
    }),
    async () => ({ imports: await imports.list() }),
  );
  app.get(
    one,
    operation(operations.get, 'One import, how far it is', { params, response: { 200: view, 404: problem } }),
    async (request) => await imports.get(idOf(request)),
  );
  app.post(
    `${one}/preview`,
    operation(operations.preview, 'What would become of it; without settings, as its header is understood', {
      params,
      body: z.object({ settings: settings.nullable().default(null) }),
      response: { 200: imports.preview, ...refusals },
    }),
    async (request) =>
      await imports.look(idOf(request), (request.body as { settings: Settings | null }).settings),
  );
  app.post(
    `${one}/start`,
    operation(operations.start, 'Starts it, or goes on with one that failed', {
      params,
      body: z.object({ settings }),
      response: { 202: view, ...refusals },
    }),
    async (request, reply) => {
      const started = await imports.start(idOf(request), (request.body as { settings: Settings }).settings);
      return reply.code(202).send(started);
    },
  );
  app.get(
    `${one}/problems`,
    operation(operations.problems, 'The rows that were left out and why, as CSV', {
      params,
      response: { 200: z.string(), 404: problem },
    }),
    async (request, reply) => {
      reply.type(csvType).serializer((text: unknown) => String(text));
      return await imports.problemsCsv(idOf(request));
    },
  );
  app.delete(
    one,
    operation(operations.remove, 'Removes it, and ends it where it runs; what is in stays in', {
      params,
      response: { 204: z.null(), 404: problem },
    }),
    async (request, reply) => {
      await imports.remove(idOf(request));
      return reply.code(204).send(null);
    },
  );
}
