// The states of the admin window's pages Projects, Dispositions, Statuses and System that are looked at.
import type { Page } from 'playwright';
import type { AdminProject, ProjectSettings } from '#shared/admin/projects-contract.ts';
import type { RecordImport } from '#shared/admin/records-contract.ts';
import type { Disposition } from '#shared/domain/disposition.ts';
import type { ApiKeyId, DispositionId, ProjectId, StatusId, UserId } from '#shared/domain/ids.ts';
import { dispositions, signedInState } from '../sample-state.ts';
import { adminProjectSample, adminUser, type ScriptedCompany, sampleCompany } from '../scripted-admin.ts';
import type { ScriptedState } from '../scripted-main.ts';
import type { Scenario } from './scenarios.ts';

const dayMs = 86_400_000;
const dateIn = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

const workdays = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { weekday, opensAtMinute: 480, closesAtMinute: 720 },
  { weekday, opensAtMinute: 780, closesAtMinute: 1050 },
]);

function projectWith(id: string, settings: Partial<ProjectSettings>): AdminProject {
  return {
    ...adminProjectSample,
    id: id as ProjectId,
    settings: { ...adminProjectSample.settings, ...settings },
  };
}

const projects: AdminProject[] = [
  projectWith('parcels', {
    numbers: ['+493012345600', '+493012345601', '+498005550100'],
    openingHours: [
      ...workdays,
      { weekday: 5, opensAtMinute: 1320, closesAtMinute: 1440 },
      { weekday: 6, opensAtMinute: 0, closesAtMinute: 120 },
    ],
    holidays: [
      { date: dateIn(-40), name: 'Tag der Deutschen Einheit' },
      { date: dateIn(34), name: 'Heiligabend' },
      { date: dateIn(35), name: '1. Weihnachtstag' },
    ],
    overflow: { to: 'project', projectId: 'optics' as ProjectId },
  }),
  projectWith('optics', {
    name: 'Brillenhaus Optik Falkenberg & Söhne, Filiale Prenzlauer Berg',
    queueName: 'Termine',
    numbers: ['+4989200300'],
    distribution: 'allAtOnce',
    memberIds: Array.from({ length: 214 }, (_, at) => `u${at}` as UserId),
    ringTimeoutMs: 15_000,
    mostWaiting: 0,
    openingHours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      weekday,
      opensAtMinute: 0,
      closesAtMinute: 1440,
    })),
  }),
  projectWith('heating', {
    name: 'Wärmewerk Notdienst',
    queueName: 'Störungen',
    numbers: [],
    memberIds: [],
    holidays: [{ date: dateIn(0), name: 'Betriebsausflug' }],
  }),
  projectWith('books', {
    name: 'Harbour Books',
    queueName: 'Orders',
    numbers: ['+442079460958'],
    memberIds: ['mia', 'ben', 'lena'] as UserId[],
    timeZone: 'Europe/London',
    openingHours: [{ weekday: 1, opensAtMinute: 540, closesAtMinute: 1020 }],
  }),
];

const firstNames = ['Annika', 'Bora', 'Carla', 'Deniz', 'Emil', 'Fatma', 'Greta', 'Hannes', 'Ida', 'Jonas'];
const lastNames = ['Albrecht', 'Bauer', 'Celik', 'Dietrich', 'Ersoy', 'Fuchs', 'Graf', 'Hoffmann', 'Iversen'];

