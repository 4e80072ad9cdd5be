// A list of 100,000 contacts in the built app: frames that are not shown while it scrolls, beside a bare TanStack Virtual
// list in turns on the same machine, and how soon typing in its search is answered; and the same scrolling over as many
// orders in line (DIAL-6) in the admin window, with how soon a filter is answered.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { sampleProject } from '../src-hub/practice/sample-company.ts';
import { agentAtWork } from '../tests/support/agent-at-work.ts';
import { startApp } from '../tests/support/app-driver.ts';
import { eventually } from '../tests/support/eventually.ts';
import { fillRecords } from '../tests/support/fill-records.ts';
import { type Metric, metric, percentile } from './benchmark.ts';
import { startChromium } from './support/bench-chromium.ts';
import { type BenchOptions, chosen, flag, number } from './support/bench-options.ts';
import { type Answered, answersSoFar, scrollSteadily, watchAnswers } from './support/list-stamps.ts';
import { putOrdersInLine } from './support/orders-in-line.ts';
import { servePeerPage } from './support/peer-page.ts';
import { progress, tellLoad } from './support/progress.ts';

export const description =
  '100,000 contacts and orders in line: frames dropped while scrolling, beside a bare TanStack Virtual list; typing answered';

export const options = {
  rows: number('contacts, and orders in line', 100_000),
  rounds: number('rounds in which each list is scrolled', 8),
  ordersOnly: flag('the orders in line alone'),
} satisfies BenchOptions;

const { rows, rounds, ordersOnly } = chosen(options);
const peerName = 'bare TanStack Virtual';
/** A hundred rows a second: as fast as a wheel is turned by someone who looks for something. */
const pxPerSecond = 4_000;
const scrollForMs = 4_000;
const ourList = '[role=grid]';
const choices = 60;
/** Typed letter by letter, and taken away letter by letter. */
const typed = [
  'mül',
  'anna b',
  'schneider',
  '+49302',
  'køln',
  'wei',
  'person77',
  'berlin',
  'yildiz',
  'tomasz n',
];

