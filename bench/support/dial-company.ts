// A company in call mode on a database of its own: agents, two projects with three open modes each, and orders that came in
// by the product's own import of CSV, of people in five countries. Part of bench/dialup.bench.ts.
import { sql } from 'kysely';
import { usualDialUpSettings } from '#shared/domain/dial-up-usual.ts';
import { orderStatusId } from '#shared/domain/ids.ts';
import { AccountStore } from '../../src-hub/accounts/account-store.ts';
import { UserDirectory } from '../../src-hub/accounts/user-directory.ts';
import { BackgroundWork } from '../../src-hub/background-work.ts';
import { buildCallMode } from '../../src-hub/call-mode.ts';
import { createCompanyChanges } from '../../src-hub/company-changes.ts';
import { type DatabasePlace, openHubDatabase } from '../../src-hub/database/open-database.ts';
import type { HubLog } from '../../src-hub/hub-log.ts';
import { ProjectService } from '../../src-hub/projects/project-service.ts';
import { ProjectStore } from '../../src-hub/projects/project-store.ts';
import { LiveConnections } from '../../src-hub/wire/live-connections.ts';
import { recordsAtWork } from '../../tests/hub/records/records-at-work.ts';
import { type SeededCompany, seedCompany } from '../../tests/support/seed-company.ts';
import { progress } from './progress.ts';

/** The projects get a file in turns. */
const rowsOfFile = 10_000;
/** Each a queue of its own in every mode of every project, since its clocks are others'. */
const zones = ['+4420', '+4930', '+431', '+4144', '+48227'];
const statuses = ['new', 'new', 'to-reconfirm', 'before-buyout'];
const columns = 'order id,status,goods,total,currency,delivery,customer id,phone,first name,last name,city';
const quiet: HubLog = {
  info() {},
  warn() {},
  error: (message, facts) => progress(`${message} ${String(facts.error)}`),
};

/** @param folder where files are kept until they are in. */
export async function fillDialCompany(
  place: DatabasePlace,
  folder: string,
  amount: { readonly agents: number; readonly orders: number },
): Promise<SeededCompany> {
  const company = await seedCompany(place, { agents: amount.agents, callers: 0, projects: 2 });
  const db = await openHubDatabase(place);
  const users = new UserDirectory(new AccountStore(db));
  const projects = new ProjectService(new ProjectStore(db));
  await Promise.all([users.load(), projects.load()]);
  const background = new BackgroundWork(quiet);
  const callMode = buildCallMode({
    ...{ db, log: quiet, background, users, projects },
    people: await recordsAtWork(db),
    clock: { nowMs: () => Date.now(), after: () => () => undefined },
    live: new LiveConnections(),
    changes: createCompanyChanges(quiet),
    open: { of: () => ({ primaryId: null, secondaryIds: [] }) },
    scopeOf: () => Promise.resolve('all' as const),
    dataDirectory: folder,
    holdingChanged: () => undefined,
    counted: () => Promise.resolve(),
  });
  await callMode.load();
  const actor = { kind: 'user', id: 'bench', name: 'Bench' } as const;
  const usual = usualDialUpSettings(callMode.statuses.all());
  for (const [at, { id }] of company.projects.entries()) {
    // New leads of the first go ahead of all that the second has.
    const modes = usual.modes.map((each) => ({ ...each, open: true, highPriority: at === 0 }));
    await callMode.settings.set(actor, id, 0, { ...usual, modes });
  }
  const { imports } = callMode.administration;
  for (const [at, from] of firstRows(amount.orders).entries()) {
    const projectId = company.projects[at % company.projects.length]?.id;
    if (!projectId) throw new Error('A company without projects');
    const count = Math.min(rowsOfFile, amount.orders - from);
    const { id } = await imports.upload(actor, 'orders.csv', new TextEncoder().encode(csvOf(from, count)));
    const wanted = { columns: [], projectId, statusId: orderStatusId.parse('new') };
    const { settings } = await imports.preview(id, wanted);
    if (!settings) throw new Error('The file of orders is not understood');
    await imports.start(id, settings);
    await background.settled();
    const { created, bad } = await imports.get(id);
    if (created !== count) throw new Error(`${created} of ${count} orders came in, ${bad} rows were bad`);
  }
  await callMode.close();
  await background.settled();
  // What a database does by itself within a minute of so many rows.
  await sql`analyze`.execute(db);
  await db.destroy();
  return company;
}

function firstRows(orders: number): number[] {
  return Array.from({ length: Math.ceil(orders / rowsOfFile) }, (_, at) => at * rowsOfFile);
}

function csvOf(from: number, count: number): string {
  const lines = Array.from({ length: count }, (_, at) => {
    const index = from + at;
    const phone = `${zones[index % zones.length]}${String(10_000_000 + index).slice(-7)}`;
    const who = `C-${index},${phone},First ${index},Last ${index % 997}`;
    const status = statuses[index % statuses.length];
    return `O-${index},${status},Lamp no. ${index % 500},${index % 900}.${10 + (index % 90)},EUR,Parcel shop ${index % 40},${who},Leeds`;
  });
  return [columns, ...lines].join('\r\n');
}

export interface Kept {
  /** Attempts in the database, and those among them that did not move their order. */
  readonly attempts: number;
  readonly late: number;
  /** Orders with more than one attempt. */
  readonly twice: number;
}

/** What the database says of the hand-outs, once all is over. */
export async function attemptsKept(place: DatabasePlace): Promise<Kept> {
  const db = await openHubDatabase(place);
  const rows = await db.selectFrom('dial_attempt').select(['order_id', 'effect']).execute();
  await db.destroy();
  return {
    attempts: rows.length,
    late: rows.filter(({ effect }) => effect !== 'moved').length,
    twice: rows.length - new Set(rows.map(({ order_id }) => order_id)).size,
  };
}
