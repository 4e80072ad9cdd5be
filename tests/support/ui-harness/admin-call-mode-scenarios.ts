// The states of the admin window's pages of call mode that are looked at.
import type { Page } from 'playwright';
import type { OrderImport } from '#shared/admin/dial-up-contract.ts';
import { usualDialUpSettings, usualOrderStatuses } from '#shared/domain/dial-up-usual.ts';
import { orderStatusId, type ProjectId, userId } from '#shared/domain/ids.ts';
import {
  orderInLine,
  type ScriptedCallMode,
  type ScriptedOrder,
  sampleCallMode,
  sampleLate,
} from '../scripted-call-mode.ts';
import { adminState, largeCompany } from './admin-company-scenarios.ts';
import type { Scenario } from './scenarios.ts';

const minuteMs = 60_000;

const names = ['Nadia Brandt', 'Emil Öztürk', 'Jan de Vries', 'Brandt & Söhne Heizungsbau GmbH', 'Ana Kovač'];
const kinds: readonly Partial<ScriptedOrder>[] = [
  { whyNow: 'ownCallBackDue' },
  { whyNow: 'callBackDue' },
  { whyNow: 'highPriorityLead' },
  { whyNow: 'overStandardTime' },
  { whyNow: 'unprocessed' },
  { whyNow: 'retryDue' },
  { whyNow: 'drawn' },
  { whyNow: null, whyNotNow: 'held', heldBy: { userId: userId.parse('mia'), name: 'Mia Sommer' } },
  { whyNow: null, whyNotNow: 'callBackLater', atMs: Date.now() + 90 * minuteMs },
  { whyNow: null, whyNotNow: 'outsideHours', atMs: Date.now() + 800 * minuteMs },
  { whyNow: null, whyNotNow: 'doNotCall', atMs: null },
  { whyNow: null, whyNotNow: 'noNumber', number: null, atMs: null },
];

function line(): ScriptedOrder[] {
  return Array.from({ length: 60 }, (_, at) => {
    const kind = kinds[Math.min(kinds.length - 1, Math.floor(at / 5))] ?? {};
    const base = orderInLine(at, { ...kind, name: names[at % names.length] ?? '' });
    const isBack = kind.whyNow === 'ownCallBackDue' || kind.whyNow === 'callBackDue';
    const isRetry = kind.whyNow === 'retryDue';
    const mode = at % 4 === 3 ? 'beforeBuyout' : 'newLeads';
    const bucket = isBack ? 'callBack' : isRetry ? 'noAnswer' : 'unprocessed';
    const forUserId = kind.whyNow === 'ownCallBackDue' ? userId.parse('ben') : null;
    const projectId = (at % 3 === 0 ? 'optics' : 'parcels') as ProjectId;
    const statusId = orderStatusId.parse(mode === 'newLeads' ? 'new' : 'before-buyout');
    return {
      ...base,
      order: {
        ...base.order,
        ...{ projectId, statusId, attempts: isBack || isRetry ? 2 : 0 },
        place: { mode, bucket, dueAtMs: base.order.statusSinceMs, forUserId },
      },
    };
  });
}

export function callModeAtWork(): ScriptedCallMode {
  const usual = usualDialUpSettings(usualOrderStatuses);
  const settings = {
    ...usual,
    callingHours: [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, fromMinute: 540, toMinute: 1200 })),
    modes: usual.modes.map((each) => ({
      ...each,
      open: each.mode !== 'random2',
      highPriority: each.mode === 'newLeads',
      agentIds: each.mode === 'beforeBuyout' ? [userId.parse('ben'), userId.parse('mia')] : null,
      extraButtons:
        each.mode === 'newLeads'
          ? [{ label: 'Wants a brochure', statusId: orderStatusId.parse('to-reconfirm') }]
          : [],
      script: each.mode === 'newLeads' ? 'Good day, this is … from Nordwind. You have ordered …' : '',
    })),
  };
  return sampleCallMode({
    line: line(),
    settings: { parcels: { version: 3, settings }, optics: { version: 1, settings } },
    freeModes: [
      { mode: 'random1', name: 'Stammkunden', handsOut: 'atRandom', seed: 7 },
      { mode: 'random2', name: '', handsOut: 'byRule', seed: 2 },
    ],
    done: { confirmed: 1284, refused: 96, collected: 20_417 },
    attempts: [
      { ...sampleLate().attempt, orderId: line()[0]?.order.id ?? sampleLate().orderId, effect: 'moved' },
    ],
    late: [sampleLate()],
    doNotCall: [
      ...['+493023125040', '+442079460155', '+31201234567'].map((number, at) => ({
        ...{ number, reason: at === 1 ? '' : 'Asked for it on the phone, twice', addedBy: 'Lena Brandt' },
        addedAtMs: Date.now() - (at + 1) * 3_000_000,
      })),
    ],
  });
}

