// Records as CSV, a page at a time, so that a hundred thousand need no more memory than a thousand: columns as an import
// reads them, and cells that no spreadsheet takes for a formula.
import Papa from 'papaparse';
import type { ImportTarget } from '#shared/admin/records-contract.ts';
import type { RecordNumber, WholeRecord } from '#shared/domain/record.ts';
import type { UserDirectory } from '../accounts/user-directory.ts';
import type { CallFormService } from '../call-forms/call-form-service.ts';
import { byteOrderMark, formulaStart } from '../csv/csv-cells.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { RecordListService } from './record-list-service.ts';
import type { RecordFilter } from './record-list-store.ts';

export interface RecordExportParts {
  readonly lists: RecordListService;
  readonly users: Pick<UserDirectory, 'byId'>;
  readonly projects: Pick<ProjectService, 'find' | 'all'>;
  readonly forms: Pick<CallFormService, 'formOf'>;
}

const rowsAtOnce = 1_000;
const labels: readonly RecordNumber['label'][] = ['main', 'mobile', 'work', 'home', 'other'];

/** What an import reads, and behind it what only tells. */
const importable = [
  'externalId',
  'kind',
  'firstName',
  'lastName',
  'companyName',
  ...labels.map((label) => `number.${label}` as const),
  'emails',
  'street',
  'houseNumber',
  'zipCode',
  'city',
  'country',
  'description',
  'tags',
  'owner',
] as const satisfies readonly ImportTarget[];

export class RecordExport {
  readonly #parts: RecordExportParts;

  constructor(parts: RecordExportParts) {
    this.#parts = parts;
  }

  /** The whole of it, piece by piece; the first begins with a byte order mark, by which spreadsheets know UTF-8. */
  async *pieces(filter: RecordFilter): AsyncGenerator<string> {
    let cursor: string | null = null;
    do {
      const { csv, cursor: next }: { csv: string; cursor: string | null } = await this.piece(filter, cursor);
      yield csv;
      cursor = next;
    } while (cursor !== null);
  }

  /**
   * One piece with the header in the first.
   * @param cursor of the piece before; null for the first.
   * @throws CommandFailed 'cursorMalformed'
   */
  async piece(filter: RecordFilter, cursor: string | null): Promise<{ csv: string; cursor: string | null }> {
    const { records, nextCursor } = await this.#parts.lists.page(filter, rowsAtOnce, cursor);
    const keys = this.#ownFields(filter);
    const rows = records.map((record) => this.#row(record, keys));
    const columns = [...importable, 'project', 'version', 'changedAt', ...keys.map((key) => `fields.${key}`)];
    const csv = Papa.unparse(cursor === null ? [columns, ...rows] : rows, { escapeFormulae: formulaStart });
    const begun = cursor === null ? byteOrderMark : '';
    return { csv: csv === '' ? begun : `${begun}${csv}\r\n`, cursor: nextCursor };
  }

  /** Of the project that is asked for, or of all. */
  #ownFields({ projectId }: RecordFilter): string[] {
    const { projects, forms } = this.#parts;
    if (projectId === null) return [];
    const ids = projectId === undefined ? projects.all().map(({ project }) => project.id) : [projectId];
    return [...new Set(ids.flatMap((id) => forms.formOf(id).customFields.map(({ key }) => key)))];
  }

  #row(record: WholeRecord, keys: readonly string[]): string[] {
    const { users, projects } = this.#parts;
    const owner = record.ownerId === null ? '' : (users.byId(record.ownerId)?.username ?? '');
    const project = record.projectId === null ? null : projects.find(record.projectId);
    const numbersOf = (label: RecordNumber['label']) =>
      record.numbers.filter((each) => each.label === label).map(written);
    return [
      record.externalId ?? '',
      record.kind,
      record.firstName,
      record.lastName,
      record.companyName,
      ...labels.map((label) => numbersOf(label).join('|')),
      record.emails.join('|'),
      record.street,
      record.houseNumber,
      record.zipCode,
      record.city,
      record.country,
      record.description,
      record.tags.join('|'),
      owner,
      project?.project.name ?? '',
      String(record.version),
      new Date(record.changedAtMs).toISOString(),
      ...keys.map((key) => shown(record.fields[key])),
    ];
  }
}

/** With its extension as RFC 3966 writes it, which an import reads again. */
function written({ number, extension }: RecordNumber): string {
  return extension === '' ? number : `tel:${number};ext=${extension}`;
}

function shown(value: WholeRecord['fields'][string] | undefined): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === undefined ? '' : String(value);
}
