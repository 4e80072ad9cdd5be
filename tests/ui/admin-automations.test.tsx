// The admin window's page Automations, over a scripted main: rules as sentences, the editor and what it sends, refusals where
// they belong, trying out, runs, and what is sent again.
import '../../src-renderer/i18n/admin/admin-texts.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { AutomationRule } from '#shared/domain/automation.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { AdminWindow, adminTopics } from '../../src-renderer/admin/admin-window.tsx';
import {
  actionProblems,
  draftOf,
  newRule,
  placeOf,
  ruleOf,
} from '../../src-renderer/features/admin-automations/rule-draft.ts';
import { renderWindow } from '../support/render-window.tsx';
import { sampleAutomations, sampleRule, secretSample } from '../support/scripted-automations.ts';
import type { Overrides } from '../support/scripted-main.ts';
import { adminState, largeCompany } from '../support/ui-harness/admin-company-scenarios.ts';

async function openPage(overrides: Overrides = {}, automations = sampleAutomations()) {
  const state = adminState('admin', largeCompany({ automations }));
  const window = await renderWindow(<AdminWindow />, adminTopics, state, overrides);
  const { user } = window;
  await user.click(
    within(await screen.findByRole('navigation')).getByRole('button', { name: 'Automations' }),
  );
  await user.click(await screen.findByRole('combobox', { name: 'Project' }));
  await user.click(await screen.findByRole('option', { name: 'Nordwind Parcels' }));
  await screen.findByRole('list', { name: 'Rules' });
  return window;
}

type User = Awaited<ReturnType<typeof openPage>>['user'];

async function pick(user: User, box: HTMLElement, option: string) {
  await user.click(box);
  await user.click(await screen.findByRole('option', { name: option }));
}

const ruleRow = (name: string) => screen.getByRole('listitem', { name });
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const openRule = async (user: User, name: string) => {
  await user.click(button(name));
  await screen.findByRole('heading', { level: 2, name });
};
const edited = (asked: Awaited<ReturnType<typeof openPage>>['asked'], name: string) =>
  asked(name).at(-1) as { version?: number; rule: AutomationRule };