const titles = {
  dialUp: /^(Dial-up settings|Anwahleinstellungen)$/,
  orders: /^(Orders in line|(Bestellungen an|An) der Reihe)$/,
  orderStatuses: /^(Order statuses|Bestellstatus)$/,
  doNotCall: /^(Do not call|Sperrliste)$/,
} as const;

function on(
  name: keyof typeof titles,
  act?: (page: Page) => Promise<void>,
  role: 'admin' | 'superAdmin' = 'superAdmin',
): Scenario {
  return {
    window: 'admin',
    state: () => adminState(role, largeCompany({ callMode: callModeAtWork() })),
    async act(page) {
      await page.getByRole('navigation').getByRole('button', { name: titles[name] }).click();
      await page.getByRole('heading', { level: 1, name: titles[name] }).waitFor();
      await act?.(page);
    },
  };
}

const imports = (): OrderImport[] =>
  (['running', 'done', 'failed', 'uploaded'] as const).map((state, at) => ({
    ...{ id: `order-import-${at}`, fileName: `bestellungen-2026-11-${10 + at}.csv`, state },
    ...{ madeAtMs: Date.now() - at * 90 * minuteMs, madeBy: 'Sara Öztürk', header: ['Bestellnummer'] },
    ...{ rows: 100_000, rowsDone: state === 'done' ? 100_000 : state === 'uploaded' ? 0 : 41_500 },
    ...{
      created: state === 'uploaded' ? 0 : state === 'done' ? 68_384 : 40_296,
      updated: 1_204,
      bad: state === 'done' ? 30_412 : 0,
    },
    ...{ settings: null, endedAtMs: state === 'done' ? Date.now() - 80 * minuteMs : null },
    reason: state === 'failed' ? 'hubAway' : null,
  }));

const openImports = async (page: Page) => {
  await page.getByRole('button', { name: /^(Imports|Importe)$/ }).click();
  await page.getByRole('heading', { level: 1, name: /^(Imports|Importe)/ }).waitFor();
};

/** Draws the drawer in its whole length. */
const whole = (height: number): Pick<Scenario, 'size'> => ({ size: { width: 1240, height } });
const openFirst = async (page: Page) => {
  await page.getByRole('row').nth(1).click();
  await page.getByRole('heading', { level: 2 }).first().waitFor();
};
const openMode = async (page: Page) => {
  await page.getByRole('button', { name: /(New leads|Neue Leads), Nordwind Parcels/ }).click();
  await page.locator('textarea[maxlength]').waitFor();
};