export function largeCompany(over: Partial<ScriptedCompany> = {}): ScriptedCompany {
  const company = sampleCompany();
  const more = Array.from({ length: 400 }, (_, at) =>
    adminUser(`u${at}`, {
      firstName: firstNames[at % firstNames.length] ?? '',
      lastName: lastNames[Math.floor(at / firstNames.length) % lastNames.length] ?? '',
      extension: String(300 + at),
      teamIds: company.teams.slice(at % 2, (at % 2) + 1).map((team) => team.id),
    }),
  );
  return {
    ...company,
    users: [...company.users, ...more],
    projects,
    dispositions: Object.fromEntries(
      projects.map(({ id }) => [
        id,
        {
          version: 4,
          dispositions:
            id === 'parcels'
              ? dispositions.map(
                  (each): Disposition => ({ ...each, id: each.id as DispositionId, projectId: id }),
                )
              : [],
        },
      ]),
    ),
    statuses: {
      version: 2,
      statuses: [
        { id: 's-lunch' as StatusId, label: 'Lunch', actsAs: 'away', color: 'yellow' },
        { id: 's-training' as StatusId, label: 'Training', actsAs: 'busy', color: 'violet' },
        { id: 's-chat' as StatusId, label: 'Answering chats', actsAs: 'available', color: 'teal' },
      ],
    },
    apiKeys: [
      {
        id: 'k1' as ApiKeyId,
        name: 'Personio',
        scopes: ['users:read', 'users:write', 'teams:read'],
        madeAtMs: Date.now() - 90 * dayMs,
        lastUsedAtMs: Date.now() - 12 * 60_000,
      },
      {
        id: 'k2' as ApiKeyId,
        name: 'Wallboard in the hall',
        scopes: ['calls:read', 'projects:read'],
        madeAtMs: Date.now() - 3 * dayMs,
        lastUsedAtMs: null,
      },
    ],
    ...over,
  };
}

export function adminState(accountType: 'admin' | 'superAdmin', company = largeCompany()): ScriptedState {
  const state = signedInState({ company });
  if (state.session.state !== 'signedIn') throw new Error('The sample is signed in.');
  const user = { ...state.session.user, displayName: 'Sara Öztürk', accountType };
  return { ...state, session: { ...state.session, user } };
}

type PageName = 'projects' | 'dispositions' | 'callForm' | 'records' | 'statuses' | 'system';
const titles: Record<PageName, RegExp> = {
  projects: /^(Projects|Projekte)$/,
  dispositions: /^(Dispositions|Ergebnisse)$/,
  callForm: /^(Incoming-call form|Anrufformular)$/,
  records: /^(Records|Datensätze)$/,
  statuses: /^(Statuses|Status)$/,
  system: /^System$/,
};

async function goTo(page: Page, name: PageName): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: titles[name] }).click();
  await page.getByRole('heading', { level: 1, name: titles[name] }).waitFor();
}

function on(
  name: PageName,
  act?: (page: Page) => Promise<void>,
  role: 'admin' | 'superAdmin' = 'superAdmin',
): Scenario {
  return {
    window: 'admin',
    state: () => adminState(role),
    async act(page) {
      await goTo(page, name);
      await act?.(page);
    },
  };
}

const openProject = async (page: Page, name: string) => {
  await page.getByRole('row', { name }).click();
  await page.getByRole('heading', { level: 2, name }).waitFor();
};
/** Draws the drawer in its whole length. */
const whole = (height: number): Pick<Scenario, 'size'> => ({ size: { width: 1240, height } });

const openRow = async (page: Page, name: string) => {
  await page.getByRole('row', { name }).click();
  await page.getByRole('heading', { level: 2, name }).waitFor();
};
const uploadFile = async (page: Page) => {
  await page.keyboard.press('n');
  const csv = 'Vorname;Nachname;Telefon;Bemerkung';
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'leads.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.getByText('030 23125 040').waitFor();
};

function importOf(id: string, part: Partial<RecordImport>): RecordImport {
  return {
    ...{ id, fileName: `${id}.csv`, madeAtMs: Date.now() - dayMs, madeBy: 'Sara Öztürk', state: 'done' },
    ...{ encoding: 'utf-8', separator: ';', header: ['Name'], rows: 0, rowsDone: 0, created: 0, updated: 0 },
    settings: { columns: ['lastName'], kind: 'contact', projectId: null, ownerId: null },
    ...{ bad: 0, endedAtMs: null, reason: null },
    ...part,
  };
}

function withImports(act?: (page: Page) => Promise<void>): Scenario {
  const figures = (rows: number, rowsDone: number, created: number, updated: number, bad: number) => ({
    ...{ rows, rowsDone, created, updated, bad },
  });
  const imports = [
    importOf('leads-2026-11', {
      ...figures(100_000, 41_000, 38_214, 2_770, 16),
      ...{ state: 'running', madeAtMs: Date.now() - 4_000, separator: ',' },
    }),
    importOf('messe', {
      ...figures(312, 0, 0, 0, 0),
      state: 'uploaded',
      settings: null,
      madeBy: 'Lena Brandt',
    }),
    importOf('old', {
      fileName: 'Altbestand Filiale Prenzlauer Berg, aus dem alten Programm (2).csv',
      ...figures(18_204, 12_000, 11_980, 0, 20),
      ...{ state: 'failed', encoding: 'windows-1252', madeAtMs: Date.now() - 3 * dayMs },
    }),
    importOf('kunden', { ...figures(2_480, 2_480, 1_900, 573, 7), madeAtMs: Date.now() - 9 * dayMs }),
  ];
  return { ...on('records', act), state: () => adminState('superAdmin', largeCompany({ imports })) };
}

