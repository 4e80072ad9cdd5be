// Call mode in front of the built app, from nothing: a supervisor makes a project, sets up one of its modes, imports its orders
// and has another program told of what is sold; an agent works the orders over real calls to people who answer, are busy, or
// are not there, and goes on while the hub is killed in the middle of one; the orders end where the rules say.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { Webhook } from 'standardwebhooks';
import { type AgentAtWork, agentAtWork, tellWindows } from '../support/agent-at-work.ts';
import { type RunningApp, startApp } from '../support/app-driver.ts';
import { eventually } from '../support/eventually.ts';
import { type HubProcess, startHubProcess } from '../support/hub-process.ts';
import { type SupervisorAtWork, supervisorAtWork } from '../support/supervisor-at-work.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';

const project = 'Spring campaign';

/** Two of these are people of the practice hub: one whose line is always busy, one who is never there. */
const orders = `Order;First name;Last name;Phone;Goods;Sum;Currency
S-1;Ada;Whitcombe;+44 20 7946 0211;Garden bench;249.00;GBP
S-2;Bruno;Castell;+44 20 7946 0212;Parasol;89.50;GBP
S-3;Clara;Nyberg;+44 20 7946 0213;Lantern, 4 pieces;112.00;GBP
S-4;Dmitri;Volkov;+44 20 7946 0199;Hammock;75.00;GBP
S-5;Hanna;Bergström;+1 201 555 0162;Rug, 160 × 230 cm;265.00;GBP
S-6;Ivo;Twice;+44 20 7946 0216;Hammock;75.00;GBP
S-7;Jana;Twice;+44 20 7946 0217;Hammock;75.00;GBP
`;

let hub: HubProcess;
let shop: WebhookReceiver;
let folder: string;
let office: RunningApp;
let boss: SupervisorAtWork;
let work: AgentAtWork;
let secret = '';

// Each goes on where the one before has ended: tried again, they are tried from the first.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(90_000);
  hub = await startHubProcess();
  shop = await startWebhookReceiver();
  folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-dial-up-'));
  office = await startApp({ hubUrl: hub.url });
  boss = await supervisorAtWork(office);
  work = await agentAtWork({ hubUrl: hub.url, userDataDir: folder });
  await work.become('Available');
});

test.afterEach(async () => {
  await tellWindows(test.info(), work);
  if (test.info().status === test.info().expectedStatus || !boss) return;
  process.stderr.write(`--- the admin window\n${await boss.admin.locator('body').ariaSnapshot()}\n`);
});

