// Plays many schedules, each in a fresh world, and says of one that fails how it can be played again: its seed, and the
// shortest that fails the same way. Used by sync-model.test.ts and bench/sync-sim.bench.ts.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { openDatabase } from '../../../src-main/database/open.ts';
import { check } from './sim-checks.ts';
import type { HubGround } from './sim-hub.ts';
import { type Schedule, schedules, scheduleText } from './sim-steps.ts';
import { play } from './sim-world.ts';

export interface Simulation {
  readonly runs: number;
  readonly seed: number;
  readonly mostSteps: number;
  /** For database files; its contents are removed. */
  readonly folder: string;
  readonly ground: (folder: string) => Promise<HubGround>;
  /** After each schedule that held. */
  readonly played?: (schedule: Schedule) => void;
}

/** @returns null where all hold; else what does not, with seed and shortest schedule. */
export async function simulate(simulation: Simulation): Promise<string | null> {
  const { runs, seed, mostSteps, folder, played = () => {} } = simulation;
  mkdirSync(folder, { recursive: true });
  try {
    const ground = await simulation.ground(folder);
    const template = join(folder, 'desk-template.sqlite');
    (await openDatabase(template)).close();
    let worlds = 0;
    const property = fc.asyncProperty(schedules(mostSteps), async (schedule) => {
      worlds += 1;
      await play(schedule, ground, template, join(folder, `world-${worlds}`), check);
      played(schedule);
    });
    const result = await fc.check(property, { numRuns: runs, seed, endOnFailure: false });
    if (!result.failed) return null;
    const [shortest] = result.counterexample ?? [];
    const error = result.errorInstance instanceof Error ? result.errorInstance.message : '';
    return [
      `Schedule ${result.numRuns} of seed ${seed} fails on ${ground.name}; shortest after ${result.numShrinks} steps of shrinking:`,
      shortest ? scheduleText(shortest) : '',
      error,
    ].join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
