// Orders from CSV into a hub on a database of its own, and the line as a supervisor then asks for it. Part of
// bench/import.bench.ts.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { usualDialUpSettings } from '#shared/domain/dial-up-usual.ts';
import { orderStatusId } from '#shared/domain/ids.ts';
import { BackgroundWork } from '../../src-hub/background-work.ts';
import { buildCallMode } from '../../src-hub/call-mode.ts';
import { createCompanyChanges } from '../../src-hub/company-changes.ts';
import { type DatabasePlace, openHubDatabase } from '../../src-hub/database/open-database.ts';
import type { HubLog } from '../../src-hub/hub-log.ts';
import { LiveConnections } from '../../src-hub/wire/live-connections.ts';
import { recordsAtWork, support } from '../../tests/hub/records/records-at-work.ts';

export interface OrdersTaken {
  readonly seconds: number;
  /** The same file once more. */
  readonly againSeconds: number;
  readonly longestMs: number;
  /** The first page of the line, and one from the middle of it once it is there. */
  readonly freshMs: number;
  readonly pageMs: number;
  readonly longestWhileLookingMs: number;
}

const zones = ['+4420', '+3613', '+12015', '+8133'];
const columns = 'order id,status,goods,total,currency,delivery,customer id,phone,first name,last name,city';

function csvOf(rows: number): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const phone = `${zones[index % zones.length]}${String(70_000_000 + index).slice(0, 7)}`;
    const status = index % 3 === 0 ? 'To re-confirm' : 'New';
    const who = `C-${index % Math.ceil(rows * 0.8)},${phone},First ${index},Last ${index % 997}`;
    return `O-${index},${status},Lamp no. ${index % 500},${index % 900}.${10 + (index % 90)},EUR,Parcel shop ${index % 40},${who},Leeds`;
  });
  return [columns, ...lines].join('\r\n');
}

/** @param folder where the file is kept until it is in. */
export async function ordersFromCsv(
  place: DatabasePlace,
  folder: string,
  rows: number,
  log: HubLog,
): Promise<OrdersTaken> {
  const db = await openHubDatabase(place);
  const people = await recordsAtWork(db);
  const background = new BackgroundWork(log);
  const callMode = buildCallMode({
    ...{ db, log, background, people, users: people.users, projects: people.projects },
    clock: { nowMs: () => Date.now(), after: () => () => undefined },
    live: new LiveConnections(),
    changes: createCompanyChanges(log),
    open: { of: () => ({ primaryId: support, secondaryIds: [] }) },
    scopeOf: () => Promise.resolve('all' as const),
    dataDirectory: folder,
    holdingChanged: () => undefined,
    counted: () => Promise.resolve(),
  });
  await callMode.load();
  const usual = usualDialUpSettings(callMode.statuses.all());
  const settings = { ...usual, modes: usual.modes.map((each) => ({ ...each, open: true })) };
  const actor = { kind: 'user', id: 'bench', name: 'Bench' } as const;
  await callMode.settings.set(actor, support, 0, settings);
  const { imports, line } = callMode.administration;
  const csv = new TextEncoder().encode(csvOf(rows));
  let longestMs = 0;
  const once = async (): Promise<number> => {
    const { id } = await imports.upload(actor, 'orders.csv', csv);
    const wanted = { columns: [], projectId: support, statusId: orderStatusId.parse('new') };
    const preview = await imports.preview(id, wanted);
    if (!preview.settings) throw new Error('The file is not understood');
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const begunAtMs = performance.now();
    await imports.start(id, preview.settings);
    await background.settled();
    delay.disable();
    longestMs = Math.max(longestMs, delay.max / 1e6);
    const { created, updated, bad, state } = await imports.get(id);
    if (state !== 'done' || created + updated !== rows || bad !== 0)
      throw new Error('The import is not whole');
    return (performance.now() - begunAtMs) / 1_000;
  };
  const seconds = await once();
  const againSeconds = await once();

  const filter = {
    projectId: null,
    mode: null,
    bucket: null,
    statusId: null,
    agentId: null,
    due: 'any',
  } as const;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const fresh = performance.now();
  const { total } = await line.inLine(filter, 0, 80, 'all');
  const freshMs = performance.now() - fresh;
  if (total !== rows) throw new Error('The line is not whole');
  const page = performance.now();
  await line.inLine(filter, Math.floor(rows / 2), 80, 'all');
  const pageMs = performance.now() - page;
  delay.disable();
  await callMode.close();
  await background.settled();
  await db.destroy();
  return { seconds, againSeconds, longestMs, freshMs, pageMs, longestWhileLookingMs: delay.max / 1e6 };
}
