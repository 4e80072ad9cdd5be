// What a benchmark says on standard error while it runs: how far it is, and how busy the machine was.
import { loadavg } from 'node:os';

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
