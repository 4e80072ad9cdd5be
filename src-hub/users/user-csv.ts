// Reads users from CSV as spreadsheets write it, and writes them so that a spreadsheet takes no cell for a formula. Pure:
// what is taken already, and whether a password is good, is looked at by user-csv-service.
import Papa from 'papaparse';
import type { z } from 'zod';
import {
  type AdminUser,
  type CsvProblem,
  csvColumns,
  type NewUser,
  newUser,
} from '#shared/admin/users-contract.ts';
import type { AccountType } from '#shared/desktop/session-contract.ts';
import { asTyped, byteOrderMark, formulaStart, yesOrNoIn } from '../csv/csv-cells.ts';

/** One row that could be read; `row` counts from 1 with the header as row 1. */
export interface ReadUser {
  readonly row: number;
  readonly user: NewUser;
  readonly teamNames: readonly string[];
}

export interface ReadCsv {
  /** All that hold anything, readable or not. */
  readonly rows: number;
  readonly users: readonly ReadUser[];
  readonly problems: readonly CsvProblem[];
}

/** The export writes the extension too; an import gives each user the next one that is free. */
const columns = [...csvColumns, 'extension'] as const;
type Column = (typeof columns)[number];
const required: readonly Column[] = ['firstName', 'lastName', 'username', 'password'];
/** More than any company has; each takes the hub about 10 ms. */
export const mostRows = 20_000;

const accountTypes: Readonly<Record<string, AccountType>> = {
  '': 'clerk',
  clerk: 'clerk',
  admin: 'admin',
  superadmin: 'superAdmin',
};

export function readUsersCsv(text: string): ReadCsv {
  const { data } = Papa.parse<string[]>(text.startsWith(byteOrderMark) ? text.slice(1) : text, {
    // Guessed where a file has neither: one column alone.
    delimitersToGuess: [',', ';', '\t'],
  });
  const isEmpty = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '');
  const filled = data
    .map((cells, index) => ({ cells, row: index + 1 }))
    .filter(({ cells }) => !isEmpty(cells));
  const [header, ...body] = filled;
  if (!header)
    return { rows: 0, users: [], problems: [problem(1, null, 'empty', 'The file holds nothing.')] };
  const { places, problems } = readHeader(header.cells, header.row);
  if (body.length > mostRows) {
    const message = `The file has ${body.length} rows. Split it: at most ${mostRows} are taken at once.`;
    problems.push(problem(header.row, null, 'tooManyRows', message));
  }
  if (problems.length > 0) return { rows: body.length, users: [], problems };
  const read = body.map(({ cells, row }) => readRow(cells, row, places, header.cells.length));
  return {
    rows: body.length,
    users: read.flatMap(({ user }) => user ?? []),
    problems: read.flatMap((each) => each.problems),
  };
}

type Places = ReadonlyMap<Column, number>;

function readHeader(cells: readonly string[], row: number): { places: Places; problems: CsvProblem[] } {
  const places = new Map<Column, number>();
  const problems: CsvProblem[] = [];
  for (const [place, cell] of cells.entries()) {
    const name = cell.trim();
    const column = columns.find((each) => each.toLowerCase() === name.toLowerCase());
    if (column === undefined) {
      if (name !== '') problems.push(problem(row, name, 'unknownColumn', `No column is called ${name}.`));
    } else if (places.has(column)) {
      problems.push(problem(row, column, 'columnTwice', `The column ${column} stands there twice.`));
    } else places.set(column, place);
  }
  for (const column of required.filter((each) => !places.has(each))) {
    problems.push(problem(row, column, 'columnMissing', `The column ${column} is missing.`));
  }
  return { places, problems };
}

function readRow(
  cells: readonly string[],
  row: number,
  places: Places,
  width: number,
): { user: ReadUser | null; problems: CsvProblem[] } {
  const problems: CsvProblem[] = [];
  const refuse = (column: Column | null, reason: string, message: string) => {
    problems.push(problem(row, column, reason, message));
  };
  if (cells.slice(width).some((cell) => cell.trim() !== '')) {
    refuse(
      null,
      'tooManyCells',
      'This row has more cells than the header. Perhaps a quotation mark is missing.',
    );
  }
  const cell = (column: Column): string => {
    const place = places.get(column);
    return place === undefined ? '' : (cells[place] ?? '');
  };
  const text = (column: Column): string => asTyped(cell(column)).trim();
  const flag = (column: Column, usual: boolean): boolean => {
    const value = text(column);
    if (value === '') return usual;
    const read = yesOrNoIn(value);
    if (read === null) refuse(column, 'malformed', `${column} is neither yes nor no.`);
    return read === true;
  };
  const accountType =
    accountTypes[
      text('accountType')
        .toLowerCase()
        .replace(/[\s_-]/g, '')
    ];
  if (!accountType) {
    refuse('accountType', 'malformed', 'accountType is none of clerk, admin and superAdmin.');
  }
  const wanted = {
    firstName: text('firstName'),
    lastName: text('lastName'),
    username: text('username'),
    email: text('email') || null,
    // Taken as it stands: whatever it is, it is meant.
    password: cell('password'),
    accountType: accountType ?? 'clerk',
    // Whoever wrote the file knows the password.
    mustChangePassword: flag('mustChangePassword', true),
    secondFactorDue: flag('secondFactorDue', false),
    mayCallOutside: flag('mayCallOutside', true),
  } satisfies NewUser;
  for (const column of required.filter((each) => cell(each).trim() === '')) {
    refuse(column, 'missing', `${column} is missing.`);
  }
  const parsed = newUser.safeParse(wanted);
  if (!parsed.success) {
    for (const column of malformed(parsed.error)) {
      if (problems.some((each) => each.column === column)) continue;
      refuse(column, 'malformed', malformedMessages[column] ?? `${column} is too long.`);
    }
  }
  const teamNames = text('teams')
    .split('|')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const user = parsed.success && problems.length === 0 ? { row, user: parsed.data, teamNames } : null;
  return { user, problems };
}

const malformedMessages: Partial<Record<Column, string>> = {
  username:
    'A username has 2 to 64 letters, digits, dots, hyphens, underlines or @, and begins with a letter or digit.',
  email: 'This is no e-mail address.',
};

function malformed(error: z.ZodError): Column[] {
  const named = error.issues.map(({ path: [name] }) => columns.find((column) => column === name));
  return [...new Set(named.flatMap((column) => column ?? []))];
}

export function problem(row: number, column: string | null, reason: string, message: string): CsvProblem {
  return { row, column, reason, message };
}

/** @param teamNames by id. @returns with a byte order mark, by which spreadsheets know UTF-8. */
export function writeUsersCsv(users: readonly AdminUser[], teamNames: ReadonlyMap<string, string>): string {
  const fields = columns.filter((column) => column !== 'password');
  const data = users.map((user) => ({
    ...user,
    email: user.email ?? '',
    mustChangePassword: yesOrNo(user.mustChangePassword),
    secondFactorDue: yesOrNo(user.secondFactor === 'due'),
    mayCallOutside: yesOrNo(user.mayCallOutside),
    teams: user.teamIds.flatMap((id) => teamNames.get(id) ?? []).join('|'),
  }));
  return byteOrderMark + Papa.unparse({ fields: [...fields], data }, { escapeFormulae: formulaStart });
}

function yesOrNo(flag: boolean): string {
  return flag ? 'yes' : 'no';
}