describe('the page of automations', () => {
  it('AUTO-2 lists rules, each as a sentence, in both languages, and turns one off', async () => {
    const { user, asked, main } = await openPage();
    expect(ruleRow('Tell the shop')).toHaveTextContent(
      'When a call ends with Delivery arranged and the caller has a record, add the tag hot and send a webhook to https://shop.nordwind.example/hooks/offhook.',
    );
    const long = 'Try those again who hung up after a long talk';
    expect(ruleRow(long)).toHaveTextContent(
      'When an order in New leads or Re-confirmation ends with Hang-up or No answer and they talked for at least 1 minute and the record does not have the tag do not disturb, plan a call back in 2 days for anyone.',
    );
    await user.click(screen.getByRole('switch', { name: 'Tell the shop is on' }));
    await waitFor(() => expect(edited(asked, 'admin.automations.change').rule.on).toBe(false));
    main.set('settings', { ...main.state.settings, language: 'de' });
    await waitFor(() =>
      expect(ruleRow('Nobody answered')).toHaveTextContent(
        'Wenn niemand einen Anruf annimmt, wird ein Datensatz als Lead angelegt, eine Bestellung über Call from [Datensatz: Nummer] in New angelegt und die E-Mail We missed your call, [Datensatz: Name] an dispatch@nordwind.example und [Datensatz: E-Mail] gesendet.',
      ),
    );
    expect(ruleRow(long)).toHaveTextContent('wird in 2 Tagen ein Rückruf für alle geplant.');
  });

  it('AUTO-1 makes a rule from choices, tries it out before it is saved, and shows the webhook’s secret once', async () => {
    const { user, asked } = await openPage();
    await user.click(button(/^Add rule/));
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Book a van');
    await user.click(screen.getByRole('combobox', { name: 'Dispositions' }));
    await user.click(await screen.findByRole('option', { name: 'Refund promised' }));
    await user.click(button('Add condition'));
    await pick(user, screen.getByRole('combobox', { name: 'Condition' }), 'the caller has');
    await user.click(button('Add action'));
    await pick(user, screen.getByRole('combobox', { name: 'Action' }), 'send a webhook');
    expect(screen.getByText(/Finish the rule first/)).toBeVisible();
    await user.type(screen.getByRole('textbox', { name: 'Address' }), 'https://vans.example/book');
    expect(screen.getByRole('complementary', { name: 'How it reads' })).toHaveTextContent(
      'When a call ends with Refund promised and the caller has a record, send a webhook to https://vans.example/book.',
    );
    await user.click(await screen.findByRole('button', { name: /^\+49 30 23125 040/ }));
    expect(await screen.findByText('It would not run: a condition does not hold.')).toBeVisible();
    await user.click(button(/^Nadia Brandt/));
    const result = await screen.findByRole('status', { name: 'What would happen' });
    expect(await within(result).findByText('Would be sent')).toBeVisible();
    expect(within(result).getByRole('region', { name: 'What the webhook would carry' })).toHaveTextContent(
      '"name": "Nadia Brandt"',
    );
    expect(asked('admin.automations.add')).toHaveLength(0);
    await user.click(button(/^Save/));
    expect(await screen.findByText(secretSample)).toBeVisible();
    expect(edited(asked, 'admin.automations.add').rule).toEqual({
      projectId: 'parcels',
      name: 'Book a van',
      on: true,
      trigger: { on: 'disposition', dispositionIds: ['refund'] },
      conditions: [{ field: 'hasRecord', is: true }],
      actions: [{ do: 'webhook', url: 'https://vans.example/book' }],
    });
    await user.click(button('I have kept it'));
    expect(screen.queryByText(secretSample)).toBeNull();
    await user.click(button('Renew …'));
    await user.click(button('Renew secret'));
    expect(await screen.findByText(secretSample)).toBeVisible();
    await user.click(button('I have kept it'));
    await user.click(button('All rules'));
    expect(await screen.findByRole('listitem', { name: 'Book a van' })).toBeVisible();
  }, 60_000);

  it('asks before it is left, by whichever way, while a secret is shown that nobody has kept', async () => {
    const { user } = await openPage();
    await openRule(user, 'Tell the shop');
    await user.click(button('Renew …'));
    await user.click(button('Renew secret'));
    expect(await screen.findByText(secretSample)).toBeVisible();
    for (const wayOut of ['All rules', 'Teams']) {
      await user.click(button(wayOut));
      expect(await screen.findByText('Leave without having kept the secret?')).toBeVisible();
      await user.click(button('Stay here'));
      expect(screen.getByText(secretSample)).toBeVisible();
    }
    await user.click(button('All rules'));
    await user.click(button('Leave'));
    expect(await screen.findByRole('listitem', { name: 'Tell the shop' })).toBeVisible();
  });

  it('puts a value in double braces where the caret stands, and refuses one that nobody knows', async () => {
    const { user, asked } = await openPage();
    await openRule(user, 'Nobody answered');
    const goods = screen.getByRole('textbox', { name: 'Goods' });
    await user.clear(goods);
    await user.click(button('Insert a value: Goods'));
    await user.click(await screen.findByRole('menuitem', { name: 'Disposition' }));
    await user.type(goods, ' of {{{{nobody}}');
    expect(screen.getByText(/There is no such value/)).toBeVisible();
    expect(button(/^Save/)).toBeDisabled();
    await user.clear(goods);
    await user.click(button('Insert a value: Goods'));
    await user.click(await screen.findByRole('menuitem', { name: 'Disposition' }));
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() =>
      expect(edited(asked, 'admin.automations.change').rule.actions[1]).toMatchObject({
        goods: '{{call.disposition}}',
      }),
    );
  }, 60_000);

  it('says a refusal at the field that it is about', async () => {
    const reasons = ['addressNotAllowed', 'labelTaken', 'hubAway'];
    const { user } = await openPage({
      'admin.automations.change': () => {
        throw new CommandFailed(reasons.shift() ?? '', 'Refused by the script.');
      },
    });
    await openRule(user, 'Tell the shop');
    const type = (text: string) => user.type(screen.getByRole('textbox', { name: 'Name' }), text);
    await type('!');
    await user.click(button(/^Save/));
    const webhook = screen.getByRole('listitem', { name: /^send a webhook/ });
    expect(await within(webhook).findByRole('alert')).toHaveTextContent(/This address is not public/);
    await type('!');
    expect(within(webhook).queryByRole('alert')).toBeNull();
    await user.click(button(/^Save/));
    await waitFor(() => expect(screen.getByRole('textbox', { name: /^Name/ })).toBeInvalid());
  });

  it('shows what somebody else has changed meanwhile, and lets both be decided', async () => {
    const automations = sampleAutomations();
    const { user, main, asked } = await openPage({}, automations);
    await openRule(user, 'Tell the shop');
    await user.type(screen.getByRole('textbox', { name: 'Tag' }), 'ter');
    automations.rules = automations.rules.map((rule) =>
      rule.id === 'r-shop'
        ? { ...rule, version: 2, name: 'Shop', actions: [{ do: 'addTag', tag: 'cold' }] }
        : rule,
    );
    main.emit('admin.changed', { kind: 'automations' });
    const conflict = (await screen.findByText('There now')).closest('section');
    if (!conflict) throw new Error('It stands in a section.');
    expect(conflict).toHaveTextContent('add the tag cold');
    expect(conflict).toHaveTextContent('add the tag hotter');
    await user.click(within(conflict).getByRole('button', { name: 'Keep yours' }));
    await user.click(button(/^Save/));
    await waitFor(() =>
      expect(edited(asked, 'admin.automations.change')).toMatchObject({
        version: 2,
        rule: { name: 'Shop', actions: [{ tag: 'hotter' }, { do: 'webhook' }] },
      }),
    );
  });

  it('AUTO-2 lists every run with the result of each action, by rule, and live', async () => {
    const automations = sampleAutomations();
    const { user, main } = await openPage({}, automations);
    await user.click(screen.getByRole('radio', { name: 'Runs' }));
    await user.click(await screen.findByRole('row', { name: /\+49 30 23125 040/ }));
    const drawer = screen.getByRole('region', { name: 'Tell the shop' });
    expect(within(drawer).getByText('There is no record.')).toBeVisible();
    expect(within(drawer).getByText(/HTTP 503/)).toBeVisible();
    automations.runs = automations.runs.map((run) =>
      run.id === 'run-2' ? { ...run, results: run.results.map((each) => ({ ...each, state: 'sent' })) } : run,
    );
    main.emit('admin.changed', { kind: 'automations' });
    expect(await within(drawer).findAllByText('Sent')).toHaveLength(2);
    await pick(user, screen.getByRole('combobox', { name: 'Rule' }), 'Nobody answered');
    await waitFor(() => expect(screen.queryByRole('row', { name: /\+49 30 23125 040/ })).toBeNull());
    expect(screen.getByRole('row', { name: /Nobody answered/ })).toBeVisible();
  });

  it('AUTO-2 sends dead letters again, those that are ticked, and says where a repeat was possible', async () => {
    const { user, asked } = await openPage();
    await user.click(screen.getByRole('radio', { name: 'Deliveries' }));
    expect(await screen.findAllByText('Maybe twice')).toHaveLength(2);
    expect(screen.getByRole('row', { name: /E-mail 2 addresses/ })).toBeVisible();
    await pick(user, screen.getByRole('combobox', { name: 'State' }), 'Dead letter');
    await waitFor(() => expect(screen.queryByRole('row', { name: /2 addresses/ })).toBeNull());
    const [all] = screen.getAllByRole('checkbox');
    if (!all) throw new Error('There is no box to tick all.');
    await user.click(all);
    await user.click(button('Send 2 again'));
    await waitFor(() =>
      expect(asked('admin.automations.resend')).toEqual([{ deliveryIds: ['msg-2', 'msg-1'] }]),
    );
    expect(await screen.findByText('2 are on their way again, under the same ids.')).toBeVisible();
    expect(await screen.findByText('No dead letters')).toBeVisible();
  });
});

