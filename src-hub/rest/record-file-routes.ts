// REST on records as files: imports from CSV (sent, looked at, started, followed) and the export, which is streamed.
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { importPreview, importSettings, recordImport } from '#shared/admin/records-contract.ts';
import { mostBytes } from '../imports/import-jobs.ts';
import type { RecordImports } from '../records/import/record-import.ts';
import type { RecordExport } from '../records/record-export.ts';
import { problem } from './problems.ts';
import { filterOf, recordQuestion } from './record-routes.ts';
import { actorOfKey, operation } from './rest-door.ts';

const params = z.object({ importId: z.string().min(1).max(100) });
const csvType = 'text/csv; charset=utf-8';
const refusals = { 404: problem, 422: problem };

export interface RecordFileRouteParts {
  readonly imports: RecordImports;
  readonly exports: RecordExport;
}

export function recordFileRoutes(app: FastifyInstance, { imports, exports }: RecordFileRouteParts): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  app.addContentTypeParser(
    ['text/csv', 'application/octet-stream'],
    { parseAs: 'buffer', bodyLimit: mostBytes },
    (_request, bytes, done) => done(null, bytes),
  );
  typed.post(
    '/records/imports',
    {
      bodyLimit: mostBytes,
      ...operation('uploadImport', 'Sends a CSV file (as text/csv); nothing is imported yet', {
        querystring: z.object({ fileName: z.string().trim().min(1).max(255).default('import.csv') }),
        response: { 201: recordImport, 415: problem, 422: problem },
      }),
    },
    async (request, reply) => {
      const bytes = request.body instanceof Uint8Array ? request.body : Buffer.from('');
      const made = await imports.upload(actorOfKey(request), request.query.fileName, bytes);
      reply.code(201).header('location', `/api/v1/records/imports/${made.id}`);
      return made;
    },
  );
  typed.get(
    '/records/imports',
    operation('listImports', 'Imports, newest first', {
      response: { 200: z.object({ imports: z.array(recordImport) }) },
    }),
    async () => ({ imports: await imports.list() }),
  );
  typed.get(
    '/records/imports/:importId',
    operation('getImport', 'One import, how far it is', {
      params,
      response: { 200: recordImport, 404: problem },
    }),
    async (request) => await imports.get(request.params.importId),
  );
  typed.post(
    '/records/imports/:importId/preview',
    operation('previewImport', 'What would become of it; without settings, as its header is understood', {
      params,
      body: z.object({ settings: importSettings.nullable().default(null) }),
      response: { 200: importPreview, ...refusals },
    }),
    async (request) => await imports.preview(request.params.importId, request.body.settings),
  );
  typed.post(
    '/records/imports/:importId/start',
    operation('startImport', 'Starts it, or goes on with one that failed', {
      params,
      body: z.object({ settings: importSettings }),
      response: { 202: recordImport, ...refusals },
    }),
    async (request, reply) => {
      const started = await imports.start(request.params.importId, request.body.settings);
      return reply.code(202).send(started);
    },
  );
  typed.get(
    '/records/imports/:importId/problems',
    operation('listImportProblems', 'The rows that were left out and why, as CSV', {
      params,
      response: { 200: z.string(), 404: problem },
    }),
    async (request, reply) => {
      reply.type(csvType).serializer((text: unknown) => String(text));
      return await imports.problemsCsv(request.params.importId);
    },
  );
  typed.delete(
    '/records/imports/:importId',
    operation('removeImport', 'Removes it, and ends it where it runs; what is in stays in', {
      params,
      response: { 204: z.null(), 404: problem },
    }),
    async (request, reply) => {
      await imports.remove(request.params.importId);
      return reply.code(204).send(null);
    },
  );
  typed.get(
    '/records/export',
    operation('exportRecords', 'Records as CSV, filtered as the list is', {
      querystring: recordQuestion,
      response: { 200: z.string() },
    }),
    async (request, reply) => {
      reply.type(csvType).header('content-disposition', 'attachment; filename="records.csv"');
      const pieces = Readable.from(exports.pieces(filterOf(request.query)));
      // Fastify sends a stream as it is; its types know only what the document says.
      return reply.send(pieces as unknown as string);
    },
  );
}
