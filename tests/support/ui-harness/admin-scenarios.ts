// The states of the admin window that are looked at, for scenarios.ts: people and what was done to them.
import type { AuditEntry } from '#shared/admin/system-contract.ts';
import type { FoundPeople } from '#shared/desktop/people-contract.ts';
import { userId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { signedInState } from '../sample-state.ts';
import { adminUser, type ScriptedCompany, sampleCompany } from '../scripted-admin.ts';
import type { ScriptedState } from '../scripted-main.ts';
import { adminCallModeScenarios } from './admin-call-mode-scenarios.ts';
import type { Scenario } from './scenarios.ts';

export function adminState(
  role: 'superAdmin' | 'admin' = 'superAdmin',
  company: Partial<ScriptedCompany> = {},
  over: Partial<ScriptedState> = {},
): ScriptedState {
  const state = signedInState();
  if (state.session.state !== 'signedIn') throw new Error('The sample is signed in.');
  const user = {
    ...state.session.user,
    accountType: role,
    username: 'sara',
    displayName: 'Sara Öztürk',
    extension: '200',
  };
  return { ...state, session: { ...state.session, user }, company: sampleCompany(company), ...over };
}

const refuse = (reason: string) => () => {
  throw new CommandFailed(reason, 'Refused by the script.');
};

const away = {
  state: 'offline',
  sinceMs: Date.now() - 90_000,
  retryAtMs: Date.now() + 6000,
  reason: null,
} as const;

const firstNames = [
  'Anna',
  'Boris',
  'Chloé',
  'Dženan',
  'Émilie',
  'Filip',
  'Grażyna',
  'Håkon',
  'İpek',
  'Jürgen',
];
const lastNames = ['Albrecht', 'Bąk', 'Castillo', 'Dvořák', 'Eriksen', 'Fournier', 'Gül', 'Hoffmann'];
const manyUsers = () =>
  Array.from({ length: 10_000 }, (_, index) =>
    adminUser(`user${index}`, {
      firstName: firstNames[index % firstNames.length] ?? '',
      lastName: `${lastNames[index % lastNames.length]} ${Math.floor(index / 80)}`,
      extension: String(1000 + index),
      lastSignedInAtMs: Date.now() - index * 60_000,
    }),
  );

export function auditEntries(): AuditEntry[] {
  const sara = { kind: 'user', id: 'sara', name: 'Sara Öztürk' } as const;
  const entries: Omit<AuditEntry, 'id' | 'atMs'>[] = [
    {
      actor: sara,
      action: 'project.change',
      subject: { kind: 'project', id: 'parcels', name: 'Nordwind Parcels' },
      changes: [
        { field: 'ringTimeoutMs', before: 20_000, after: 25_000 },
        { field: 'numbers', before: ['+493012345600', '+493012345601'], after: ['+493012345600'] },
        { field: 'members', before: ['Ben Falkenberg', 'Mia Sommer'], after: ['Lena Brandt', 'Mia Sommer'] },
        { field: 'dispositionRequired', before: false, after: true },
        { field: 'overflow', before: { to: 'voicemail' }, after: { to: 'project', project: 'Night desk' } },
      ],
    },
    {
      actor: sara,
      action: 'user.disable',
      subject: { kind: 'user', id: 'omar', name: 'Omar Haddad' },
      changes: [{ field: 'disabled', before: false, after: true }],
    },
    {
      actor: { kind: 'apiKey', id: 'k1', name: 'Payroll import' },
      action: 'user.add',
      subject: { kind: 'user', id: 'ben', name: 'Ben Falkenberg-Hollingsworth' },
      changes: [
        { field: 'username', before: null, after: 'ben' },
        { field: 'accountType', before: null, after: 'clerk' },
        { field: 'extension', before: null, after: '202' },
        { field: 'mayCallOutside', before: null, after: true },
      ],
    },
    {
      actor: sara,
      action: 'user.change',
      subject: { kind: 'user', id: 'gone', name: '' },
      changes: null,
    },
    {
      actor: { kind: 'console', id: 'console', name: '' },
      action: 'settings.change',
      subject: { kind: 'settings', id: 'hub', name: 'Settings' },
      changes: [{ field: 'extensionLast', before: 499, after: 899 }],
    },
  ];
  return Array.from({ length: 30 }, (_, round) =>
    entries.map((entry, index) => ({
      ...entry,
      id: 1000 - round * entries.length - index,
      atMs: Date.now() - (round * entries.length + index) * 47 * 60_000,
    })),
  ).flat();
}

/** In wrap-up, which a supervisor may end. */
export function miaAtWork(): FoundPeople {
  const mia = userId.parse('mia');
  return {
    people: [
      {
        userId: mia,
        displayName: 'Mia Sommer',
        extension: '201',
        teams: ['Day shift'],
        presence: {
          userId: mia,
          status: 'available',
          labelId: null,
          sinceMs: Date.now() - 3_600_000,
          activity: 'wrapUp',
          activitySinceMs: Date.now() - 40_000,
          reachable: true,
        },
      },
    ],
    projects: [],
    peopleInAll: 1,
    number: null,
    live: true,
  };
}

export const adminScenarios: Record<string, Scenario> = {
  ...adminCallModeScenarios,
  'admin-users': { window: 'admin', state: () => adminState() },
  'admin-users-many': {
    window: 'admin',
    state: () => adminState('superAdmin', { users: manyUsers() }),
    async act(page) {
      await page.getByRole('grid').press('End');
      await page.getByRole('row').last().waitFor();
    },
  },
  'admin-users-none-found': {
    window: 'admin',
    state: () => adminState(),
    async act(page) {
      await page.locator('input[type=search]').fill('zebra');
    },
  },
  'admin-users-add': {
    window: 'admin',
    state: () => adminState(),
    async act(page) {
      await page.keyboard.press('n');
      await page.locator('form').waitFor();
    },
  },
  'admin-users-add-refused': {
    window: 'admin',
    state: () => adminState(),
    overrides: { 'admin.users.add': refuse('usernameTaken') },
    async act(page) {
      await page.keyboard.press('n');
      const fields = page.locator('form input:not([type=radio]):not([type=checkbox])');
      for (const [index, text] of [
        'Mia',
        'Sommer',
        'mia',
        '',
        'marlin copper violet',
        'marlin copper violet',
      ].entries()) {
        await fields.nth(index).fill(text);
      }
      await page.locator('footer button[type=submit]').click();
      await page.getByRole('alert').first().waitFor();
    },
  },
  'admin-users-discard': {
    window: 'admin',
    state: () => adminState(),
    async act(page) {
      await page.keyboard.press('n');
      await page.locator('form input').first().fill('Mia');
      await page.keyboard.press('Escape');
    },
  },
  'admin-users-edit': {
    window: 'admin',
    state: () => adminState(),
    async act(page) {
      await page.getByRole('row').nth(4).click();
      await page.locator('form').waitFor();
    },
  },
  'admin-users-edit-below': {
    window: 'admin',
    state: () => adminState(),
    overrides: { 'people.search': () => miaAtWork() },
    async act(page) {
      await page.getByRole('row', { name: 'Mia Sommer' }).click();
      const list = page.locator('section ul li').last();
      await list.waitFor();
      await list.scrollIntoViewIfNeeded();
    },
  },
  'admin-users-credential': {
    window: 'admin',
    state: () => adminState(),
    async act(page) {
      await page.getByRole('row', { name: 'Mia Sommer' }).click();
      await page.locator('section ul li').last().waitFor();
      await page.locator('section section').last().locator('button').first().click();
      await page.locator('form[aria-label] input').fill('Desk phone');
      await page.keyboard.press('Enter');
      const picture = page.locator('img');
      await picture.waitFor();
      await picture.scrollIntoViewIfNeeded();
    },
  },
  'admin-users-meanwhile': {
    window: 'admin',
    state: () => adminState(),
    async act(page) {
      await page.getByRole('row', { name: 'Mia Sommer' }).click();
      await page.locator('form input').nth(1).fill('Sommer-Brandt');
      await page.evaluate(() => {
        const { main } = window as unknown as {
          main: {
            state: ScriptedState;
            emit(name: 'admin.changed', payload: { kind: 'users' }): void;
          };
        };
        const { company } = main.state;
        if (!company) return;
        company.users = company.users.map((user) =>
          user.userId === 'mia'
            ? { ...user, lastName: 'Winter', email: 'winter@nordwind.example', version: 2 }
            : user,
        );
        main.emit('admin.changed', { kind: 'users' });
      });
      await page.locator('footer button[type=submit]:disabled').waitFor();
    },
  },
  'admin-users-import-problems': {
    window: 'admin',
    state: () => adminState(),
    overrides: {
      'admin.users.importCsv': () => ({
        rows: 412,
        added: 0,
        problems: Array.from({ length: 240 }, (_, index) => ({
          row: index * 2 + 2,
          column: ['username', 'email', 'password', 'teams'][index % 4] ?? null,
          reason: ['usernameTwice', 'malformed', 'passwordTooShort', 'noSuchTeam'][index % 4] ?? '',
          message: 'Refused by the script.',
        })),
      }),
    },
    async act(page) {
      await page.locator('header button').first().click();
      await page.locator('input[type=file]').setInputFiles({
        name: 'new-people.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('firstName\nMia\n'),
      });
      await page.getByRole('alert').waitFor();
    },
  },
  'admin-users-supervisor': {
    window: 'admin',
    state: () => adminState('admin'),
    async act(page) {
      await page.getByRole('row', { name: 'Mia Sommer' }).click();
      await page.locator('section ul li').last().waitFor();
    },
  },
  'admin-users-away': {
    window: 'admin',
    state: () => adminState(),
    async act(page) {
      await page.getByRole('row', { name: 'Mia Sommer' }).click();
      await page.evaluate((network) => {
        const { main } = window as unknown as { main: { set(name: 'network', value: unknown): void } };
        main.set('network', network);
      }, away);
    },
  },
  'admin-users-empty': { window: 'admin', state: () => adminState('admin', { users: [], teams: [] }) },
  'admin-teams': { window: 'admin', state: () => adminState(), act: (page) => page.keyboard.press('Alt+2') },
  'admin-teams-edit': {
    window: 'admin',
    state: () => adminState(),
    async act(page) {
      await page.keyboard.press('Alt+2');
      await page.getByRole('row', { name: 'Day shift' }).click();
      await page.getByRole('option').first().waitFor();
    },
  },
  'admin-audit': {
    window: 'admin',
    state: () => adminState('superAdmin', { audit: auditEntries() }),
    async act(page) {
      await page.locator('nav button:has(.tabler-icon-clipboard-list)').click();
      await page.getByRole('row').nth(1).click();
      await page.locator('dl').waitFor();
    },
  },
  'admin-audit-empty': {
    window: 'admin',
    state: () => adminState(),
    async act(page) {
      await page.locator('nav button:has(.tabler-icon-clipboard-list)').click();
    },
  },
  'admin-small': {
    window: 'admin',
    size: { width: 900, height: 600 },
    state: () => adminState(),
    async act(page) {
      await page.getByRole('row', { name: 'Mia Sommer' }).click();
    },
  },
  'admin-zoomed': {
    window: 'admin',
    size: { width: 620, height: 400 },
    state: () => adminState(),
  },
  'admin-zoomed-edit': {
    window: 'admin',
    size: { width: 620, height: 400 },
    state: () => adminState(),
    async act(page) {
      await page.keyboard.press('n');
      await page.locator('form').waitFor();
    },
  },
};
