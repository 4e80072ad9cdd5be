// Who is told that there is something to pull: those who have it open, whichever hub on the same database has changed it,
// and not for each of many changes.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SyncScope } from '#shared/hub/sync-contract.ts';
import { type DatabasePlace, openHubDatabase } from '../../src-hub/database/open-database.ts';
import { buildSync } from '../../src-hub/sync/sync.ts';
import { LiveConnections } from '../../src-hub/wire/live-connections.ts';
import { ann, annActs, content, dental, recordsAtWork, support } from '../hub/records/records-at-work.ts';
import { KeptLog } from '../hub/support.ts';
import { eventually } from '../support/eventually.ts';
import { noOrders } from '../support/no-orders.ts';
import { sharedPostgres } from '../support/shared-postgres.ts';

async function hubOn(place: DatabasePlace) {
  const db = await openHubDatabase(place);
  const at = await recordsAtWork(db);
  const told: SyncScope[][] = [];
  const live = new LiveConnections();
  live.add({
    signedIn: { user: { userId: ann }, session: { deviceId: 'desk' } },
    tell: (_: string, { scopes }: { scopes: SyncScope[] }) => void told.push(scopes),
  } as never);
  const open = { of: () => ({ primaryId: support, secondaryIds: [] }) };
  const sync = await buildSync({
    db,
    place,
    records: at.records,
    outcomes: noOrders,
    users: at.users,
    open,
    live,
    log: new KeptLog(),
  });
  onTestFinished(async () => {
    await sync.close();
    await db.destroy();
  });
  return { ...at, told };
}

const postgres = await sharedPostgres();

describe('news of changes', () => {
  it('reach who has the scope open, at most four times a second', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'offhook-news-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const hub = await hubOn({ sqlite: join(folder, 'hub.sqlite') });
    const beganMs = performance.now();
    for (let n = 0; n < 60; n += 1) await hub.records.create(annActs, null, content({ projectId: support }));
    await hub.records.create(annActs, null, content({ projectId: dental }));
    await hub.records.create(annActs, null, content());
    await eventually('the last is told', () => hub.told.flat().includes(null));
    const quarters = (performance.now() - beganMs) / 250;
    expect(hub.told.length).toBeLessThanOrEqual(Math.ceil(quarters) + 1);
    expect(new Set(hub.told.flat())).toEqual(new Set([support, null]));
  });

  it.skipIf(postgres === null)(
    'reach the desktops of every hub on one PostgreSQL, after the commit',
    async () => {
      const place = { postgres: (await postgres?.newHubDatabase()) ?? '' };
      const one = await hubOn(place);
      const other = await hubOn(place);
      let commit = () => {};
      const held = new Promise<void>((resolve) => {
        commit = resolve;
      });
      const changing = one.db.transaction().execute(async (within) => {
        await one.records.create(annActs, null, content({ projectId: support }), { within });
        await held;
      });
      expect(other.told).toEqual([]);
      commit();
      await changing;
      for (const hub of [one, other]) {
        await eventually('both tell their desktops', () => hub.told.flat().includes(support));
      }
    },
  );
});