test.afterAll(async () => {
  await Promise.all([work?.stop(), office?.stop()]);
  await hub?.close();
  shop?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

const card = () => work.agent.getByRole('region', { name: 'Dial-up' }).getByRole('article');
const person = () => card().getByRole('heading', { level: 2 }).innerText();
const today = () => work.agent.getByRole('region', { name: 'Today' });
const outcome = (name: string) =>
  card()
    .getByRole('group', { name: 'How did it end?' })
    .getByRole('button', { name: new RegExp(name) });
const inLine = (name: string) => boss.admin.getByRole('row', { name: new RegExp(name) });

async function dial(): Promise<void> {
  await card()
    .getByRole('button', { name: /^Dial(?! [+\d])/ })
    .click();
}

/** Ends the order and waits until the desk has done so. @param nth of today's with this outcome, where it is known. */
async function end(button: string, nth: number | null = 1): Promise<void> {
  const name = await person();
  await outcome(button).first().click();
  await expect(work.agent.getByText(`${button}: ${name}`, { exact: true })).toBeVisible();
  await expect(today()).toContainText(nth === null ? button : `${button} ${nth}`);
}

async function answered(): Promise<void> {
  await dial();
  await expect(work.agent.getByText('On a call').first()).toBeVisible({ timeout: 20_000 });
}

test('DIAL-3 DIAL-5 DIAL-11: a supervisor makes a project, opens a mode with settings of its own, and imports orders; those ticked in line are moved out of it', async () => {
  test.setTimeout(90_000);
  const { admin, choose, drawer, go } = boss;

  await test.step('the project', async () => {
    await go('Projects');
    await admin.getByRole('button', { name: /^Add project/ }).click();
    const fields = drawer('New project');
    await fields.getByLabel('Name', { exact: true }).fill(project);
    await fields.getByRole('option', { name: /Alex Morgan/ }).click();
    await fields.getByRole('button', { name: 'Create', exact: true }).click();
    await admin.getByRole('row', { name: new RegExp(project) }).waitFor();
    await admin.keyboard.press('Escape');
  });

  await test.step('the mode', async () => {
    await go('Dial-up settings');
    await admin.getByRole('button', { name: new RegExp(`^New leads, ${project}: *Closed`) }).click();
    const mode = drawer('New leads');
    await mode.getByRole('switch', { name: /^Open/ }).click();
    await mode.getByRole('switch', { name: /^High priority/ }).click();
    await mode.getByRole('textbox', { name: 'Call attempts', exact: true }).fill('2');
    await mode.getByRole('textbox', { name: 'Delay after no answer', exact: true }).fill('0');
    await mode.getByRole('textbox', { name: 'Delay after busy', exact: true }).fill('7');
    await mode.getByRole('checkbox', { name: 'Show “Hang-up”' }).click();
    await mode.getByRole('button', { name: 'Add button' }).click();
    await mode.getByRole('textbox', { name: 'Label of the extra button' }).fill('Wants a brochure');
    await choose('Where it leads', 'Will collect', mode);
    await mode.getByRole('radio', { name: 'Only these' }).click();
    await mode.getByRole('option', { name: /Alex Morgan/ }).click();
    await mode
      .getByRole('textbox', { name: 'Script', exact: true })
      .fill('Good morning, this is the garden shop.');
    await boss.saveDrawer('New leads');
  });

  await test.step('the orders', async () => {
    await go('Orders in line');
    await admin.getByRole('button', { name: 'Imports', exact: true }).click();
    await admin.getByRole('button', { name: /^Import(?!s)/ }).click();
    await admin
      .locator('input[type=file]')
      .setInputFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(orders) });
    await choose('Project of the orders', project);
    await choose('Status, where a row says none', 'New');
    await admin.getByRole('button', { name: 'Import 7 rows' }).click();
    await admin.getByText('The import is done.').waitFor();
  });

  await test.step('two that came twice are ticked and moved', async () => {
    await admin.keyboard.press('Escape');
    await drawer('orders.csv').waitFor({ state: 'hidden' });
    await admin.getByRole('button', { name: 'Orders in line', exact: true }).last().click();
    await choose('Project', project);
    await expect(admin.getByText('7 orders', { exact: true })).toBeVisible();
    await expect(inLine('Ada Whitcombe')).toContainText('New lead of a high-priority project');
    await admin.getByRole('checkbox', { name: 'Tick Ivo Twice' }).click();
    await admin.getByRole('checkbox', { name: 'Tick Jana Twice' }).click();
    await expect(admin.getByText('2 selected')).toBeVisible();
    await choose('Move to status', 'Wrong number');
    await admin.getByRole('button', { name: 'Move', exact: true }).click();
    await admin.getByRole('button', { name: 'Move', exact: true }).last().click();
    await expect(admin.getByText('2 orders were moved to “Wrong number”.')).toBeVisible();
    await expect(admin.getByText('5 orders', { exact: true })).toBeVisible();
  });
});

