// The admin window's pages of call mode over a scripted main: what is asked of the hub, what is said where something is
// wrong or was changed by somebody else, and who may only look.
import '../../src-renderer/i18n/admin/admin-texts.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { DialUpSettings } from '#shared/domain/dial-up.ts';
import { usualDialUpSettings, usualFreeModes } from '#shared/domain/dial-up-usual.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { AdminWindow, adminTopics } from '../../src-renderer/admin/admin-window.tsx';
import { numbersIn } from '../../src-renderer/features/admin-do-not-call/numbers-in.ts';
import { minorOf } from '../../src-renderer/features/admin-orders/order-draft.ts';
import { renderWindow } from '../support/render-window.tsx';
import {
  orderInLine,
  type ScriptedCallMode,
  sampleCallMode,
  sampleLate,
} from '../support/scripted-call-mode.ts';
import type { Overrides } from '../support/scripted-main.ts';
import { adminState, largeCompany } from '../support/ui-harness/admin-company-scenarios.ts';

async function openAt(
  page: string,
  callMode: ScriptedCallMode = sampleCallMode(),
  role: 'admin' | 'superAdmin' = 'superAdmin',
  overrides: Overrides = {},
) {
  const state = adminState(role, largeCompany({ callMode }));
  const window = await renderWindow(<AdminWindow />, adminTopics, state, overrides);
  const tree = await screen.findByRole('navigation');
  await window.user.click(within(tree).getByRole('button', { name: page }));
  await screen.findByRole('heading', { level: 1, name: page });
  return window;
}

const button = (name: string | RegExp) => screen.getByRole('button', { name });
const field = (name: string) => screen.getByRole('textbox', { name });
const choose = async (
  { user }: Awaited<ReturnType<typeof openAt>>,
  name: string | RegExp,
  option: string,
) => {
  // The drawer's, where the page has one of the same name.
  const field = screen.getAllByRole('combobox', { name }).at(-1);
  if (!field) throw new Error('The field is there.');
  await user.click(field);
  await user.click(await screen.findByRole('option', { name: option }));
};
const newLeadsOf = (settings: DialUpSettings) => settings.modes[0];

