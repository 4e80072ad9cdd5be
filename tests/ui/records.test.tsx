// Leads, Contacts and the record's page over the wire that the windows use: what is asked of main, and what is shown.
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { AgentWindow, agentTopics } from '../../src-renderer/agent/agent-window.tsx';
import { renderWindow } from '../support/render-window.tsx';
import { sampleOrder } from '../support/sample-orders.ts';
import { sampleRecords } from '../support/sample-records.ts';
import { historyEntry, party, signedInState } from '../support/sample-state.ts';
import type { Overrides, ScriptedState } from '../support/scripted-main.ts';
import { noRecords } from '../support/scripted-records.ts';

// A virtual list draws what its height has room for; jsdom lays nothing out.
Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, get: () => 600 });
Object.defineProperty(HTMLElement.prototype, 'offsetWidth', { configurable: true, get: () => 900 });

async function agent(over: Partial<ScriptedState> = {}, overrides: Overrides = {}) {
  const state = signedInState({ records: { ...noRecords(), records: sampleRecords(300) }, ...over });
  const shown = await renderWindow(<AgentWindow />, agentTopics, state, overrides);
  const go = (place: string) =>
    shown.user.click(screen.getByRole('button', { name: new RegExp(`^${place}`) }));
  const row = async (name: RegExp) => (await screen.findAllByRole('row', { name }))[0];
  return { ...shown, go, row };
}

describe.each([
  ['Leads', /Mei-Ling/],
  ['Contacts', /Café Morgenstern|Fjordlogistik/],
] as const)('the list of %s', (place, somebody) => {
  it('CALL-3 CALL-4 dials by the name and by the green button beside it, and not by the rest of the row', async () => {
    const { user, asked, go } = await agent();
    await go(place);
    const [row] = await screen.findAllByRole('row', { name: somebody });
    if (!row) throw new Error('There is no row.');
    const name = within(row).getByRole('gridcell', { name: somebody });
    const [green, byName] = within(name).getAllByRole('button');
    if (!green || !byName) throw new Error('The row has no buttons.');
    await user.click(byName);
    await user.click(green);
    const targets = asked('calls.dial').map((request) => (request as { target: string }).target);
    expect(targets).toEqual([expect.stringMatching(/^\+49/), targets[0]]);
    const last = within(row).getAllByRole('gridcell').at(-1);
    if (last) await user.click(last);
    expect(asked('calls.dial')).toHaveLength(2);
    expect(asked('records.get')).toHaveLength(1);
  });
});