test('AUTO-1 AUTO-2: allows a private address, and writes a rule that sends a webhook there, which reads as a sentence', async () => {
  const { admin, choose, go } = boss;
  await go('System');
  const targets = admin.getByRole('region', { name: 'Private targets of webhooks' });
  await expect(targets.getByRole('textbox')).toHaveValue('');
  await targets.getByRole('textbox').fill(`127.0.0.1:${shop.port}`);
  await targets.getByRole('button', { name: 'Save' }).click();
  await targets.getByRole('button', { name: 'Save' }).waitFor({ state: 'hidden' });

  await go('Automations');
  await choose('Project', project);
  await admin.getByRole('button', { name: /^Add rule/ }).click();
  await admin.getByRole('textbox', { name: 'Name' }).fill('Tell the shop');
  await choose('What sets it off', 'an order gets an outcome');
  await choose('Modes', 'New leads');
  await admin.keyboard.press('Escape');
  await choose('Outcomes', 'Confirmed');
  await admin.keyboard.press('Escape');
  await admin.getByRole('button', { name: 'Add action' }).click();
  await choose('Action', 'add a tag');
  await admin.getByRole('textbox', { name: 'Tag' }).fill('Buyer');
  await admin.getByRole('button', { name: 'Add action' }).click();
  await admin.getByRole('combobox', { name: 'Action' }).last().click();
  await admin.getByRole('option', { name: 'send a webhook' }).click();
  await admin.getByRole('textbox', { name: 'Address' }).fill(`${shop.url}/sold`);
  await expect(admin.getByRole('complementary', { name: 'How it reads' })).toContainText(
    `When an order in New leads ends with Confirmed, add the tag Buyer and send a webhook to ${shop.url}/sold.`,
  );
  await boss.savePage();
  secret = await admin.getByText(/^whsec_/).innerText();
  await admin.getByRole('button', { name: 'I have kept it' }).click();
});

test('DIAL-1 DIAL-3 DIAL-8 DIAL-9: an agent works what is handed out over real calls, and each outcome ends the call and brings the next', async () => {
  test.setTimeout(120_000);
  const { agent } = work;
  await agent.getByRole('button', { name: /^Your projects: Northwind Support/ }).click();
  await agent.getByRole('checkbox', { name: project }).click();
  await agent.getByRole('checkbox', { name: 'Northwind Support' }).click();
  await agent.keyboard.press('Escape');
  await agent.getByRole('button', { name: `Your projects: ${project}`, exact: true }).waitFor();
  await agent.getByRole('button', { name: /^Dial-up/ }).click();
  await agent.getByRole('button', { name: 'Begin' }).click();

  await expect(card()).toBeVisible();
  await expect(card().getByText('New lead of a project that goes first')).toBeVisible();
  await expect(card().getByText('Good morning, this is the garden shop.')).toBeVisible();
  await expect(outcome('Wants a brochure')).toBeVisible();
  await expect(outcome('Hang-up')).toHaveCount(0);

  const worked: string[] = [];
  while (worked.length < 6) {
    // One that is to be tried again comes once the hub has its outcome: when it can be taken back no more.
    await expect(card()).toBeVisible({ timeout: 30_000 });
    const name = await person();
    worked.push(name);
    switch (name) {
      case 'Ada Whitcombe':
        await answered();
        await card().getByRole('textbox', { name: 'Note' }).fill('Two of them, please.');
        await expect(card().getByText(/^Saved \d/)).toBeVisible();
        await end('Confirmed');
        break;
      case 'Bruno Castell':
        await card().getByRole('textbox', { name: 'Note' }).fill('Too expensive.');
        await expect(card().getByText(/^Saved \d/)).toBeVisible();
        await outcome('Confirmed').click();
        // Taken back within ten seconds: the order is here again with its note, and nobody is told of a sale.
        await agent.getByRole('button', { name: 'Take back' }).click();
        await expect(card().getByRole('textbox', { name: 'Note' })).toHaveValue('Too expensive.');
        await end('Refused');
        break;
      case 'Clara Nyberg':
        await answered();
        await card().getByRole('button', { name: '2 h' }).click();
        await card().getByRole('radio', { name: 'Only me' }).click();
        // The practice hub's agent has planned one two hours ago, which was today or yesterday.
        await end('Call back', null);
        break;
      case 'Dmitri Volkov':
        await dial();
        await expect(card().getByRole('button', { name: /^Dial again/ })).toBeEnabled();
        await expect(card().getByText(/^Last call .* Busy$/)).toBeVisible();
        await expect(outcome('Busy')).toContainText('again in 7 min');
        await end('Busy');
        break;
      case 'Hanna Bergström': {
        const nth = worked.filter((each) => each === name).length;
        await dial();
        await expect(agent.getByText('Ringing there…')).toBeVisible();
        await expect(outcome('No answer')).toContainText(nth === 1 ? 'again at once' : 'last attempt');
        await end('No answer', nth);
        break;
      }
      default:
        throw new Error(`${name} was handed out`);
    }
  }
  // Tried again at once, as the supervisor has it, after all the others; then her attempts are used up.
  expect(worked.filter((name) => name === 'Hanna Bergström')).toHaveLength(2);
  expect(new Set(worked).size).toBe(5);
  expect(worked.at(-1)).toBe('Hanna Bergström');
  await expect(agent.getByText('Nothing to call right now')).toBeVisible();
  await expect(agent.getByText(/^The next one is due at/)).toBeVisible();
});

