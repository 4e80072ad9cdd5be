// How long a piece of work took in this process, what it cost, and how long it held everything else up. Used by both sides
// of sync.bench.ts, each in a process of its own.
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface Stopped {
  /** Wall clock with fractions, the same for all processes. */
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** Of all threads of the process. */
  readonly processorMs: number;
  /** How long at most nothing else could happen in the main thread. */
  readonly longestHoldMs: number;
  /** The most that the process ever had in memory (RSS), until now. */
  readonly peakMiB: number;
}

export const now = () => performance.timeOrigin + performance.now();

/** @throws what `work` throws */
export async function timed(work: () => Promise<unknown>): Promise<Stopped> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const used = process.cpuUsage();
  const startedAtMs = now();
  try {
    await work();
    const endedAtMs = now();
    const { user, system } = process.cpuUsage(used);
    return {
      startedAtMs,
      endedAtMs,
      processorMs: (user + system) / 1_000,
      longestHoldMs: delay.max / 1e6,
      peakMiB: process.resourceUsage().maxRSS / 1_024,
    };
  } finally {
    delay.disable();
  }
}