describe('dial-up settings', () => {
  it('DIAL-5 show projects by modes, with what waits, and open the settings of one', async () => {
    const line = [orderInLine(1), orderInLine(2)];
    const settings = usualDialUpSettings([]);
    const open = settings.modes.map((each) => ({ ...each, open: each.mode === 'newLeads' }));
    const callMode = sampleCallMode({
      line,
      settings: { parcels: { version: 1, settings: { ...settings, modes: open } } },
    });
    const { user } = await openAt('Dial-up settings', callMode);
    const cell = await screen.findByRole('button', {
      name: /^New leads, Nordwind Parcels:\s*2\s*in line/,
    });
    expect(within(cell).getByText('2 due')).toBeVisible();
    expect(within(cell).getByText('All members')).toBeVisible();
    expect(button(/^Re-confirmation, Nordwind Parcels:\s*Closed/)).toBeVisible();
    await user.click(cell);
    expect(await screen.findByRole('switch', { name: /^Open/ })).toBeChecked();
    expect(screen.getByText(/^New leads of this project go ahead/)).toBeVisible();
  });

  it('DIAL-3 keep what was typed of one mode, with delays, buttons, agents and script, and say what is no number', async () => {
    const opened = await openAt('Dial-up settings');
    const { user, asked } = opened;
    await user.click(await screen.findByRole('button', { name: /^New leads, Nordwind Parcels/ }));
    await user.click(await screen.findByRole('switch', { name: /^Open/ }));
    await user.clear(field('Delay after busy'));
    await user.type(field('Delay after busy'), 'soon');
    await user.click(button('Save'));
    expect(await screen.findByText('Correct what is marked, then save.')).toBeVisible();
    expect(asked('admin.dialUp.set')).toEqual([]);
    await user.clear(field('Delay after busy'));
    await user.type(field('Delay after busy'), '5');
    await user.click(screen.getByRole('checkbox', { name: 'Show “Hang-up”' }));
    await choose(opened, 'Where “Refused” leads', 'Stays in its status');
    await user.click(button('Add button'));
    await user.type(field('Label of the extra button'), 'Wants a brochure');
    await choose(opened, 'Where it leads', 'To re-confirm');
    await user.click(screen.getByRole('radio', { name: 'Only these' }));
    await user.click(await screen.findByRole('option', { name: /Mia Sommer/ }));
    await user.type(field('Script'), 'Good day');
    await user.click(button('Save'));
    await waitFor(() => expect(asked('admin.dialUp.set')).toHaveLength(1));
    const [{ settings }] = asked('admin.dialUp.set') as [{ settings: DialUpSettings }];
    expect(newLeadsOf(settings)).toMatchObject({
      open: true,
      delayMinutes: { noAnswer: 60, busy: 5, hangUp: 30 },
      extraButtons: [{ label: 'Wants a brochure', statusId: 'to-reconfirm' }],
      agentIds: ['mia'],
      script: 'Good day',
    });
    const shown = newLeadsOf(settings)?.buttons ?? [];
    expect(shown.find((each) => each.button === 'hangUp')?.shown).toBe(false);
    expect(shown.find((each) => each.button === 'refused')?.statusId).toBeNull();
    expect(settings.modes.slice(1).every((mode) => !mode.open)).toBe(true);
    expect(await screen.findByText('Saved')).toBeVisible();
  }, 60_000);

  it('DIAL-3 take over another mode that somebody else changed meanwhile, and lose neither change', async () => {
    const callMode = sampleCallMode();
    const { user, asked, main } = await openAt('Dial-up settings', callMode);
    await user.click(await screen.findByRole('button', { name: /^New leads, Nordwind Parcels/ }));
    await user.click(await screen.findByRole('switch', { name: /^Open/ }));
    const usual = usualDialUpSettings(callMode.statuses);
    const theirs = usual.modes.map((each) =>
      each.mode === 'beforeBuyout' ? { ...each, attempts: 9 } : each,
    );
    callMode.settings.parcels = { version: 4, settings: { ...usual, modes: theirs } };
    main.emit('admin.changed', { kind: 'dialUp' });
    await waitFor(() => expect(asked('admin.dialUp.get').length).toBeGreaterThan(1));
    await user.click(button('Save'));
    await waitFor(() => expect(asked('admin.dialUp.set').at(-1)).toMatchObject({ version: 4 }));
    const { settings } = asked('admin.dialUp.set').at(-1) as { settings: DialUpSettings };
    expect(newLeadsOf(settings)?.open).toBe(true);
    expect(settings.modes[2]?.attempts).toBe(9);
  });

  it('DIAL-10 set the calling hours and the order fields of all modes of a project', async () => {
    const { user, asked } = await openAt('Dial-up settings');
    await user.click(await screen.findByRole('button', { name: 'Settings of Nordwind Parcels' }));
    await user.click(await screen.findByRole('radio', { name: 'At these hours' }));
    await user.clear(field('Saturday'));
    await user.click(screen.getByRole('radio', { name: 'At once' }));
    await user.click(button('Add field'));
    await user.type(field('Label'), 'Gift wrap');
    await user.click(button('Save'));
    await waitFor(() => expect(asked('admin.dialUp.set')).toHaveLength(1));
    const [{ settings }] = asked('admin.dialUp.set') as [{ settings: DialUpSettings }];
    expect(settings.callingHours.map(({ weekday }) => weekday)).toEqual([1, 2, 3, 4, 5]);
    expect(settings.callingHours[0]).toEqual({ weekday: 1, fromMinute: 540, toMinute: 1200 });
    expect(settings).toMatchObject({
      dials: 'atOnce',
      orderFields: [{ key: 'giftWrap', label: 'Gift wrap' }],
    });
  });

  it('DIAL-2 name the free modes; an admin who is no super admin only looks', async () => {
    const callMode = sampleCallMode();
    const first = await openAt('Dial-up settings', callMode);
    await first.user.click(button('Free modes'));
    const [name] = await screen.findAllByRole('textbox', { name: 'Name' });
    if (!name) throw new Error('There is a field for the name.');
    await first.user.type(name, 'Regulars');
    await first.user.click(button('Save'));
    expect(await screen.findByRole('columnheader', { name: 'Regulars' })).toBeVisible();
    first.unmount();
    const second = await openAt('Dial-up settings', callMode, 'admin');
    await second.user.click(button('Free modes'));
    expect(await screen.findByText('Only a super admin may change these.')).toBeVisible();
    expect(screen.getAllByRole('textbox', { name: 'Name' })[0]).toBeDisabled();
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  });
});