export async function run(): Promise<Metric[]> {
  if (ordersOnly) return await measureOrders(rows, rounds);
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-bench-lists-'));
  try {
    await fillRecords(folder, rows, sampleProject.id);
    progress(`${rows} records written`);
    return [...(await measure(folder, rows, rounds)), ...(await measureOrders(rows, rounds))];
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function measure(folder: string, rows: number, rounds: number): Promise<Metric[]> {
  const app = await agentAtWork({ userDataDir: folder });
  try {
    const page = app.agent;
    await page.getByRole('navigation').getByRole('button', { name: 'Contacts' }).click();
    await page.getByRole('grid').getByRole('row').nth(5).waitFor();
    return await besideBareList(page, rows, async (peer) => [
      ...(await scrollInTurns(page, peer, rounds, 'contacts')),
      ...(await typeAndTakeAway(page)),
    ]);
  } finally {
    await app.stop();
  }
}

/** DIAL-6: the line at the hub that the app brings along, in the window of a super admin. */
async function measureOrders(rows: number, rounds: number): Promise<Metric[]> {
  const app = await startApp();
  try {
    await putOrdersInLine(await app.hubUrl(), sampleProject.id, rows);
    progress(`${rows} orders in line`);
    const signIn = await app.window('sign-in');
    await signIn.getByRole('button', { name: /^superadmin / }).click();
    await signIn.getByRole('button', { name: 'Sign in', exact: true }).click();
    const agent = await app.window('agent');
    await agent.getByRole('navigation').getByRole('button', { name: 'Admin' }).click();
    const page = await app.window('admin');
    await page.getByRole('navigation').getByRole('button', { name: 'Orders in line' }).click();
    await page.getByRole('grid').getByRole('row').nth(5).waitFor();
    return await besideBareList(page, rows, async (peer) => [
      ...(await scrollInTurns(page, peer, rounds, 'orders in line')),
      ...(await filterByChoice(page)),
    ]);
  } finally {
    await app.stop();
  }
}

/** Measures with a bare list of as many rows and of the same size beside the page. */
async function besideBareList(
  page: Page,
  rows: number,
  measured: (peer: Page) => Promise<Metric[]>,
): Promise<Metric[]> {
  const heightPx = await page.locator(ourList).evaluate((list) => list.clientHeight);
  const viewport = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const peerPage = await servePeerPage('virtual-list');
  const chromium = await startChromium();
  try {
    const context = chromium.browser.contexts()[0] ?? (await chromium.browser.newContext());
    const peer = context.pages()[0] ?? (await context.newPage());
    await peer.setViewportSize(viewport);
    await peer.goto(`${peerPage.url}?rows=${rows}&height=${heightPx}`);
    await peer.locator('#list').waitFor();
    tellLoad('before');
    const metrics = await measured(peer);
    tellLoad('after');
    return metrics;
  } finally {
    await chromium.close();
    peerPage.close();
  }
}

async function scrollInTurns(page: Page, peer: Page, rounds: number, what: string): Promise<Metric[]> {
  const sums = { ours: { frames: 0, dropped: 0 }, peer: { frames: 0, dropped: 0 } };
  for (let round = 0; round <= rounds; round += 1) {
    for (const [who, where, list] of [
      ['ours', page, ourList],
      ['peer', peer, '#list'],
    ] as const) {
      await where.bringToFront();
      const { frames, dropped } = await scrollSteadily(where, list, pxPerSecond, scrollForMs);
      // The first round warms both up.
      if (round === 0) continue;
      progress(`${who}: ${frames} frames, ${dropped} dropped`);
      sums[who].frames += frames;
      sums[who].dropped += dropped;
    }
  }
  const inAll = (who: 'ours' | 'peer') => sums[who].frames + sums[who].dropped;
  return [
    metric({
      name: `${what}: frames dropped while scrolling, of ${inAll('ours')}`,
      unit: 'frames',
      ours: sums.ours.dropped,
      // Where the peer drops none, one dropped frame of ours is as many as can be told from chance.
      peer: Math.max(1, sums.peer.dropped),
      peerName,
      target: 1.1,
    }),
  ];
}

async function typeAndTakeAway(page: Page): Promise<Metric[]> {
  await page.bringToFront();
  await page.locator(ourList).evaluate((list) => list.scrollTo({ top: 0 }));
  await watchAnswers(page, 'input');
  await page.getByRole('searchbox', { name: 'Search contacts' }).focus();
  let keys = 0;
  const press = async (key: string) => {
    keys += 1;
    // A letter that is on no key comes as text.
    if (key.length === 1) await page.keyboard.insertText(key);
    else await page.keyboard.press(key);
    const due = keys;
    await eventually('the typing is answered', async () => (await answersSoFar(page)).length >= due, 10_000);
  };
  for (const text of typed) {
    for (const letter of text) await press(letter);
    for (const _letter of text) await press('Backspace');
  }
  return answered('typing', await answersSoFar(page));
}

/** What is due, what is not yet, and all: each choice is another question of the hub. */
async function filterByChoice(page: Page): Promise<Metric[]> {
  await page.bringToFront();
  await page.locator(ourList).evaluate((list) => list.scrollTo({ top: 0 }));
  await watchAnswers(page, 'choice');
  for (let made = 0; made < choices; made += 1) {
    await page.getByRole('combobox', { name: 'Due' }).click();
    await page
      .getByRole('option')
      .nth(made % 3 === 2 ? 0 : (made % 3) + 1)
      .click();
    await eventually('the choice is answered', async () => (await answersSoFar(page)).length > made, 10_000);
  }
  return answered('orders in line: a filter', await answersSoFar(page));
}

function answered(what: string, answers: readonly Answered[]): Metric[] {
  const alone = (name: string, samples: readonly number[], share: number, target: number | null) =>
    metric({ name, unit: 'ms', ours: percentile(samples, share), peer: null, peerName: null, target });
  const shown = answers.map(({ shownMs }) => shownMs);
  const inPage = answers.map(({ inPageMs }) => inPageMs);
  return [
    alone(`${what} answered and shown, p75 of ${answers.length}`, shown, 0.75, 50),
    alone(`${what} answered and shown, p95`, shown, 0.95, null),
    alone(`${what} answered, not yet shown, p75`, inPage, 0.75, null),
  ];
}