describe('a list of records', () => {
  it('asks for the rows in sight only, and shows what is found as one types', async () => {
    const { user, asked, go, row } = await agent();
    await go('Contacts');
    await row(/Annika/);
    const [first] = asked('records.list') as { offset: number; limit: number }[];
    expect(first?.offset).toBe(0);
    expect(first?.limit).toBeLessThan(200);
    await user.type(screen.getByRole('searchbox', { name: 'Search contacts' }), 'hamb');
    await waitFor(() => expect(screen.queryByRole('row', { name: /Berlin/ })).toBeNull());
    expect(screen.getAllByRole('row', { name: /Hamburg/ }).length).toBeGreaterThan(0);
  });

  it('is sorted by its heads, and moved through, opened and called by keys', async () => {
    const { user, asked, go, row } = await agent();
    await go('Contacts');
    await row(/Annika/);
    await user.click(screen.getByRole('button', { name: 'City' }));
    expect(asked('records.list').at(-1)).toMatchObject({ sort: { by: 'city', descending: false } });
    screen.getByRole('grid').focus();
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(await screen.findByRole('heading', { level: 2 })).toBeVisible();
    screen.getByRole('grid').focus();
    await user.keyboard('c');
    expect(asked('calls.dial')).toHaveLength(1);
  });

  it('keeps a filter under a name, applies, renames and removes it', async () => {
    const { user, asked, main, go, row } = await agent();
    await go('Contacts');
    await row(/Annika/);
    await user.type(screen.getByRole('searchbox'), 'Berlin');
    await user.click(screen.getByRole('button', { name: 'Saved filters' }));
    await user.type(await screen.findByLabelText('Save the current as'), 'In Berlin{Enter}');
    expect(main.state.records?.listSettings.contacts.filters).toMatchObject([
      { name: 'In Berlin', filter: { text: 'Berlin' } },
    ]);
    await user.click(await screen.findByRole('button', { name: 'Rename In Berlin' }));
    const field = screen.getByLabelText('New name');
    await user.clear(field);
    await user.type(field, 'Berlin{Enter}');
    expect(await screen.findByRole('button', { name: 'Berlin' })).toBeVisible();
    await user.click(screen.getByRole('searchbox'));
    await user.clear(screen.getByRole('searchbox'));
    await user.click(screen.getByRole('button', { name: 'Saved filters' }));
    await user.click(await screen.findByRole('button', { name: 'Berlin' }));
    expect(screen.getByRole('searchbox')).toHaveValue('Berlin');
    expect(asked('records.list').at(-1)).toMatchObject({ filter: { text: 'Berlin' } });
    await user.click(screen.getByRole('button', { name: 'Saved filters' }));
    await user.click(await screen.findByRole('button', { name: 'Remove Berlin' }));
    expect(main.state.records?.listSettings.contacts.filters).toEqual([]);
  });

  it('says what will appear and how where it is empty', async () => {
    const { go } = await agent({ records: noRecords() });
    await go('Leads');
    expect(await screen.findByRole('heading', { name: 'No leads yet' })).toBeVisible();
  });
});

