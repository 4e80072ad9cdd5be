// A Chromium of a benchmark's own, with the very switches that the host gives to the app's, but for the gate that keeps
// the app's pages from the network. Driven by Playwright.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright';
import { browserFlags } from '../../src-host/browser/browser-flags.ts';
import { findChromium } from '../../src-host/browser/find-chromium.ts';
import { eventually } from '../../tests/support/eventually.ts';

export interface BenchChromium {
  readonly browser: Browser;
  readonly process: ChildProcess;
  close(): Promise<void>;
}

export async function startChromium(switches: Readonly<Record<string, string>> = {}): Promise<BenchChromium> {
  const profileFolder = mkdtempSync(path.join(tmpdir(), 'offhook-bench-chromium-'));
  const flags = browserFlags({
    profileFolder,
    headless: true,
    superuser: process.getuid?.() === 0,
    appSwitches: new Map(
      Object.entries({
        'allow-loopback-in-peer-connection': '',
        'remote-debugging-port': '0',
        ...switches,
      }),
    ),
    appArguments: [],
  }).filter((flag) => !flag.startsWith('--proxy-'));
  const child = spawn(findChromium(process.env), [...flags, 'about:blank'], { stdio: 'ignore' });
  const port = await eventually(
    'Chromium is there',
    () => readFileSync(path.join(profileFolder, 'DevToolsActivePort'), 'utf8').split('\n')[0],
    20_000,
  );
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  return {
    browser,
    process: child,
    async close() {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      await browser.close();
      child.kill('SIGTERM');
      await ended;
      rmSync(profileFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
