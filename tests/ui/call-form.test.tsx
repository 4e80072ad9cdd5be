// The call form in the agent window: when it stands there, what it shows and asks, and how what is typed goes to disk.
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { CallFormView } from '#shared/domain/call-form-view.ts';
import type { CallId } from '#shared/domain/ids.ts';
import { AgentWindow, agentTopics } from '../../src-renderer/agent/agent-window.tsx';
import { CallBox, callBoxTopics } from '../../src-renderer/call-box/call-box.tsx';
import { renderWindow } from '../support/render-window.tsx';
import { sampleRecord, sampleRecords } from '../support/sample-records.ts';
import {
  callView,
  formView,
  historyEntry,
  project,
  signedInState,
  talking,
  unknownParty,
  withheldParty,
  wrapUp,
} from '../support/sample-state.ts';
import type { Overrides, ScriptedState } from '../support/scripted-main.ts';
import { noRecords } from '../support/scripted-records.ts';
import { brief, parcelForm } from '../support/ui-harness/form-scenarios.ts';

const records = () => ({ ...noRecords(), records: sampleRecords(12) });

const agent = (state: Partial<ScriptedState>, overrides: Overrides = {}) =>
  renderWindow(
    <AgentWindow />,
    agentTopics,
    signedInState({
      callForms: [{ projectId: project.id, form: parcelForm }],
      records: records(),
      ...state,
    }),
    overrides,
  );

const creating = (over: Partial<CallFormView> = {}) =>
  formView({ open: true, does: 'creates', creates: 'lead', ...over });

const theForm = (name: RegExp | string = /Incoming call:/) => screen.findByRole('article', { name });
/** What main was asked to keep, all in all. */
const kept = (asked: (name: string) => unknown[]) =>
  Object.assign({}, ...asked('drafts.change').map((each) => (each as { form?: object }).form));

