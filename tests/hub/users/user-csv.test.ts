// Users from and to CSV, as spreadsheets write and read it. Pure: no database, no hub.
import { expect, it } from 'vitest';
import type { AdminUser } from '#shared/admin/users-contract.ts';
import { teamId, userId } from '#shared/domain/ids.ts';
import { readUsersCsv, writeUsersCsv } from '../../../src-hub/users/user-csv.ts';

const header = 'firstName,lastName,username,email,password,accountType,mustChangePassword,teams';

it('reads what spreadsheets write: byte order mark, semicolons, tabs, quotes, empty lines, any order', () => {
  const semicolons =
    '\u{FEFF}username;password;lastName;firstName;accountType\r\n\r\nann;"a;b";"O""Hara";Ann;Super Admin\r\n';
  expect(readUsersCsv(semicolons)).toMatchObject({
    rows: 1,
    problems: [],
    // The empty line counts: the row is the one that the spreadsheet shows.
    users: [
      { row: 3, user: { username: 'ann', password: 'a;b', lastName: 'O"Hara', accountType: 'superAdmin' } },
    ],
  });
  const tabs = readUsersCsv('FIRSTNAME\tLastName\tusername\tpassword\nÅsa\tÖ\tåsa\tx\n');
  expect(tabs).toMatchObject({ problems: [], users: [{ user: { firstName: 'Åsa', username: 'åsa' } }] });
});

it('takes what is left out as usual: a clerk, who changes the password, and may call outside', () => {
  expect(readUsersCsv(`${header}\nAnn,A,ann,,secret,,,First line| Nights`).users).toEqual([
    {
      row: 2,
      teamNames: ['First line', 'Nights'],
      user: {
        firstName: 'Ann',
        lastName: 'A',
        username: 'ann',
        email: null,
        password: 'secret',
        accountType: 'clerk',
        mustChangePassword: true,
        secondFactorDue: false,
        mayCallOutside: true,
      },
    },
  ]);
});

it('lists every problem with its row and column', () => {
  const { users, problems, rows } = readUsersCsv(
    [
      header,
      'Ann,A,ann,ann@example.com,secret,clerk,yes,',
      ',B,ben,no address,secret,boss,perhaps,',
      'Cem,C,x,,,clerk,ja,',
      'Dee,D,dee,,secret,clerk,nein,,one too many',
    ].join('\n'),
  );
  expect(rows).toBe(4);
  expect(users.map(({ row }) => row)).toEqual([2]);
  expect(problems.map(({ row, column, reason }) => `${row} ${column} ${reason}`)).toEqual([
    '3 accountType malformed',
    '3 mustChangePassword malformed',
    '3 firstName missing',
    '3 email malformed',
    '4 password missing',
    '4 username malformed',
    '5 null tooManyCells',
  ]);
});

it('lists the problems of ten thousand rows, each by its row, and reads the good ones', () => {
  const row = (index: number) =>
    index % 3 === 0
      ? `A,B,u${index},no address,secret,boss,yes,`
      : `A,B,u${index},u${index}@example.com,secret,clerk,yes,`;
  const { rows, users, problems } = readUsersCsv(
    [header, ...Array.from({ length: 10_000 }, (_, index) => row(index))].join('\n'),
  );
  expect([rows, users.length]).toEqual([10_000, 6_666]);
  const bad = Array.from({ length: 3_334 }, (_, index) => 2 + 3 * index);
  expect(problems.map(({ row: at, column }) => `${at} ${column}`)).toEqual(
    bad.flatMap((at) => [`${at} accountType`, `${at} email`]),
  );
});

it('reads no row under a header that it does not understand', () => {
  expect(readUsersCsv('firstName,lastName,user,password,password\nAnn,A,ann,x,y').problems).toMatchObject([
    { row: 1, column: 'user', reason: 'unknownColumn' },
    { row: 1, column: 'password', reason: 'columnTwice' },
    { row: 1, column: 'username', reason: 'columnMissing' },
  ]);
  expect(readUsersCsv('').problems).toMatchObject([{ reason: 'empty' }]);
  expect(readUsersCsv('\u{FEFF}\n \n').problems).toMatchObject([{ reason: 'empty' }]);
  expect(readUsersCsv(`${header}\n${'a,b,cd,,x,,,\n'.repeat(20_001)}`).problems).toMatchObject([
    { reason: 'tooManyRows' },
  ]);
});

it('writes cells that a spreadsheet would take for a formula so that it does not, and reads them back', () => {
  const user: AdminUser = {
    userId: userId.parse('u'),
    firstName: '=HYPERLINK("http://x","y")',
    lastName: '+1',
    username: 'ann',
    email: '-x@example.com',
    accountType: 'admin',
    extension: '201',
    disabledAtMs: null,
    mustChangePassword: false,
    secondFactor: 'due',
    mayCallOutside: false,
    teamIds: [teamId.parse('t1'), teamId.parse('t2')],
    projectIds: [],
    lastSignedInAtMs: null,
    version: 0,
  };
  const names = new Map([
    ['t1', '@night'],
    ['t2', '\ttab'],
  ]);
  const text = writeUsersCsv([user], names);
  const [head = '', row = ''] = text.split('\r\n');
  expect(head).toBe(
    '\u{FEFF}firstName,lastName,username,email,accountType,mustChangePassword,secondFactorDue,mayCallOutside,teams,extension',
  );
  expect(row).toBe(
    `"'=HYPERLINK(""http://x"",""y"")","'+1",ann,"'-x@example.com",admin,no,yes,no,"'@night|\ttab",201`,
  );
  const withPasswords = `${head},password\r\n${row},secret`;
  expect(readUsersCsv(withPasswords)).toMatchObject({
    problems: [],
    users: [
      {
        user: { firstName: user.firstName, lastName: '+1', email: '-x@example.com' },
        teamNames: ['@night', 'tab'],
      },
    ],
  });
  for (const start of ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
    const line = writeUsersCsv([{ ...user, firstName: `${start}x` }], names).slice(head.length + 2);
    expect(line.startsWith(`"'${start}x"`), JSON.stringify(line)).toBe(true);
  }
});
