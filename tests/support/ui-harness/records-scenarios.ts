// Leads, Contacts, a record's page, search and syncing, in the states that are looked at.
import type { Page } from 'playwright';
import type { RecordConflict, SyncView, WaitingItem } from '#shared/desktop/sync-view-contract.ts';
import { usualCallForm } from '#shared/domain/call-form.ts';
import { callId, mutationId, orderId, projectId, recordId } from '#shared/domain/ids.ts';
import { sampleAttempt, sampleOrder } from '../sample-orders.ts';
import { type ScriptedRecord, sampleRecord, sampleRecords, worstRecords } from '../sample-records.ts';
import { callView, signedInState, someHistory } from '../sample-state.ts';
import type { ScriptedState } from '../scripted-main.ts';
import { noRecords } from '../scripted-records.ts';
import type { Scenario } from './scenarios.ts';

const minuteMs = 60_000;

const customFields = [
  { key: 'parcelNumber', label: 'Parcel number', type: 'text', choices: [], required: true },
  { key: 'weight', label: 'Weight in kg', type: 'number', choices: [], required: false },
  { key: 'deliverOn', label: 'Deliver on', type: 'date', choices: [], required: false },
  { key: 'size', label: 'Size', type: 'choice', choices: ['S', 'M', 'L'], required: false },
  { key: 'insured', label: 'Insured', type: 'yesNo', choices: [], required: false },
] as const;

function withRecords(records: ScriptedRecord[], over: Partial<ScriptedState> = {}): ScriptedState {
  const none = noRecords();
  const filters = [
    {
      id: 's1',
      name: 'VIP in Berlin',
      filter: { text: 'Berlin', kinds: [], projectId: null, ownerId: null, tag: 'VIP' },
      sort: { by: 'name' as const, descending: false },
    },
    {
      id: 's2',
      name: 'Mine, last called',
      filter: { text: '', kinds: [], projectId: null, ownerId: null, tag: null },
      sort: { by: 'lastCallAt' as const, descending: true },
    },
  ];
  const form = {
    ...usualCallForm,
    customFields: customFields.map((field) => ({ ...field, choices: [...field.choices] })),
  };
  return signedInState({
    records: {
      ...none,
      records,
      listSettings: {
        ...none.listSettings,
        contacts: { ...none.listSettings.contacts, filters },
      },
    },
    callForms: [{ projectId: projectId.parse('parcels'), form }],
    history: someHistory(),
    ...over,
  });
}

const some = (over: Partial<ScriptedState> = {}) => withRecords(full(), over);

function full(): ScriptedRecord[] {
  const [first, ...rest] = sampleRecords(2_400);
  if (!first) return rest;
  const fields = { parcelNumber: 'NW-4417', weight: 2.5, deliverOn: '2026-11-27', size: 'M', insured: true };
  return [{ ...first, record: { ...first.record, fields } }, ...rest];
}

const go = (page: Page, place: RegExp) =>
  page.getByRole('navigation').getByRole('button', { name: place }).click();
const contacts = (page: Page) => go(page, /^(Contacts|Kontakte)/);
const leads = (page: Page) => go(page, /^Leads/);

async function openFirst(page: Page): Promise<void> {
  await contacts(page);
  const grid = page.getByRole('grid');
  await grid
    .getByRole('row', { name: /Annika Lindqvist/ })
    .first()
    .waitFor();
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('article h2').waitFor();
  await page.mouse.move(0, 0);
}

const view = (over: Partial<SyncView>): SyncView => ({
  waiting: 0,
  conflicts: 0,
  refused: 0,
  pulling: null,
  sameSinceMs: Date.now() - 42 * minuteMs,
  why: 'nothing',
  ...over,
});

const item = (id: string, over: Partial<WaitingItem>): WaitingItem => ({
  mutationId: mutationId.parse(id),
  kind: 'note.add',
  about: 'Annika Lindqvist',
  recordId: recordId.parse('record-0'),
  callId: null,
  madeAtMs: Date.now() - 6 * minuteMs,
  state: 'waiting',
  reason: null,
  attempts: 0,
  ...over,
});

