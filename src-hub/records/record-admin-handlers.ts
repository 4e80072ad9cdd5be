// The admin window's commands on records: imports, the export, erasing. For super admins: an import changes records of every
// project by their external id.
import { requireActor } from '../audit/actor.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { ImportService } from './import/import-service.ts';
import type { RecordExport } from './record-export.ts';
import type { RecordService } from './record-service.ts';

type Command = Extract<keyof HubHandlers, `admin.recordImports.${string}` | `admin.records.${string}`>;

export function recordAdminHandlers(parts: {
  readonly records: RecordService;
  readonly imports: ImportService;
  readonly exports: RecordExport;
}): Pick<HubHandlers, Command> {
  const { records, imports, exports } = parts;
  return {
    'admin.recordImports.list': () => imports.list(),
    'admin.recordImports.begin': async ({ fileName, bytes }, connection) => ({
      id: await imports.begin(requireActor(connection), fileName, bytes),
    }),
    'admin.recordImports.addPiece': ({ id, offset, base64 }) =>
      imports.addPiece(id, offset, Buffer.from(base64, 'base64')),
    'admin.recordImports.preview': ({ id, settings }) => imports.preview(id, settings),
    'admin.recordImports.start': ({ id, settings }) => imports.start(id, settings),
    'admin.recordImports.problems': async ({ id }) => ({ csv: await imports.problemsCsv(id) }),
    'admin.recordImports.remove': async ({ id }) => {
      await imports.remove(id);
      return null;
    },
    'admin.records.exportCsv': ({ projectId, kind, cursor }) =>
      exports.piece(
        { ...(projectId === 'all' ? {} : { projectId }), ...(kind === null ? {} : { kind }) },
        cursor,
      ),
    'admin.records.erase': async ({ recordId }, connection) => {
      await records.erase(requireActor(connection), recordId);
      return null;
    },
  };
}
