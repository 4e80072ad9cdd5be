// An import as whoever looks at it sees it, with the settings of its kind.
import type { RecordImport } from '#shared/admin/records-contract.ts';

export type ImportView<Settings> = Omit<RecordImport, 'settings'> & { settings: Settings | null };
