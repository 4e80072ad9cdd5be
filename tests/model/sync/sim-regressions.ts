// Schedules that once failed, as the simulation shortened them: each is played at every `npm test`, in the world that the
// ones before it left. Used by sync-model.test.ts.
import type { Schedule, StepName } from './sim-steps.ts';

type Line = readonly [what: StepName, who: number, which: number, waitMs: number];

function schedule(seed: number, ...lines: readonly Line[]): Schedule {
  return { seed, steps: lines.map(([what, who, which, waitMs]) => ({ what, who, which, waitMs })) };
}

export const onceFailed: readonly { readonly what: string; readonly schedules: readonly Schedule[] }[] = [
  {
    // Schedule 2731 of seed 30000000.
    what: 'a call is being reported while its person is erased',
    schedules: [
      schedule(419_096_289, ['create', 0, 10, 40]),
      schedule(
        1_441_599_791,
        ['syncNow', 2, 6, 0],
        ['call', 2, 45, 5],
        ['startDesk', 0, 59, 12_000],
        ['create', 0, 3, 15],
        ['erase', 2, 43, 0],
        ['note', 0, 9, 40],
        ['erase', 0, 12, 5],
      ),
    ],
  },
  {
    // Schedule 7299 of seed 30000000: what was out already was never pulled again.
    what: 'a desktop is killed while it takes a project out, and its user opens the project again',
    schedules: [
      schedule(
        1,
        ['create', 0, 1, 0],
        ['create', 0, 1, 300],
        ['syncNow', 0, 0, 300],
        ['close', 0, 0, 2_000],
        ['killDesk', 0, 8, 12_000],
        ['startDesk', 0, 0, 2_000],
        ['open', 0, 0, 40],
      ),
    ],
  },
];
