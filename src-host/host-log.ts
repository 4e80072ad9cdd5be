// What the host says on standard error: failures, and once each what Chromium cannot be (see docs and host.md).
const told = new Set<string>();

/** For a part of Electron's API that the system's Chromium cannot give. The app goes on as on a platform without it. */
export function notAvailable(name: string, whatHappensInstead: string): void {
  if (told.has(name)) return;
  told.add(name);
  process.stderr.write(`[host] ${name} is not available on Chromium: ${whatHappensInstead}\n`);
}

/** @param error its stack is shown: the host is development equipment. */
export function report(message: string, error?: unknown): void {
  const detail = error instanceof Error ? `\n${error.stack ?? error.message}` : '';
  process.stderr.write(`[host] ${message}${detail}\n`);
}