export const adminCompanyScenarios: Record<string, Scenario> = {
  'admin-projects': on('projects'),
  'admin-projects-empty': {
    ...on('projects'),
    state: () => adminState('superAdmin', largeCompany({ projects: [] })),
  },
  'admin-project': on('projects', (page) => openProject(page, 'Nordwind Parcels')),
  'admin-project-whole': {
    ...on('projects', (page) => openProject(page, 'Nordwind Parcels')),
    ...whole(2900),
  },
  'admin-project-supervisor': on('projects', (page) => openProject(page, 'Harbour Books'), 'admin'),
  'admin-project-new-wrong': {
    ...on('projects', async (page) => {
      await page.keyboard.press('n');
      const numbers = page.locator('input[type=tel]').last();
      for (const number of ['030 1234567', '+49 30 12345600', '201', 'call me']) {
        await numbers.fill(number);
        await numbers.press('Enter');
      }
      await page.getByLabel(/^(At these hours|Zu diesen Zeiten)$/).check();
      const days = page.locator('input[aria-keyshortcuts^="Alt+ArrowDown"]');
      await days.nth(1).fill('9-12, 11-15');
      await days.nth(4).fill('22-2');
      await days.nth(5).fill('at noon');
      await page.locator('button[type=submit]').click();
    }),
    ...whole(3000),
  },
  'admin-project-meanwhile': on('projects', async (page) => {
    await openProject(page, 'Harbour Books');
    await page.getByLabel(/^(Queue name|Name der Warteschlange)$/).fill('Orders and returns');
    await page.evaluate(() => {
      const { main } = window as unknown as {
        main: { state: ScriptedState; emit(name: 'admin.changed', payload: { kind: 'projects' }): void };
      };
      const { company } = main.state;
      if (!company) return;
      company.projects = company.projects.map((each) =>
        each.id === 'books'
          ? {
              ...each,
              version: each.version + 1,
              settings: { ...each.settings, queueName: 'Bestellungen', wrapUpMs: 90_000 },
            }
          : each,
      );
      main.emit('admin.changed', { kind: 'projects' });
    });
    await page.getByText(/^(There now|Steht jetzt dort)$/).waitFor();
  }),
  'admin-project-zoomed': {
    ...on('projects', (page) => openProject(page, 'Nordwind Parcels')),
    size: { width: 620, height: 400 },
  },
  'admin-dispositions': on('dispositions', async (page) => {
    await page.getByRole('combobox', { name: /^(Project|Projekt)$/ }).click();
    await page.getByRole('option', { name: 'Nordwind Parcels' }).click();
    await page.locator('aside label').nth(2).click();
  }),
  'admin-dispositions-wrong': on('dispositions', async (page) => {
    await page.getByRole('button', { name: /^(Add disposition|Ergebnis hinzufügen)$/ }).click();
    for (const label of ['Order taken', 'Wrong number', 'order taken']) {
      await page.keyboard.type(label);
      await page.keyboard.press('Enter');
    }
    await page.getByRole('button', { name: /^(Add group|Gruppe hinzufügen)$/ }).click();
    await page.keyboard.type('Solved');
  }),
  'admin-dispositions-meanwhile': on('dispositions', async (page) => {
    await page.getByRole('combobox', { name: /^(Project|Projekt)$/ }).click();
    await page.getByRole('option', { name: 'Nordwind Parcels' }).click();
    await page.locator('li input[maxlength="100"]').nth(1).fill('Delivery booked');
    await page.evaluate(() => {
      const { main } = window as unknown as {
        main: { state: ScriptedState; emit(name: 'admin.changed', payload: { kind: 'dispositions' }): void };
      };
      const list = main.state.company?.dispositions.parcels;
      if (!list) return;
      list.version += 1;
      list.dispositions = list.dispositions.slice(1);
      main.emit('admin.changed', { kind: 'dispositions' });
    });
    await page.getByText(/^(There now|Steht jetzt dort)$/).waitFor();
  }),
  'admin-dispositions-color': on('dispositions', async (page) => {
    await page.getByRole('combobox', { name: /^(Project|Projekt)$/ }).click();
    await page.getByRole('option', { name: 'Nordwind Parcels' }).click();
    await page
      .getByRole('button', { name: /(Colour|Farbe): / })
      .nth(2)
      .click();
  }),
  'admin-call-form': on('callForm', async (page) => {
    await page.locator('textarea').first().fill('Nordwind Parcels, good morning. How can I help?');
    for (const label of ['Customer number', 'Wants a brochure', 'Parcel size']) {
      await page.getByRole('button', { name: /^(Add field|Feld hinzufügen)$/ }).click();
      await page.keyboard.type(label);
    }
    const last = page.getByRole('listitem', { name: 'Parcel size' });
    await last.getByRole('combobox').first().click();
    await page.getByRole('option', { name: /^(Choice|Auswahl)$/ }).click();
    await last.locator('textarea').fill('Small\nMedium\nLarge');
  }),
  'admin-call-form-wrong': on('callForm', async (page) => {
    await page.getByRole('button', { name: /^(Add field|Feld hinzufügen)$/ }).click();
    await page.keyboard.type('Colour');
    await page.keyboard.press('Enter');
    await page.keyboard.type('colour');
  }),
  'admin-call-form-zoomed': { ...on('callForm'), size: { width: 620, height: 600 } },
  'admin-records-empty': on('records'),
  'admin-records': withImports(),
  'admin-records-running': withImports((page) => openRow(page, 'leads-2026-11.csv')),
  'admin-records-failed': withImports((page) => openRow(page, 'Altbestand')),
  'admin-records-done': withImports((page) => openRow(page, 'kunden.csv')),
  'admin-records-choose': on('records', async (page) => {
    await page.keyboard.press('n');
  }),
  'admin-records-setup': on('records', uploadFile),
  'admin-records-setup-whole': { ...on('records', uploadFile), ...whole(1300) },
  'admin-records-setup-zoomed': { ...on('records', uploadFile), size: { width: 620, height: 600 } },
  'admin-records-export': withImports(async (page) => {
    await page.getByRole('button', { name: /^(Export|Exportieren)$/ }).click();
  }),
  'admin-records-erase': withImports(async (page) => {
    await page.getByRole('button', { name: /^(Erase for good|Endgültig löschen)$/ }).click();
    await page.keyboard.type('brandt');
    await page
      .getByRole('button', { name: /Nadia Brandt/ })
      .first()
      .click();
  }),
  'admin-statuses': on('statuses'),
  'admin-statuses-wrong': on('statuses', async (page) => {
    await page.getByRole('button', { name: /^(Add status|Status hinzufügen)$/ }).click();
    await page.keyboard.type('lunch');
  }),
  'admin-system': on('system'),
  'admin-system-remove': on('system', async (page) => {
    await page.getByRole('button', { name: /Personio/ }).click();
    // Off the button, whose word of explanation would stand over the notice.
    await page.mouse.move(4, 4);
  }),
  'admin-system-key': on('system', async (page) => {
    await page.keyboard.press('n');
    await page.locator('fieldset input[type=checkbox]').nth(1).check();
  }),
  'admin-system-key-shown': on('system', async (page) => {
    await page.keyboard.press('n');
    await page.keyboard.type('Reports');
    await page.locator('fieldset input[type=checkbox]').first().check();
    await page.locator('button[type=submit][form]').click();
    await page.locator('code').waitFor();
  }),
  'admin-dispositions-zoomed': {
    ...on('dispositions', async (page) => {
      await page.getByRole('combobox', { name: /^(Project|Projekt)$/ }).click();
      await page.getByRole('option', { name: 'Nordwind Parcels' }).click();
    }),
    size: { width: 620, height: 600 },
  },
  'admin-statuses-zoomed': { ...on('statuses'), size: { width: 620, height: 600 } },
  'admin-system-zoomed': { ...on('system'), size: { width: 620, height: 600 } },
};
