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

/** Opening files and preparing statements takes longer than a schedule does. */
const inOneWorld = 10;
const shrinkForMs = 30_000;

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
    const playAll = async (schedulesOfOne: readonly Schedule[], told: (schedule: Schedule) => void) => {
      worlds += 1;
      await play(
        schedulesOfOne,
        ground,
        template,
        join(folder, `world-${worlds}`),
        async (world, schedule) => {
          await check(world);
          told(schedule);
        },
      );
    };
    const all = fc.sample(schedules(mostSteps), { numRuns: runs, seed });
    for (let from = 0; from < all.length; from += inOneWorld) {
      const some = all.slice(from, from + inOneWorld);
      let held = 0;
      try {
        await playAll(some, (schedule) => {
          held += 1;
          played(schedule);
        });
      } catch (error) {
        return await shortest(some.slice(0, held + 1), from + held, simulation, error, (each) =>
          playAll(each, () => {}),
        );
      }
    }
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** These and no others, in one world. @throws whatever does not hold */
export async function replay(
  some: readonly Schedule[],
  { folder, ground }: Pick<Simulation, 'folder' | 'ground'>,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  try {
    const template = join(folder, 'desk-template.sqlite');
    (await openDatabase(template)).close();
    await play(some, await ground(folder), template, join(folder, 'world'), check);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type PlayAll = (schedules: readonly Schedule[]) => Promise<void>;

/** The failing one by itself, else behind those before it in its world; then without each step that is not needed. */
async function shortest(
  some: readonly Schedule[],
  place: number,
  { seed }: Simulation,
  first: unknown,
  playAll: PlayAll,
): Promise<string> {
  let error = first;
  const fails = async (each: readonly Schedule[]) => {
    try {
      await playAll(each);
      return false;
    } catch (thrown) {
      error = thrown;
      return true;
    }
  };
  const endAtMs = performance.now() + shrinkForMs;
  const alone = some.slice(-1);
  let failing: readonly Schedule[] = (await fails(alone)) ? alone : some;
  for (let isShorter = true; isShorter && performance.now() < endAtMs; ) {
    isShorter = false;
    for (const shorter of withoutOne(failing)) {
      if (performance.now() > endAtMs) break;
      if (!(await fails(shorter))) continue;
      failing = shorter;
      isShorter = true;
      break;
    }
  }
  // Said of the shortest, whatever was tried last.
  await fails(failing);
  const told = error instanceof Error ? error.message : String(error);
  return [`Schedule ${place} of seed ${seed} fails:`, ...failing.map(scheduleText), told].join('\n');
}

/** Halves first, then single steps. */
function* withoutOne(all: readonly Schedule[]): Generator<Schedule[]> {
  for (let size = 16; size >= 1; size /= 2) {
    for (const [at, { seed, steps }] of all.entries()) {
      for (let from = 0; from < steps.length; from += size) {
        const fewer = { seed, steps: [...steps.slice(0, from), ...steps.slice(from + size)] };
        yield all.map((each, place) => (place === at ? fewer : each));
      }
    }
  }
}
