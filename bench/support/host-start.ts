// Starts a main on the host and says when its first page was painted. The browser's own paint timing is read after the
// start, so that nobody looks on while it runs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { eventually } from '../../tests/support/eventually.ts';

const projectFolder = path.resolve(import.meta.dirname, '../..');

export interface HostStart {
  /** Wall clock, just before the process was started. */
  readonly startedAtMs: number;
  readonly pid: number;
  /** From the start to the beginning of the page's loading, and to its first paint. */
  readonly navigatedMs: number;
  readonly firstPaintMs: number;
  readonly page: Page;
  readonly browser: Browser;
  stop(): Promise<void>;
}

/** @param mainFile says "Offhook is ready" when its first window has been painted */
export async function startOnHost(
  mainFile: string,
  userDataDir: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<HostStart> {
  const node = path.join(projectFolder, 'node_modules', '.bin', 'node');
  const register = path.join(projectFolder, 'out', 'host', 'register.js');
  const switches = [
    '--remote-debugging-port=0',
    '--headless',
    `--user-data-dir=${userDataDir}`,
    '--use-fake-device-for-media-stream',
    '--allow-loopback-in-peer-connection',
  ];
  const startedAtMs = performance.timeOrigin + performance.now();
  const child = spawn(node, ['--import', register, path.resolve(projectFolder, mainFile), ...switches], {
    cwd: projectFolder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      said += data.toString();
    });
  await eventually(
    'the first window is painted',
    () => {
      if (child.exitCode !== null) throw new Error(`It ended: ${said}`);
      return said.includes('Offhook is ready');
    },
    30_000,
  );
  const port = readFileSync(path.join(userDataDir, 'chromium', 'DevToolsActivePort'), 'utf8').split('\n')[0];
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const page = await eventually('the sign-in page', () =>
    browser
      .contexts()
      .flatMap((context) => context.pages())
      .find((each) => new URL(each.url()).pathname === '/sign-in.html'),
  );
  const { navigatedAtMs, firstPaintAtMs } = await page.evaluate(async () => {
    const name = 'first-contentful-paint';
    const entry = () => performance.getEntriesByName(name)[0];
    while (!entry()) await new Promise((resolve) => requestAnimationFrame(resolve));
    const { timeOrigin } = performance;
    return { navigatedAtMs: timeOrigin, firstPaintAtMs: timeOrigin + (entry()?.startTime ?? Number.NaN) };
  });
  return {
    startedAtMs,
    pid: child.pid ?? -1,
    navigatedMs: navigatedAtMs - startedAtMs,
    firstPaintMs: firstPaintAtMs - startedAtMs,
    page,
    browser,
    async stop() {
      await browser.close();
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 8_000);
      await ended;
      clearTimeout(force);
    },
  };
}