const items = (): WaitingItem[] => [
  item('w1', { kind: 'record.create', about: 'Werkstatt Grünwald & Söhne GmbH', attempts: 3 }),
  item('w2', { madeAtMs: Date.now() - 4 * minuteMs }),
  item('w3', { kind: 'record.change', about: 'Tomasz Wiśniewski' }),
  item('w4', {
    kind: 'call.report',
    about: '030 555 10037',
    recordId: null,
    callId: callId.parse('h1'),
    state: 'undoOpen',
  }),
];

const refusedItems = (): WaitingItem[] => [
  item('r1', {
    kind: 'record.change',
    about: 'Fjordlogistik AS',
    state: 'refused',
    reason: 'noSuchRecord',
    attempts: 1,
  }),
  item('r2', { about: 'Mei-Ling Okafor', state: 'refused', reason: 'notAllowed', attempts: 1 }),
];

function conflict(): RecordConflict {
  const { record } = sampleRecord(0, Date.now());
  return {
    mutationId: mutationId.parse('c1'),
    recordId: record.id,
    madeAtMs: Date.now() - 50 * minuteMs,
    before: { city: 'Berlin', description: '', fields: { parcelNumber: 'NW-4410' } },
    mine: {
      city: 'Potsdam',
      description: 'Moved to Potsdam in October.',
      fields: { parcelNumber: 'NW-4417' },
    },
    theirs: {
      ...record,
      city: 'Brandenburg an der Havel',
      description: 'Ring twice; the bell is broken.',
      fields: { parcelNumber: 'NW-4471' },
    },
    clashes: ['city', 'description', 'fields.parcelNumber'],
  };
}

const openSync = async (page: Page) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('sync');
  await page.keyboard.press('Enter');
  await page.locator('article h1').waitFor();
};

const ordersOfFirst = () => [
  {
    order: sampleOrder({
      place: { mode: 'random1', bucket: 'callBack', dueAtMs: Date.now() + 90 * minuteMs, forUserId: null },
    }),
    modeName: 'Winter sale',
    statusLabel: 'New',
    statusColor: 'blue',
    attempts: [sampleAttempt('attempt-2', { note: 'Rang for a long time.' })],
  },
  {
    order: sampleOrder({ id: orderId.parse('order-2'), goods: 'Kissen', sumMinor: 2_400, attempts: 0 }),
    modeName: '',
    statusLabel: 'Confirmed',
    statusColor: 'green',
    attempts: [],
  },
];

const agent = (state: () => ScriptedState, act?: (page: Page) => Promise<void>): Scenario => ({
  window: 'agent',
  state,
  ...(act ? { act } : {}),
});