describe('a record’s page', () => {
  const open = async (overrides: Overrides = {}, state: Partial<ScriptedState> = {}) => {
    const shown = await agent(state, overrides);
    await shown.go('Contacts');
    await shown.row(/Annika/);
    screen.getByRole('grid').focus();
    await shown.user.keyboard('{ArrowDown}{Enter}');
    const page = await screen.findByRole('article');
    return { ...shown, page };
  };

  it('OFF-3 takes a note at any time and marks it as on this computer, then as sent', async () => {
    const { user, page, main } = await open();
    await user.click(within(page).getByRole('button', { name: 'Add note' }));
    await user.type(within(page).getByLabelText('New note'), 'Rings twice');
    await user.keyboard('{Control>}{Enter}{/Control}');
    const note = (await within(page).findByText('Rings twice')).closest('li');
    if (!note) throw new Error('The note is in no list.');
    expect(within(note).getByText('On this computer')).toBeVisible();
    const [record] = main.state.records?.records ?? [];
    const changed = main.state.records?.records.find(({ notes }) =>
      notes.some(({ text }) => text === 'Rings twice'),
    );
    if (!record || !changed || !main.state.records) throw new Error('The note was not added.');
    main.state.records.records = main.state.records.records.map((each) =>
      each === changed
        ? { ...each, notes: each.notes.map((one) => ({ ...one, state: 'sent' as const })) }
        : each,
    );
    main.emit('records.changed', { recordIds: [changed.record.id] });
    await waitFor(() => expect(within(note).getByText('Sent')).toBeVisible());
  });

  it('tells main only what was changed, beside what it was', async () => {
    const { user, asked, page } = await open();
    await user.click(within(page).getByRole('button', { name: 'Edit' }));
    const city = await within(page).findByLabelText('City');
    const before = (city as HTMLInputElement).value;
    await user.clear(city);
    await user.type(city, 'Potsdam');
    await user.click(within(page).getByRole('button', { name: /^Save/ }));
    await waitFor(() => expect(asked('records.change')).toHaveLength(1));
    expect(asked('records.change')[0]).toMatchObject({
      before: { city: before },
      changes: { city: 'Potsdam' },
    });
    expect(Object.keys((asked('records.change')[0] as { changes: object }).changes)).toEqual(['city']);
  });

  it('keeps what was typed where the disk is full, and while one looks at something else', async () => {
    const { user, page, go } = await open({
      'records.change': () => {
        throw new CommandFailed('diskFull', 'full');
      },
    });
    await user.click(within(page).getByRole('button', { name: 'Edit' }));
    const city = await within(page).findByLabelText('City');
    await user.clear(city);
    await user.type(city, 'Potsdam');
    await user.click(within(page).getByRole('button', { name: /^Save/ }));
    expect(await within(page).findByText(/^The disk is full, so nothing was saved/)).toBeVisible();
    await go('History');
    await go('Contacts');
    expect(await screen.findByLabelText('City')).toHaveValue('Potsdam');
  });

  it('is as it was typed in the window that comes after one that died, until it is saved or discarded', async () => {
    const first = await open();
    await first.user.click(within(first.page).getByRole('button', { name: 'Add note' }));
    await first.user.paste('Half a th');
    await first.user.click(within(first.page).getByRole('button', { name: 'Edit' }));
    await first.user.click(within(first.page).getByLabelText('City'));
    await first.user.paste('-Mitte');
    await waitFor(() => expect(first.main.state.records?.unsaved).toHaveLength(2));
    first.unmount();
    const { user, page, main, asked } = await open({}, first.main.state);
    expect(within(page).getByLabelText('New note')).toHaveValue('Half a th');
    expect(within(page).getByLabelText('City')).toHaveValue('Berlin-Mitte');
    await user.click(within(page).getByRole('button', { name: /^Save$|^SaveCtrl|^Save Ctrl/ }));
    await waitFor(() => expect(asked('records.change')).toHaveLength(1));
    expect(asked('records.change')[0]).toMatchObject({ before: { city: 'Berlin' } });
    await waitFor(() => expect(main.state.records?.unsaved).toHaveLength(1));
    await user.click(within(page).getByLabelText('New note'));
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(main.state.records?.unsaved).toEqual([]));
    expect(asked('notes.add')).toMatchObject([{ text: 'Half a th' }]);
  });

  it('shows the person’s orders with a free mode’s own name, and what came of the orders of calls', async () => {
    const [first, ...rest] = sampleRecords(300);
    if (!first) throw new Error('There are no records.');
    const [call] = first.calls;
    if (!call) throw new Error('There are no calls.');
    const forOrder = {
      ...call,
      disposition: null,
      orderOutcome: { button: 'extra1' as const, label: 'Wants a catalogue' },
    };
    const place = { mode: 'random1' as const, bucket: 'noAnswer' as const, dueAtMs: 0, forUserId: null };
    const { go, row, user } = await agent(
      { records: { ...noRecords(), records: [{ ...first, calls: [forOrder] }, ...rest] } },
      {
        'orders.ofRecord': () => [
          {
            order: sampleOrder({ place }),
            ...{ modeName: 'Winter sale', statusLabel: 'New', statusColor: 'blue', attempts: [] },
          },
        ],
      },
    );
    await go('Contacts');
    const somebody = within((await row(/Annika Lindqvist/)) ?? document.body);
    await user.click(somebody.getAllByRole('gridcell')[2] ?? document.body);
    expect(await screen.findByText(/^Winter sale, No answer/)).toBeVisible();
    expect(screen.getByText(/^Wants a catalogue · /)).toBeVisible();
  });

  it('opens from a call of the history', async () => {
    const { user, go } = await agent({
      history: [historyEntry('h1', { remote: party({ recordId: sampleRecords(1)[0]?.record.id ?? null }) })],
    });
    await go('History');
    await user.click(await screen.findByRole('button', { name: /Annika Lindqvist/ }));
    await user.click(await screen.findByRole('button', { name: 'Open record' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Contacts' })).toBeVisible();
    expect(await screen.findByRole('button', { name: 'Edit' })).toBeVisible();
  });
});