describe('order statuses', () => {
  it('DIAL-4 have the mode chosen first, then the tick', async () => {
    const opened = await openAt('Order statuses');
    const { user, asked } = opened;
    await user.click(await screen.findByRole('button', { name: 'Add status' }));
    await user.keyboard('Sent');
    const tick = () =>
      screen.getByRole('checkbox', { name: 'Add orders in “Sent” to dial-up automatically' });
    expect(tick()).toBeDisabled();
    await choose(opened, 'Mode of “Sent”', 'Before buyout');
    expect(tick()).toBeChecked();
    await user.click(tick());
    await user.click(button(/^Save/));
    await waitFor(() => expect(asked('admin.orderStatuses.set')).toHaveLength(1));
    const [{ statuses }] = asked('admin.orderStatuses.set') as [{ statuses: object[] }];
    expect(statuses.at(-1)).toMatchObject({
      id: null,
      label: 'Sent',
      mode: 'beforeBuyout',
      addToDialUp: false,
    });
  });

  it('DIAL-4 say how many orders stand in one that is taken away, and move them first', async () => {
    const opened = await openAt('Order statuses', sampleCallMode({ done: { confirmed: 1284 } }));
    const { user, asked } = opened;
    expect(await screen.findByText('1,284 orders')).toBeVisible();
    await user.click(button('Remove “Confirmed”'));
    expect(await screen.findByText('1,284 orders stand in “Confirmed”')).toBeVisible();
    await choose(opened, 'Move them to', 'Collected');
    await user.click(button('Move all'));
    await waitFor(() =>
      expect(asked('admin.orders.move')).toEqual([
        { orders: { which: 'status', statusId: 'confirmed' }, statusId: 'collected' },
      ]),
    );
    await waitFor(() => expect(screen.queryByDisplayValue('Confirmed')).toBeNull());
    await user.click(button(/^Save/));
    await waitFor(() => expect(asked('admin.orderStatuses.set')).toHaveLength(1));
  });

  it('DIAL-4 say which button stands in the way, and are only looked at by those who may not change them', async () => {
    const refuse = () => {
      throw new CommandFailed('buttonLeadsThere', 'A button leads there.');
    };
    const first = await openAt('Order statuses', sampleCallMode(), 'superAdmin', {
      'admin.orderStatuses.set': refuse,
    });
    await first.user.click(await screen.findByRole('button', { name: 'Remove “Refused”' }));
    await first.user.click(button(/^Save/));
    expect(await screen.findByText(/^A button of a project’s mode leads to a status/)).toBeVisible();
    first.unmount();
    await openAt('Order statuses', sampleCallMode(), 'admin');
    expect(await screen.findByText(/^Only a super admin may change statuses/)).toBeVisible();
    expect(screen.getAllByRole('textbox', { name: 'Name' })[0]).toBeDisabled();
    expect(button('Add status')).toBeDisabled();
    // Zoomed in, it is longer than the window, and no field can have the keyboard.
    expect(screen.getByRole('group', { name: 'Order statuses' })).toHaveAttribute('tabindex', '0');
  });
});

