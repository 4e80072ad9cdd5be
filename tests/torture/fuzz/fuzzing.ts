// Throws mutations at a target in thousands, and lets a call be made after each: what comes of it is counted, nothing is
// asserted here. Used by the fuzz benchmark and by its share in the tests.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Chance, chanceOf, mutated } from './mutations.ts';

export interface FuzzTarget {
  /** A fresh valid message, of any kind that fits where the target stands now. */
  valid(chance: Chance): string;
  /** Resolves when all of them have been dealt with. */
  throwAll(messages: readonly Buffer[]): Promise<void>;
  /** A whole call through the target, from INVITE to BYE. @throws where it does not succeed */
  controlCall(): Promise<void>;
  /** Faults of handlers since the last look, as they stand in the log. */
  faults(): readonly string[];
  close(): Promise<void>;
}

export interface FuzzCount {
  readonly thrown: number;
  readonly uncaught: readonly string[];
  readonly faults: readonly string[];
  readonly failedControlCalls: readonly string[];
  readonly controlCalls: number;
  /** After garbage collection: when warm, and at the end. */
  readonly heapBytes: readonly [first: number, last: number];
  readonly seconds: number;
}

const perRound = 1_000;
/** What is compiled and cached by use is there by then. */
const warmRounds = 5;

/** @param also sees every message that is thrown */
export async function fuzz(
  target: FuzzTarget,
  options: { readonly seed: number; readonly messages: number; also?(messages: readonly Buffer[]): void },
): Promise<FuzzCount> {
  const chance = chanceOf(options.seed);
  const uncaught: string[] = [];
  const faults: string[] = [];
  const failedControlCalls: string[] = [];
  const note = (error: unknown) => void uncaught.push(described(error));
  process.on('uncaughtException', note).on('unhandledRejection', note);
  const startedAtMs = performance.now();
  const rounds = Math.ceil(options.messages / perRound);
  let warmHeap = collectedHeap();
  try {
    for (let round = 0; round < rounds; round += 1) {
      const messages = Array.from({ length: perRound }, () => mutated(target.valid(chance), chance));
      options.also?.(messages);
      await target.throwAll(messages);
      await target.controlCall().catch((error: unknown) => failedControlCalls.push(described(error)));
      faults.push(...target.faults());
      if (round === Math.min(warmRounds, rounds) - 1) warmHeap = collectedHeap();
    }
    return {
      thrown: rounds * perRound,
      uncaught,
      faults,
      failedControlCalls,
      controlCalls: rounds,
      heapBytes: [warmHeap, collectedHeap()],
      seconds: (performance.now() - startedAtMs) / 1000,
    };
  } finally {
    process.off('uncaughtException', note).off('unhandledRejection', note);
  }
}

function described(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function collectedHeap(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
