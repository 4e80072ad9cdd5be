// What a benchmark is told on its command line: `npm run bench -- pop --calls=20`. Read by the benchmarks that run long.
import { loadavg } from 'node:os';

/** `--name=value`, or the variable OFFHOOK_BENCH_NAME, or the default. @throws Error where it is no number. */
export function numberOption(name: string, otherwise: number): number {
  const given = textOption(name);
  if (given === null) return otherwise;
  const value = Number(given);
  if (!Number.isFinite(value)) throw new Error(`--${name}=${given}: a number is wanted.`);
  return value;
}

/** `--name=value`, or the variable OFFHOOK_BENCH_NAME, or null. */
export function textOption(name: string): string | null {
  const prefix = `--${name}=`;
  return (
    process.argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length) ??
    process.env[`OFFHOOK_BENCH_${name.toUpperCase().replaceAll('-', '_')}`] ??
    null
  );
}

/** Beside the results, on standard error: how busy the machine was. */
export function tellLoad(when: string): void {
  process.stderr.write(
    `load ${when}: ${loadavg()
      .map((each) => each.toFixed(2))
      .join(' ')}\n`,
  );
}

export function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