describe('orders in line', () => {
  const line = [
    orderInLine(1, { whyNow: 'highPriorityLead', name: 'Nadia Brandt' }),
    orderInLine(2, { name: 'Emil Öztürk' }),
    orderInLine(3, { whyNow: null, whyNotNow: 'doNotCall', atMs: null, name: 'Jan de Vries' }),
  ];

  it('DIAL-6 stand in their order with the reason in words, and are filtered', async () => {
    const [named, other] = usualFreeModes.map((each, at) =>
      at === 0 ? { ...each, name: 'Winter sale' } : each,
    );
    const freeModes = [named, other].filter((each) => each !== undefined);
    const opened = await openAt('Orders in line', sampleCallMode({ line, freeModes }));
    const { asked } = opened;
    const rows = async () => (await screen.findAllByRole('row')).slice(1).map((row) => row.textContent);
    await screen.findByText('Nadia Brandt');
    const [first, second, third] = await rows();
    expect(first).toMatch(/^1Nadia BrandtNew lead of a high-priority project/);
    expect(second).toMatch(/^2Emil ÖztürkNew, waits since /);
    expect(third).toMatch(/^3Jan de VriesOn the do-not-call list/);
    await choose(opened, 'Due', 'Later');
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect(asked('admin.orders.inLine').at(-1)).toMatchObject({ filter: { due: 'later' } });
    await opened.user.click(screen.getByRole('combobox', { name: 'Mode' }));
    expect(await screen.findByRole('option', { name: 'Winter sale' })).toBeVisible();
    await opened.user.keyboard('{Escape}');
    await opened.user.click(button('Clear filters'));
    await waitFor(async () => expect(await rows()).toHaveLength(3));
  });

  it('DIAL-6 are moved in bulk: those that are ticked, or all that the filter finds but those unticked', async () => {
    const opened = await openAt('Orders in line', sampleCallMode({ line }));
    const { user, asked } = opened;
    await user.click(await screen.findByRole('checkbox', { name: 'Tick Nadia Brandt' }));
    expect(screen.getByText('1 selected')).toBeVisible();
    await choose(opened, 'Move to status', 'Before buyout');
    await user.click(button('Move'));
    const sure = await screen.findByRole('region', { name: 'Move 1 order to “Before buyout”?' });
    await user.click(within(sure).getByRole('button', { name: 'Move' }));
    expect(await screen.findByText('1 order was moved to “Before buyout”.')).toBeVisible();
    await waitFor(() => expect(screen.queryByText('Nadia Brandt')).toBeNull());
    await user.click(screen.getByRole('checkbox', { name: 'Tick all rows' }));
    await user.click(screen.getByRole('checkbox', { name: 'Tick Emil Öztürk' }));
    await choose(opened, 'Move to status', 'Refused');
    await user.click(button('Move'));
    await user.click(
      within(await screen.findByRole('region', { name: /^Move 1 order/ })).getByRole('button', {
        name: 'Move',
      }),
    );
    await waitFor(() => expect(asked('admin.orders.move')).toHaveLength(2));
    expect(asked('admin.orders.move')).toMatchObject([
      { orders: { which: 'these', orderIds: ['order-1'] }, statusId: 'before-buyout' },
      { orders: { which: 'filter', filter: { due: 'any' }, but: ['order-2'] }, statusId: 'refused' },
    ]);
  });

  it('DIAL-7 have outcomes that came late decided', async () => {
    const { user, asked } = await openAt('Orders in line', sampleCallMode({ line, late: [sampleLate()] }));
    await user.click(await screen.findByRole('button', { name: '1 late outcome' }));
    expect(await screen.findByText(/^Ben Falkenberg-Hollingsworth said “Confirmed” on/)).toBeVisible();
    expect(
      screen.getByText(/Since then Mia Sommer said “Refused”.*It stands in “Refused” now/),
    ).toBeVisible();
    await user.click(button('Only keep it'));
    await waitFor(() =>
      expect(asked('admin.orders.decideLate')).toEqual([{ attemptId: 'attempt-late', apply: false }]),
    );
    expect(await screen.findByText(/^Nothing to decide/)).toBeVisible();
  });

  it('DIAL-11 come in by hand, for a person who is searched for', async () => {
    const opened = await openAt('Orders in line', sampleCallMode({ line }));
    const { user, asked } = opened;
    await user.click(button(/^Add order/));
    await user.type(await screen.findByRole('searchbox', { name: 'Person' }), 'Nadia');
    await user.click(await screen.findByRole('button', { name: 'Choose: Nadia Brandt' }));
    await choose(opened, 'Project', 'Nordwind Parcels');
    await choose(opened, 'Status', 'New');
    await user.type(field('Goods'), 'Garden chair');
    await user.type(field('Sum'), '1.249,90');
    await user.click(button('Create'));
    expect(await screen.findByText('Three letters are needed with a sum.')).toBeVisible();
    await user.type(field('Currency'), 'eur');
    await user.click(button('Create'));
    await waitFor(() => expect(asked('admin.orders.add')).toHaveLength(1));
    expect(asked('admin.orders.add')[0]).toMatchObject({
      content: {
        ...{ recordId: 'r-nadia', projectId: 'parcels', statusId: 'new', goods: 'Garden chair' },
        ...{ sumMinor: 124_990, currency: 'EUR', externalId: null },
      },
    });
  });

  it('DIAL-11 come in by hand from a supervisor, too, and by CSV from a super admin only', async () => {
    await openAt('Orders in line', sampleCallMode({ line }), 'admin');
    expect(button(/^Add order/)).toBeEnabled();
    expect(screen.queryByRole('button', { name: 'Imports' })).toBeNull();
  });

  it('DIAL-11 come in by CSV, once project and status are chosen', async () => {
    const opened = await openAt('Orders in line');
    const { user, asked } = opened;
    await user.click(button('Imports'));
    await user.click(await screen.findByRole('button', { name: /^Import/ }));
    const input = document.querySelector<HTMLInputElement>('input[type=file]');
    if (!input) throw new Error('A file can be chosen.');
    await user.upload(input, new File(['a;b'], 'orders.csv', { type: 'text/csv' }));
    expect(await screen.findByText(/^Choose a project and a status first/)).toBeVisible();
    await choose(opened, 'Project of the orders', 'Nordwind Parcels');
    await choose(opened, 'Status, where a row says none', 'New');
    await user.click(await screen.findByRole('button', { name: 'Import 1 row' }));
    await waitFor(() => expect(asked('admin.orderImports.start')).toHaveLength(1));
    expect(asked('admin.orderImports.start')[0]).toMatchObject({
      settings: {
        columns: ['externalId', 'number', 'lastName', 'goods', 'sum'],
        ...{ projectId: 'parcels', statusId: 'new' },
      },
    });
    expect(await screen.findByText(/^The import is done/)).toBeVisible();
  });

  it('read amounts as people write them', () => {
    expect(['49,90', '49.9', '1.249,00', '1,249.00', "1'249", '12'].map(minorOf)).toEqual([
      4990, 4990, 124_900, 124_900, 124_900, 1200,
    ]);
    expect(['', 'ten', '1,2,3', '4.9000'].map(minorOf)).toEqual([null, null, null, null]);
  });
});

