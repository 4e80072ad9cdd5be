// Imports of records in the scripted main: one file at a time, taken at once when it is started; and an export of two rows.
import type { AdminCommandName } from '#shared/admin/admin-contract.ts';
import type { FoundRecord, ImportSettings, RecordImport } from '#shared/admin/records-contract.ts';
import type { DesktopContract } from '#shared/desktop/desktop-contract.ts';
import { recordId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Handlers } from '#shared/wire/contract.ts';

type ImportCommand = Extract<AdminCommandName, `admin.record${string}`>;

const header = ['Vorname', 'Nachname', 'Telefon', 'Bemerkung'];
const rows = [
  ['Nadia', 'Brandt', '030 23125 040', 'Neukundin'],
  ['Emil', 'Öztürk', '+44 20 7946 0155', ''],
  ['', '', '', 'ohne Namen'],
];
const understood: ImportSettings = {
  columns: ['firstName', 'lastName', 'number.main', 'description'],
  kind: 'contact',
  projectId: null,
  ownerId: null,
};
const problem = {
  row: 4,
  column: null,
  reason: 'nameMissing',
  message: 'The row has neither a name nor a number nor an e-mail address.',
};

const person = (id: string, part: Partial<FoundRecord>): FoundRecord => ({
  id: recordId.parse(id),
  kind: 'customer',
  projectId: null,
  firstName: '',
  lastName: '',
  companyName: '',
  numbers: [],
  emails: [],
  city: '',
  changedAtMs: Date.now() - 3_600_000,
  ...part,
});
const people = [
  person('r-nadia', {
    ...{ firstName: 'Nadia', lastName: 'Brandt', city: 'Berlin', emails: ['nadia.brandt@example.org'] },
    numbers: [{ number: '+493023125040', extension: '', label: 'main' }],
  }),
  person('r-firm', {
    ...{ kind: 'company', companyName: 'Brandt & Söhne Heizungsbau GmbH', city: 'Potsdam' },
    numbers: [{ number: '+493312345678', extension: '12', label: 'work' }],
  }),
];

/** @param tell what the hub tells admin windows after a change. */
export function scriptedImports(
  tell: (kind: 'records') => void,
  before: readonly RecordImport[] = [],
): Pick<Handlers<DesktopContract>, ImportCommand> {
  let imports: readonly RecordImport[] = before;
  let made = 0;
  const erased = new Set<string>();
  const files = new Map<string, { name: string; bytes: number }>();
  const found = (id: string): RecordImport => {
    const each = imports.find((one) => one.id === id);
    if (!each) throw new CommandFailed('noSuchImport', 'There is no such import.');
    return each;
  };
  return {
    'admin.recordImports.list': () => [...imports],
    'admin.recordImports.begin': ({ fileName, bytes }) => {
      made += 1;
      files.set(`import-${made}`, { name: fileName, bytes });
      return { id: `import-${made}` };
    },
    'admin.recordImports.addPiece': ({ id, offset, base64 }) => {
      const file = files.get(id);
      if (!file) throw new CommandFailed('noSuchImport', 'There is no such import.');
      const bytes = (base64.length / 4) * 3 - (/=*$/.exec(base64)?.[0].length ?? 0);
      if (offset + bytes < file.bytes) return null;
      const uploaded: RecordImport = {
        ...{ id, fileName: file.name, madeAtMs: Date.now(), madeBy: 'Mia Ortega' },
        ...{ state: 'uploaded', encoding: 'windows-1252', separator: ';', header, rows: rows.length },
        ...{ rowsDone: 0, created: 0, updated: 0, bad: 0, settings: null, endedAtMs: null, reason: null },
      };
      imports = [uploaded, ...imports];
      tell('records');
      return uploaded;
    },
    'admin.recordImports.preview': ({ id, settings }) => ({
      import: found(id),
      settings:
        settings && settings.columns.length > 0
          ? settings
          : { ...understood, ...settings, columns: understood.columns },
      firstRows: rows,
      problems: [problem],
      badRows: 1,
    }),
    'admin.recordImports.start': ({ id, settings }) => {
      const done: RecordImport = {
        ...found(id),
        ...{ state: 'done', settings, rowsDone: rows.length, created: 2, bad: 1, endedAtMs: Date.now() },
      };
      imports = imports.map((each) => (each.id === id ? done : each));
      tell('records');
      return done;
    },
    'admin.recordImports.problems': ({ id }) => {
      found(id);
      return { csv: `row,column,reason,message\r\n${problem.row},,${problem.reason},${problem.message}\r\n` };
    },
    'admin.recordImports.remove': ({ id }) => {
      imports = imports.filter((each) => each.id !== id);
      tell('records');
      return null;
    },
    'admin.records.exportCsv': () => ({ csv: 'firstName,lastName\r\nNadia,Brandt\r\n', cursor: null }),
    'admin.records.find': ({ text }) =>
      people.filter(
        (each) => !erased.has(each.id) && JSON.stringify(each).toLowerCase().includes(text.toLowerCase()),
      ),
    'admin.records.erase': ({ recordId: id }) => {
      erased.add(id);
      return null;
    },
  };
}