test('DIAL-4 DIAL-6 DIAL-9 AUTO-1 AUTO-2: the orders ended where the rules say, and the webhook of the one sale came once, signed', async () => {
  const { admin, choose, go } = boss;
  await go('Orders in line');
  await choose('Project', project);
  await expect(admin.getByText('2 orders', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(inLine('Clara Nyberg')).toContainText('Call back at');
  await expect(inLine('Dmitri Volkov')).toContainText('To be tried again at');
  await go('Order statuses');
  for (const [status, count] of [
    ['Confirmed', '1 order'],
    ['Refused', '1 order'],
    ['Not reached', '1 order'],
    ['Wrong number', '2 orders'],
  ] as const) {
    await expect(admin.getByRole('listitem', { name: status, exact: true })).toContainText(count);
  }

  await eventually('the shop is told', () => shop.received.length > 0, 30_000);
  await go('Automations');
  await choose('Project', project);
  await admin.getByText('Runs', { exact: true }).click();
  await expect(admin.getByRole('row', { name: /Tell the shop Ada Whitcombe Done/ })).toBeVisible();
  await admin.getByText('Deliveries', { exact: true }).click();
  await expect(admin.getByRole('row', { name: /Sent Webhook / })).toHaveCount(1);
  const [hook] = shop.received;
  const told = new Webhook(secret).verify(hook?.body ?? '', hook?.headers as Record<string, string>);
  expect(told).toMatchObject({
    type: 'order.outcome',
    data: {
      record: { firstName: 'Ada', lastName: 'Whitcombe', tags: ['Buyer'] },
      order: { externalId: 'S-1', goods: 'Garden bench', status: { label: 'Confirmed' } },
      outcome: { note: 'Two of them, please.' },
    },
  });
});

test('DIAL-7 OFF-2: with the hub killed in the middle of an order its outcome is kept, nothing new comes, and both go on when it is back', async () => {
  test.setTimeout(90_000);
  const { agent } = work;
  const { admin, choose, drawer, go } = boss;
  // One more, by hand: it comes to the waiting agent by itself.
  await go('Orders in line');
  await admin.getByRole('button', { name: /^Add order/ }).click();
  const fields = drawer('New order');
  await fields.getByRole('searchbox', { name: 'Person' }).fill('Lindqvist');
  await fields.getByRole('button', { name: 'Choose: Maya Lindqvist' }).click();
  await choose('Project', project, fields);
  await choose('Status', 'New', fields);
  await fields.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(card().getByRole('heading', { level: 2, name: 'Maya Lindqvist' })).toBeVisible();

  await answered();
  await hub.kill();
  await expect(card().getByText(/The hub does not answer. Go on/)).toBeVisible();
  await card().getByRole('textbox', { name: 'Note' }).fill('Said while the hub was away.');
  await expect(card().getByText(/^Saved \d/)).toBeVisible();
  await outcome('Refused').click();
  await expect(agent.getByText('No new orders: the hub does not answer')).toBeVisible({ timeout: 20_000 });
  await expect(agent.getByText(/outcomes? (is|are) on this computer only/)).toBeVisible({ timeout: 20_000 });
  await hub.start();
  await expect(agent.getByText(/on this computer only/)).toHaveCount(0, { timeout: 30_000 });
  await expect(agent.getByText('Nothing to call right now')).toBeVisible();
  await expect(today()).toContainText('Refused 2');
  // Neither the start of the hub nor the sale that was taken back has told the shop anything.
  expect(shop.received).toHaveLength(1);
});