describe('the do-not-call list', () => {
  it('DIAL-10 takes many numbers by paste and says which could not be read', async () => {
    const { user, asked } = await openAt('Do not call');
    await user.click(button(/^Add numbers/));
    await user.click(await screen.findByRole('textbox', { name: 'Numbers' }));
    await user.paste('030 231 250, not a number\n+44 20 7946 0155\n030 231 250');
    await user.click(button('Add 3 numbers'));
    expect(await screen.findByText('2 numbers were added.')).toBeVisible();
    expect(screen.getByText('1 could not be read')).toBeVisible();
    expect(field('Numbers')).toHaveValue('not a number');
    expect(asked('admin.doNotCall.add')).toEqual([
      { numbers: ['030 231 250', 'not a number', '+44 20 7946 0155'], reason: '' },
    ]);
    expect(await screen.findByText('+44 20 7946 0155')).toBeVisible();
  });

  it('DIAL-10 lets only a super admin take a number off, who is asked first', async () => {
    const entry = { number: '+442079460155', reason: '', addedAtMs: Date.now(), addedBy: 'Mia Sommer' };
    const callMode = sampleCallMode({ doNotCall: [entry] });
    const first = await openAt('Do not call', callMode, 'admin');
    await first.user.click(await screen.findByText('+44 20 7946 0155'));
    expect(await screen.findByText('Only a super admin may remove a number from the list.')).toBeVisible();
    first.unmount();
    const second = await openAt('Do not call', callMode);
    await second.user.click(await screen.findByText('+44 20 7946 0155'));
    await second.user.click(await screen.findByRole('button', { name: 'Remove from the list' }));
    await second.user.click(await screen.findByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(second.asked('admin.doNotCall.remove')).toEqual([{ number: entry.number }]));
    expect(await screen.findByText('Nobody is on the list')).toBeVisible();
  });

  it('reads what is pasted line by line and by marks, none twice', () => {
    expect(numbersIn(' 030 1\n\n030 2;030 3,030 1\t+49 4 ')).toEqual(['030 1', '030 2', '030 3', '+49 4']);
  });
});
