// What imports of any kind have in common, whatever is imported: a CSV file at the hub, how it was read, and how far it is.
// The lists, drawers and chips of imports (import-*.tsx) ask for no more than this.
import type { RecordImport } from '#shared/admin/records-contract.ts';

export type ImportJob = Pick<
  RecordImport,
  'id' | 'fileName' | 'madeAtMs' | 'madeBy' | 'state' | 'rows' | 'rowsDone' | 'created' | 'updated' | 'bad'
> &
  /** How the file was read, where the hub tells. */
  Partial<Pick<RecordImport, 'encoding' | 'separator'>>;

/** What a column of the file can be; `group` is a heading in the list of choices. */
export interface ImportChoices {
  readonly group: string;
  readonly items: readonly { readonly value: string; readonly label: string }[];
}