describe('a rule while it is edited', () => {
  const email = sampleRule('r', {
    actions: [{ do: 'email', to: ['a@b.example', '{{record.email}}'], subject: 'Hello', text: '' }],
  });

  it('is whole only when nothing in it is missing or wrong', () => {
    const draft = draftOf(email);
    expect(ruleOf(draft, email.projectId, 'Unnamed')).toMatchObject({ name: email.name });
    expect(ruleOf(newRule, email.projectId, 'Unnamed')).toBeNull();
    const wordOf = (to: string[], subject: string) =>
      [
        ...actionProblems({
          ...draft,
          actions: [{ rowKey: 'a', action: { do: 'email', to, subject, text: '' } }],
        }).values(),
      ].map(({ word }) => word);
    expect([wordOf([], 'x'), wordOf(['nobody'], 'x'), wordOf(['a@b'], '{{record.age}}')]).toEqual([
      ['address'],
      ['addressWrong'],
      ['unknownName'],
    ]);
    expect(wordOf(['a@b'], '{{ record.fields.size }}')).toEqual([]);
  });

  it('knows which rows a refusal is about', () => {
    const ids = { statuses: new Set<string>(), users: new Set<string>(), fields: new Set<string>() };
    expect([...placeOf('noMailServer', draftOf(email), ids).rows]).toEqual(['action 0']);
    expect(placeOf('notAllowed', draftOf(email), ids).rows.size).toBe(0);
  });
});