export const recordsScenarios: Record<string, Scenario> = {
  'records-contacts': agent(some, async (page) => {
    await contacts(page);
    await page.getByRole('row').nth(3).waitFor();
  }),
  'records-leads': agent(some, async (page) => {
    await leads(page);
    await page.getByRole('row').nth(3).waitFor();
  }),
  'records-leads-empty': agent(() => withRecords([]), leads),
  'records-contacts-empty': agent(() => withRecords([]), contacts),
  'records-none-found': agent(some, async (page) => {
    await contacts(page);
    await page.getByRole('searchbox').fill('zzzz');
    await page.locator('[role=gridcell] h2').waitFor();
  }),
  'records-first-pull': agent(
    () => withRecords([], { sync: view({ pulling: { done: 12_400, total: 100_000 }, sameSinceMs: null }) }),
    contacts,
  ),
  'records-worst-names': agent(
    () => withRecords(worstRecords()),
    async (page) => {
      await contacts(page);
      await page.getByRole('row').nth(3).waitFor();
    },
  ),
  'records-worst-page': agent(
    () => withRecords(worstRecords()),
    async (page) => {
      await contacts(page);
      await page
        .getByRole('row', { name: /Ottoline/ })
        .getByRole('gridcell')
        .nth(2)
        .click();
      await page.locator('article h2').waitFor();
      await page.mouse.move(0, 0);
    },
  ),
  'records-filter': agent(some, async (page) => {
    await contacts(page);
    await page.getByRole('button', { name: /^Filter/ }).click();
    await page.mouse.move(0, 0);
  }),
  'records-filtered': agent(some, async (page) => {
    await contacts(page);
    await page.getByRole('button', { name: /^(Saved filters|Gespeicherte)/ }).click();
    await page
      .getByRole('button', { name: /VIP in Berlin$/ })
      .first()
      .click();
    await page.mouse.move(0, 0);
  }),
  'records-saved-filters': agent(some, async (page) => {
    await contacts(page);
    await page.getByRole('button', { name: /^(Saved filters|Gespeicherte)/ }).click();
    await page.mouse.move(0, 0);
  }),
  'records-columns': agent(some, async (page) => {
    await contacts(page);
    await page.getByRole('button', { name: /^(Columns|Spalten)/ }).click();
    await page.mouse.move(0, 0);
  }),
  'records-page': agent(some, openFirst),
  'records-page-orders': {
    ...agent(some, openFirst),
    overrides: { 'orders.ofRecord': ordersOfFirst },
    size: { width: 1180, height: 1100 },
  },
  'records-page-small': { ...agent(some, openFirst), size: { width: 900, height: 600 } },
  'records-page-note': agent(some, async (page) => {
    await openFirst(page);
    await page.getByRole('button', { name: /^(Add note|Notiz hinzu)/ }).click();
    await page.keyboard.type('Asked for an invoice in the name of the firm.');
  }),
  'records-page-edit': agent(some, async (page) => {
    await openFirst(page);
    await page.getByRole('button', { name: /^(Edit|Bearbeiten)$/ }).click();
  }),
  'records-page-discard': agent(some, async (page) => {
    await openFirst(page);
    await page.getByRole('button', { name: /^(Edit|Bearbeiten)$/ }).click();
    await page.keyboard.type('x');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^(Keep editing|Weiter bearbeiten)/ }).scrollIntoViewIfNeeded();
  }),
  'records-new': agent(some, async (page) => {
    await contacts(page);
    await page.getByRole('button', { name: /^(New contact|Neuer Kontakt)/ }).click();
  }),
  'search-empty': agent(some, async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('option').first().waitFor();
  }),
  'search-found': agent(some, async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('parcel 4417');
    await page.getByRole('option').first().waitFor();
  }),
  'search-name': agent(
    () => some({ calls: [callView('c1')] }),
    async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('lind');
      await page.getByRole('option').first().waitFor();
    },
  ),
  'search-number': agent(some, async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('+49 30 55510012');
    await page.getByRole('option').first().waitFor();
  }),
  'search-none': agent(some, async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('qqqq');
    await page.locator('section p').first().waitFor();
  }),
  'sync-waiting': agent(
    () => some({ sync: view({ waiting: 4, why: 'hubAway' }), unsent: { items: items(), conflicts: [] } }),
    openSync,
  ),
  'sync-chip': agent(
    () => some({ sync: view({ waiting: 4, why: 'hubAway' }) }),
    async (page) => {
      await page.getByRole('button', { name: /^4 (waiting|warten)/ }).click();
    },
  ),
  'sync-conflict': agent(
    () =>
      some({
        sync: view({ waiting: 5, conflicts: 1, refused: 2, why: 'sending' }),
        unsent: { items: [...items(), ...refusedItems()], conflicts: [conflict()] },
      }),
    openSync,
  ),
  'sync-pulling': agent(
    () => some({ sync: view({ pulling: { done: 61_240, total: 100_000 }, sameSinceMs: null }) }),
    openSync,
  ),
  'sync-all-sent': agent(some, openSync),
};