describe('the form of the current call', () => {
  it('FORM-1: is headed by the number, and by the kind to be created where it is not known', async () => {
    const { main } = await agent({ calls: [talking('c1', { remote: unknownParty, form: creating() })] });
    await theForm('Incoming call: 01511 2345678 (Lead)');
    main.changeCall('c1', { form: formView({ open: true, does: 'keeps', contact: brief(0) }) });
    await theForm('Incoming call: 01511 2345678');
    main.changeCall('c1', { remote: withheldParty, form: creating() });
    await theForm('Incoming call: number withheld (Lead)');
    main.changeCall('c1', { direction: 'outbound', remote: unknownParty, form: formView({ open: true }) });
    await theForm('Outgoing call: 01511 2345678');
  });

  it('FORM-2: stands there only once main says that it opens, and takes no keyboard', async () => {
    const { main } = await agent({ calls: [callView('c1', { form: formView() })] });
    expect(screen.queryByRole('article', { name: /Incoming call:/ })).toBeNull();
    const before = document.activeElement;
    main.changeCall('c1', talking('c1', { form: creating() }));
    await theForm();
    expect(document.activeElement).toBe(before);
  });

  it('is put aside and comes back by its key, and gives way to what is chosen in the list', async () => {
    const entry = historyEntry('f1', { state: 'toFinish', note: 'half', disposition: null });
    const { user } = await agent({
      calls: [talking('c1', { form: creating() })],
      history: [entry],
      inbox: { toFinish: [entry], missed: [], voicemails: [] },
    });
    await theForm();
    await user.keyboard('f');
    expect(screen.queryByRole('article', { name: /Incoming call:/ })).toBeNull();
    await user.keyboard('f');
    await theForm();
    await user.click(screen.getByRole('button', { name: /Note, disposition or form is not complete/ }));
    expect(await screen.findByRole('textbox', { name: 'Note' })).toHaveValue('half');
    expect(screen.queryByRole('article', { name: /Incoming call:/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: /^Form/ }));
    await theForm();
  });

  it('does not take the side from under the hands of somebody who types there', async () => {
    const entry = historyEntry('f1', { state: 'toFinish', note: '', disposition: null });
    const { user, main } = await agent({
      history: [entry],
      inbox: { toFinish: [entry], missed: [], voicemails: [] },
    });
    await user.click(screen.getByRole('button', { name: /Note, disposition or form is not complete/ }));
    const note = await screen.findByRole('textbox', { name: 'Note' });
    await user.type(note, 'She wants');
    main.set('calls', [talking('c1', { form: creating() })]);
    await screen.findByRole('region', { name: 'Call in progress' });
    await user.type(note, ' two');
    expect(note).toHaveValue('She wants two');
    expect(note).toHaveFocus();
  });

  it('FORM-3: has the call’s own facts, and for an unknown number the fields of the kind to be created', async () => {
    await agent({ calls: [talking('c1', { remote: unknownParty, form: creating() })] });
    const form = within(await theForm());
    const facts = within(form.getByRole('region', { name: 'Call information' }));
    for (const text of ['01511 2345678', 'Incoming', '030 12345600', 'Nordwind Parcels', 'Mia Sommer'])
      expect(facts.getByText(text)).toBeVisible();
    expect(facts.getByRole('textbox', { name: 'Note' })).toBeVisible();
    const about = within(form.getByRole('region', { name: 'About the lead' }));
    for (const name of ['First name', 'Last name', 'Phone number', 'Extension', 'E-mail', 'Street', 'City'])
      expect(about.getByRole('textbox', { name })).toBeVisible();
    expect(about.getByRole('textbox', { name: 'Phone number' })).toHaveValue('01511 2345678');
    expect(form.getByText(/Nordwind Parcels, you are speaking/)).toBeVisible();
  });

  it('FORM-4: says of a redirected call both numbers, and that the caller’s may not be the true one', async () => {
    await agent({
      calls: [talking('c1', { remote: unknownParty, redirectedFrom: '030 99', form: creating() })],
    });
    const form = await theForm();
    expect(form).toHaveTextContent(/came from 01511 2345678 and was sent on by 030 99/);
    expect(form).toHaveTextContent(/may not be the caller’s true one/);
  });

  it('keeps every field as it is typed, invalid too, within 200 ms, under the same mark', async () => {
    const { user, asked } = await agent({
      calls: [talking('c1', { remote: unknownParty, form: creating() })],
    });
    await theForm();
    await user.type(screen.getByRole('textbox', { name: 'Last name' }), 'Moe');
    await user.type(screen.getByRole('textbox', { name: /Parcel number/ }), 'x4');
    await user.type(screen.getByRole('textbox', { name: 'Subject' }), 'Lamp');
    expect(await screen.findByText(/^Saved/)).toBeVisible();
    await waitFor(() =>
      expect(kept(asked)).toMatchObject({
        typed: { new: { lastName: 'Moe', 'fields.parcel': 'x4' } },
        subject: 'Lamp',
      }),
    );
    expect(asked('drafts.change').every((each) => !('note' in (each as object)))).toBe(true);
  });

  it('FORM-6: says after the call which fields are needed, at the fields too, and Save leads to the first', async () => {
    const form = creating({ problems: [{ field: 'lastName', problem: 'required' }] });
    const { user, asked } = await agent({
      calls: [wrapUp('c1', { remote: unknownParty, dispositionRequired: false, form })],
    });
    await theForm();
    expect(screen.getByText('Still needed: Last name')).toBeVisible();
    const lastName = screen.getByRole('textbox', { name: 'Last name' });
    expect(lastName).toHaveAccessibleDescription('This is required.');
    await user.click(screen.getByRole('button', { name: /^Save/ }));
    await waitFor(() => expect(asked('calls.finish')).toEqual([{ callId: 'c1' }]));
    await waitFor(() => expect(lastName).toHaveFocus());
  });

  it('FORM-7: fills in a known caller, and keeps beside a change what was seen before', async () => {
    const { record } = sampleRecord(0, 0);
    const { user, asked } = await agent({
      calls: [talking('c1', { form: formView({ open: true, does: 'keeps', contact: brief(0) }) })],
    });
    await theForm();
    const city = await screen.findByRole('textbox', { name: 'City' });
    expect(city).toHaveValue(record.city);
    await user.clear(city);
    await user.paste('Potsdam');
    await waitFor(() =>
      expect(kept(asked)).toMatchObject({
        typed: { [record.id]: { city: 'Potsdam' } },
        seen: { [record.id]: { city: record.city } },
      }),
    );
    await user.clear(city);
    await user.paste(record.city);
    await waitFor(() => expect(kept(asked)).toMatchObject({ typed: { [record.id]: {} } }));
  });

  it('FORM-7: may be saved in another project, as another kind', async () => {
    const { user, asked } = await agent({
      calls: [talking('c1', { remote: unknownParty, form: creating() })],
    });
    await theForm();
    await user.click(screen.getByRole('combobox', { name: 'Project' }));
    await user.click(await screen.findByRole('option', { name: /No project/ }));
    await waitFor(() => expect(kept(asked)).toMatchObject({ project: { projectId: null } }));
    await user.click(screen.getByRole('combobox', { name: 'Kind' }));
    await user.click(await screen.findByRole('option', { name: 'Company' }));
    await waitFor(() => expect(kept(asked)).toMatchObject({ kind: 'company' }));
  });

  it('FORM-8: offers all with the number, somebody new and nobody', async () => {
    const form = formView({ open: true, does: 'keeps', contact: brief(0), candidates: [brief(0), brief(1)] });
    const { user, asked } = await agent({ calls: [talking('c1', { form })] });
    await theForm();
    const matches = within(screen.getByRole('group', { name: /2 records have this number/ }));
    const names = matches.getAllByRole('radio').map((each) => each.closest('label')?.textContent);
    expect(names).toEqual([
      expect.stringContaining(brief(0).name),
      expect.stringContaining(brief(1).name),
      expect.stringContaining('Somebody new'),
      expect.stringContaining('No record'),
    ]);
    await user.click(matches.getAllByRole('radio')[1] as HTMLElement);
    await waitFor(() =>
      expect(kept(asked)).toMatchObject({ contact: { choice: 'record', recordId: brief(1).recordId } }),
    );
  });

  it('FORM-5: finds a customer by type and name without a dialog, creates one, and saves the number there', async () => {
    const { user, main, asked } = await agent({
      calls: [talking('c1', { remote: unknownParty, form: creating() })],
    });
    await theForm();
    await user.click(screen.getByRole('button', { name: 'Select customer' }));
    const field = await screen.findByRole('combobox', { name: 'Name, number, e-mail or city' });
    expect(field).toHaveFocus();
    expect(screen.queryByRole('dialog')).toBeNull();
    await user.paste(brief(0).name.slice(0, 12));
    const [first] = await screen.findAllByRole('option', { name: new RegExp(brief(0).name) });
    if (first) await user.click(first);
    await waitFor(() => expect(kept(asked)).toMatchObject({ customerId: brief(0).recordId }));
    main.changeCall('c1', {
      form: formView({ open: true, customer: brief(0), numberGoesTo: brief(0).recordId }),
    });
    await user.click(await screen.findByRole('checkbox', { name: /Save phone number 01511 2345678 with/ }));
    await waitFor(() => expect(kept(asked)).toMatchObject({ saveNumber: true }));
    await user.click(screen.getByRole('button', { name: 'Select customer' }));
    await screen.findByRole('combobox', { name: 'Name, number, e-mail or city' });
    await user.paste('Zoltan von Zander');
    await user.click(await screen.findByRole('button', { name: /Create “Zoltan von Zander” \(Customer\)/ }));
    await waitFor(() =>
      expect(asked('records.create')).toMatchObject([
        { content: { kind: 'customer', firstName: 'Zoltan von', lastName: 'Zander', projectId: 'parcels' } },
      ]),
    );
  });

  it('stands with a call that is still to finish, and says when the chosen record was erased', async () => {
    const entry = historyEntry('f1', { state: 'toFinish', remote: unknownParty, disposition: null });
    const { user } = await agent(
      { history: [entry], inbox: { toFinish: [entry], missed: [], voicemails: [] } },
      { 'calls.form': () => creating({ open: false, chosenGone: true }) },
    );
    await user.click(screen.getByRole('button', { name: /Note, disposition or form is not complete/ }));
    expect(await screen.findByRole('region', { name: 'About the lead' })).toBeVisible();
    expect(screen.getByText(/The record that was chosen has been erased/)).toBeVisible();
  });

  it('CALL-25: leads from a call of the past to its record', async () => {
    const { user, main } = await agent({
      history: [historyEntry('h7', { contact: brief(0), subject: 'The lamp' })],
    });
    main.emit('window.openCall', { callId: 'h7' as CallId });
    expect(await screen.findByText('The lamp')).toBeVisible();
    await user.click(screen.getByRole('button', { name: brief(0).name }));
    expect(await screen.findByRole('heading', { name: brief(0).name })).toBeVisible();
  });
});

describe('the call box', () => {
  it('says how many the name shown is one of, and leads to the form where Save needs it', async () => {
    const form = creating({
      candidates: [brief(0), brief(1)],
      problems: [{ field: 'lastName', problem: 'required' }],
    });
    const { user, asked } = await renderWindow(
      <CallBox />,
      callBoxTopics,
      signedInState({ calls: [wrapUp('c1', { dispositionRequired: false, form })] }),
    );
    expect(screen.getByText('2 matches')).toBeVisible();
    expect(screen.getByRole('button', { name: /^Save/ })).toBeDisabled();
    await user.click(screen.getByRole('button', { name: 'Open the form' }));
    await waitFor(() => expect(asked('window.openAgent')).toEqual([{ callId: 'c1' }]));
  });
});
