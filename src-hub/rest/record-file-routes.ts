// REST on records as files: imports from CSV (import-routes.ts) and the export, which is streamed.
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { importPreview, importSettings, recordImport } from '#shared/admin/records-contract.ts';
import type { RecordImports } from '../records/import/record-import.ts';
import type { RecordExport } from '../records/record-export.ts';
import { csvType, importRoutes } from './import-routes.ts';
import { filterOf, recordQuestion } from './record-routes.ts';
import { operation } from './rest-door.ts';

export interface RecordFileRouteParts {
  readonly imports: RecordImports;
  readonly exports: RecordExport;
}

export function recordFileRoutes(app: FastifyInstance, { imports, exports }: RecordFileRouteParts): void {
  importRoutes(app, {
    at: '/records',
    operations: {
      upload: 'uploadImport',
      list: 'listImports',
      get: 'getImport',
      preview: 'previewImport',
      start: 'startImport',
      problems: 'listImportProblems',
      remove: 'removeImport',
    },
    ...{ view: recordImport, settings: importSettings, preview: importPreview },
    upload: (...given) => imports.upload(...given),
    list: () => imports.list(),
    get: (id) => imports.get(id),
    look: (id, settings) => imports.preview(id, settings),
    start: (id, settings) => imports.start(id, settings),
    problemsCsv: (id) => imports.problemsCsv(id),
    remove: (id) => imports.remove(id),
  });
  app.withTypeProvider<ZodTypeProvider>().get(
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
