// What a benchmark is, and the sums it needs. A file bench/<name>.bench.ts exports `description`, `options`
// and `run`; bench/run.ts lists them and prints what they measured. Ours and the peer are measured in turns in the same run,
// so that a busy machine slows both.
import { cpus, totalmem } from 'node:os';
import type { BenchOptions } from './support/bench-options.ts';

export interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  /** Null where there is no peer to measure; the target then holds for `ours` itself. */
  readonly peer: number | null;
  readonly peerName: string | null;
  /** ours / peer */
  readonly ratio: number | null;
  /**
   * The bound for the ratio (or for `ours`): at most it where less is better, at least it where more is. Null where nothing is
   * asked of it; `met` is null then, too.
   */
  readonly target: number | null;
  readonly met: boolean | null;
}

export interface Benchmark {
  readonly description: string;
  readonly options: BenchOptions;
  run(): Promise<readonly Metric[]>;
}

export interface BenchmarkResult {
  readonly bench: string;
  readonly machine: string;
  readonly metrics: readonly Metric[];
}

interface Measured {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly peer: number | null;
  readonly peerName: string | null;
  readonly target: number | null;
  /** Which way is better; less unless said. */
  readonly better?: 'less' | 'more';
}

export function metric({ better = 'less', ...measured }: Measured): Metric {
  const ratio = measured.peer === null ? null : measured.ours / measured.peer;
  const judged = ratio ?? measured.ours;
  const { name, unit, ours, peer, peerName, target } = measured;
  const met = target === null ? null : better === 'less' ? judged <= target : judged >= target;
  return { name, unit, ours, peer, peerName, ratio, target, met };
}

/** @param share 0.5 for the median, 0.95 for the 95th percentile. Of no samples: NaN. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Runs `work` once after another and gives the length of each run in microseconds. */
export async function timeEach(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  for (let index = 0; index < times; index++) {
    const startedAtMs = performance.now();
    await work();
    samples.push((performance.now() - startedAtMs) * 1000);
  }
  return samples;
}

export function machine(): string {
  const [first] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${first?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${memory}, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
}
