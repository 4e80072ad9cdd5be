// What may happen in the simulation, and schedules of it: a seed for everything that is left to chance, and steps.
import fc from 'fast-check';

const likely = {
  create: 5,
  changeCity: 6,
  addTag: 3,
  changeSeat: 2,
  changeNothing: 1,
  move: 2,
  note: 6,
  call: 3,
  save: 3,
  undo: 2,
  decide: 3,
  syncNow: 2,
  open: 2,
  close: 2,
  loseProject: 1,
  joinProject: 1,
  hubChange: 4,
  erase: 2,
  cut: 4,
  connect: 6,
  answerLost: 3,
  twice: 3,
  slow: 2,
  away: 1,
  refused: 1,
  killDesk: 4,
  startDesk: 5,
  killHub: 2,
  startHub: 4,
  wrongClock: 1,
} as const;

export type StepName = keyof typeof likely;

const names = (Object.keys(likely) as StepName[]).flatMap((name) =>
  Array.from({ length: likely[name] }, () => name),
);

export interface Step {
  readonly what: StepName;
  /** Which desk. */
  readonly who: number;
  readonly which: number;
  /** How long until the next; 0: right behind it. */
  readonly waitMs: number;
}

export interface Schedule {
  readonly seed: number;
  readonly steps: readonly Step[];
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(...names),
  who: fc.nat({ max: 2 }),
  which: fc.nat({ max: 59 }),
  waitMs: fc.constantFrom(0, 0, 5, 15, 40, 40, 300, 2_000, 12_000),
});

/** @param most steps in one */
export function schedules(most: number): fc.Arbitrary<Schedule> {
  return fc.record({
    seed: fc.nat({ max: 2 ** 31 - 1 }),
    steps: fc.array(step, { minLength: 4, maxLength: most, size: 'max' }),
  });
}

/** As it is told where it failed: one line a step. */
export function scheduleText({ seed, steps }: Schedule): string {
  const lines = steps.map(
    ({ what, who, which, waitMs }) => `  ${what} desk ${who}, ${which}; then ${waitMs} ms`,
  );
  return [`seed ${seed}`, ...lines].join('\n');
}
