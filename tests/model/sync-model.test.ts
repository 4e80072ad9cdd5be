// Three desktops and a hub through random sequences of what people do and what goes wrong: connections that end, frames
// that are late, lost or doubled, kills between any two writes, projects opened, closed and lost, erasure. Whatever
// happens, all come to the same, nothing that was said to be saved is lost, nothing counts twice. OFFHOOK_SYNC_RUNS asks
// for more schedules, OFFHOOK_SYNC_SEED for others; `npm run bench -- sync-sim` plays many more.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sqliteGround } from './sync/sim-hub.ts';
import { onceFailed } from './sync/sim-regressions.ts';
import { replay, simulate } from './sync/simulate.ts';

const runs = Number(process.env.OFFHOOK_SYNC_RUNS ?? 12);
const seed = Number(process.env.OFFHOOK_SYNC_SEED ?? 1);

it.each(onceFailed)('what once went wrong does so no more: $what', async ({ schedules }) => {
  const folder = mkdtempSync(join(tmpdir(), 'offhook-sync-model-'));
  await replay(schedules, { folder, ground: sqliteGround });
});

it('OFF-2, OFF-4: three desktops and a hub come to the same through whatever goes wrong, on SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'offhook-sync-model-'));
  const failure = await simulate({ runs, seed, folder, mostSteps: 40, ground: sqliteGround });
  expect(failure).toBeNull();
}, 60_000);