export const adminCallModeScenarios: Record<string, Scenario> = {
  'call-mode-dial-up': on('dialUp'),
  'call-mode-dial-up-mode': on('dialUp', openMode),
  'call-mode-dial-up-mode-whole': { ...on('dialUp', openMode), ...whole(1900) },
  'call-mode-dial-up-project': {
    ...on('dialUp', async (page) => {
      await page
        .getByRole('row', { name: /Nordwind Parcels/ })
        .getByRole('rowheader')
        .getByRole('button')
        .click();
      await page.getByRole('radiogroup').or(page.locator('fieldset input[type=radio]')).first().waitFor();
    }),
    ...whole(1300),
  },
  'call-mode-dial-up-free': on('dialUp', async (page) => {
    await page.getByRole('button', { name: /^(Free modes|Freie Modi)$/ }).click();
    await page.getByRole('heading', { level: 2, name: /^(Free modes|Freie Modi)$/ }).waitFor();
  }),
  'call-mode-orders': on('orders', async (page) => {
    await page.getByRole('row').nth(3).waitFor();
  }),
  'call-mode-orders-ticked': on('orders', async (page) => {
    for (const at of [1, 2, 4]) await page.getByRole('checkbox').nth(at).click();
    await page.getByRole('combobox', { name: /^(Move to status|In Status verschieben)$/ }).click();
    await page.getByRole('option', { name: 'Refused' }).click();
    await page.getByRole('listbox').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: /^(Move|Verschieben)$/ }).click();
  }),
  'call-mode-orders-one': on('orders', openFirst),
  'call-mode-orders-late': on('orders', async (page) => {
    await page.getByRole('button', { name: /(late outcome|spätes Ergebnis)/ }).click();
    await page.getByRole('button', { name: /^(Only keep it|Nur behalten)$/ }).waitFor();
  }),
  'call-mode-orders-add': on('orders', async (page) => {
    await page.keyboard.press('n');
    await page.getByRole('searchbox').fill('Brandt');
    await page.getByRole('button', { name: /Nadia/ }).waitFor();
  }),
  'call-mode-orders-filtered': on('orders', async (page) => {
    for (const [filter, option] of [
      [/^(Project|Projekt)$/, /^Nordwind Parcels$/],
      [/^(Mode|Modus)$/, /^(New leads|Neue Leads)$/],
    ] as const) {
      await page.getByRole('combobox', { name: filter }).click();
      await page.getByRole('option', { name: option }).click();
    }
    await page.mouse.move(4, 4);
    await page.getByRole('row').nth(3).waitFor();
  }),
  'call-mode-orders-none': {
    ...on('orders'),
    state: () => adminState('superAdmin'),
  },
  'call-mode-imports': on('orders', async (page) => {
    await page.getByRole('button', { name: /^(Imports|Importe)$/ }).click();
    await page.keyboard.press('n');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from('a;b') });
    await page.getByText('030 23125040').waitFor();
    for (const [at, option] of [
      [0, 'Nordwind Parcels'],
      [1, 'New'],
    ] as const) {
      await page.locator('section section').getByRole('combobox').nth(at).click();
      await page.getByRole('option', { name: option, exact: true }).click();
    }
    await page
      .getByText(/^(Row|Zeile)$/)
      .last()
      .waitFor();
  }),
  'call-mode-statuses': on('orderStatuses'),
  'call-mode-statuses-leaving': on('orderStatuses', async (page) => {
    await page.getByRole('button', { name: /^(Remove “Confirmed”|„Confirmed“ entfernen)/ }).click();
    await page.mouse.move(4, 4);
    await page.getByRole('tooltip').waitFor({ state: 'hidden' });
  }),
  'call-mode-statuses-supervisor': on('orderStatuses', undefined, 'admin'),
  'call-mode-do-not-call': on('doNotCall', openFirst),
  'call-mode-do-not-call-add': on('doNotCall', async (page) => {
    await page.keyboard.press('n');
    await page.locator('textarea').first().fill('030 23125041\nnot a number, +44 20 7946 0156');
    await page.locator('button[type=submit]').click();
    await page
      .getByText(/(could not be read|nicht lesen)/)
      .first()
      .waitFor();
  }),
  'call-mode-dial-up-supervisor': on('dialUp', undefined, 'admin'),
  'call-mode-dial-up-none': {
    ...on('dialUp'),
    state: () => adminState('superAdmin', largeCompany({ projects: [], callMode: sampleCallMode() })),
  },
  'call-mode-orders-late-none': {
    ...on('orders'),
    state: () => adminState('admin', largeCompany({ callMode: { ...callModeAtWork(), late: [] } })),
  },
  'call-mode-orders-none-found': on('orders', async (page) => {
    await page.getByRole('row').nth(3).waitFor();
    await page.getByRole('combobox', { name: /^Status$/ }).click();
    await page.getByRole('option', { name: 'To re-confirm' }).click();
    await page.locator('[role=gridcell] h2').waitFor();
  }),
  'call-mode-orders-add-wrong': on('orders', async (page) => {
    await page.keyboard.press('n');
    await page.locator('button[type=submit]').click();
  }),
  'call-mode-imports-list': {
    ...on('orders', openImports),
    state: () =>
      adminState('superAdmin', largeCompany({ callMode: { ...callModeAtWork(), imports: imports() } })),
  },
  'call-mode-imports-done': {
    ...on('orders', async (page) => {
      await openImports(page);
      await page.getByRole('row').nth(2).click();
      await page.getByRole('heading', { level: 2 }).first().waitFor();
    }),
    state: () =>
      adminState('superAdmin', largeCompany({ callMode: { ...callModeAtWork(), imports: imports() } })),
  },
  'call-mode-imports-none': on('orders', openImports),
  'call-mode-do-not-call-list': on('doNotCall'),
  'call-mode-do-not-call-none': { ...on('doNotCall'), state: () => adminState('superAdmin') },
};
