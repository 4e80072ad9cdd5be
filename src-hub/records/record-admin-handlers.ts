// The admin window's commands on records: imports, the export, finding one, erasing it. All but finding is for super admins:
// an import changes records of every project by their external id.
import type { FoundRecord } from '#shared/admin/records-contract.ts';
import { requireActor } from '../audit/actor.ts';
import type { ScopeOf } from '../permissions/scope.ts';
import { requireSignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { RecordImports } from './import/record-import.ts';
import type { RecordExport } from './record-export.ts';
import type { RecordListService } from './record-list-service.ts';
import type { RecordService } from './record-service.ts';

const mostFound = 20;

type Command = Extract<keyof HubHandlers, `admin.recordImports.${string}` | `admin.records.${string}`>;

export function recordAdminHandlers(parts: {
  readonly records: RecordService;
  readonly imports: RecordImports;
  readonly exports: RecordExport;
  readonly lists: Pick<RecordListService, 'find'>;
  readonly scopeOf: ScopeOf;
}): Pick<HubHandlers, Command> {
  const { records, imports, exports, lists, scopeOf } = parts;
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
    'admin.records.find': async ({ text }, connection) => {
      const scope = await scopeOf(requireSignedIn(connection).user);
      return (await lists.find(text, mostFound, scope)).map(asFound);
    },
    'admin.records.erase': async ({ recordId }, connection) => {
      await records.erase(requireActor(connection), recordId);
      return null;
    },
  };
}

function asFound(record: FoundRecord): FoundRecord {
  const { id, kind, projectId, firstName, lastName, companyName, numbers, emails, city, changedAtMs } =
    record;
  return { id, kind, projectId, firstName, lastName, companyName, numbers, emails, city, changedAtMs };
}
