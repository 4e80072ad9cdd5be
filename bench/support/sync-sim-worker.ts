// Plays schedules of the sync simulation in a process of its own and tells how many have held. Started by
// bench/sync-sim.bench.ts with a job.
import { postgresGround, sqliteGround } from '../../tests/model/sync/sim-hub.ts';
import { simulate } from '../../tests/model/sync/simulate.ts';

export interface SimJob {
  readonly runs: number;
  readonly seed: number;
  readonly mostSteps: number;
  readonly folder: string;
  /** An empty PostgreSQL database; null: SQLite. */
  readonly postgres: string | null;
}

export type SimReport =
  | { readonly held: number; readonly steps: number }
  | { readonly failure: string | null };

const toldEvery = 50;

process.once('message', ({ postgres, ...job }: SimJob) => {
  let [held, steps] = [0, 0];
  const tell = (report: SimReport) => process.send?.(report);
  const ground = postgres === null ? sqliteGround : () => postgresGround(postgres);
  const played = (schedule: { readonly steps: readonly unknown[] }) => {
    held += 1;
    steps += schedule.steps.length;
    if (held % toldEvery === 0) tell({ held, steps });
  };
  void simulate({ ...job, ground, played }).then(
    (failure) => {
      tell({ held, steps });
      tell({ failure });
    },
    (error: unknown) => tell({ failure: error instanceof Error ? String(error.stack) : String(error) }),
  );
});
