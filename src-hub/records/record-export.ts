// Records as CSV, a page at a time, so that a hundred thousand need no more memory than a thousand: columns as an import
// reads them, and cells that no spreadsheet takes for a formula.
import Papa from 'papaparse';
import type { BuiltInTarget } from '#shared/admin/records-contract.ts';
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

/** What an import reads, in the order of the columns. */
const importable: Record<BuiltInTarget, (record: WholeRecord, owner: string) => string> = {
  externalId: ({ externalId }) => externalId ?? '',
  kind: ({ kind }) => kind,
  firstName: ({ firstName }) => firstName,
  lastName: ({ lastName }) => lastName,
  companyName: ({ companyName }) => companyName,
  'number.main': (record) => numbersOf(record, 'main'),
  'number.mobile': (record) => numbersOf(record, 'mobile'),
  'number.work': (record) => numbersOf(record, 'work'),
  'number.home': (record) => numbersOf(record, 'home'),
  'number.other': (record) => numbersOf(record, 'other'),
  emails: ({ emails }) => emails.join('|'),
  street: ({ street }) => street,
  houseNumber: ({ houseNumber }) => houseNumber,
  zipCode: ({ zipCode }) => zipCode,
  city: ({ city }) => city,
  country: ({ country }) => country,
  description: ({ description }) => description,
  tags: ({ tags }) => tags.join('|'),
  owner: (_record, owner) => owner,
};
const importableCells = Object.values(importable);
/** What only tells; before the fields of projects. */
const telling = ['project', 'version', 'changedAt'];

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
    const columns = [...Object.keys(importable), ...telling, ...keys.map((key) => `fields.${key}`)];
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
    return [
      ...importableCells.map((cellOf) => cellOf(record, owner)),
      project?.project.name ?? '',
      String(record.version),
      new Date(record.changedAtMs).toISOString(),
      ...keys.map((key) => shown(record.fields[key])),
    ];
  }
}

function numbersOf({ numbers }: WholeRecord, label: RecordNumber['label']): string {
  const ofLabel = numbers.filter((each) => each.label === label);
  return ofLabel.map(written).join('|');
}

/** With its extension as RFC 3966 writes it, which an import reads again. */
function written({ number, extension }: RecordNumber): string {
  return extension === '' ? number : `tel:${number};ext=${extension}`;
}

function shown(value: WholeRecord['fields'][string] | undefined): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === undefined ? '' : String(value);
}
