// `npm start` as a person types it: what it says, and what is left of it after Ctrl+C. Headless, so that it needs no
// display; on the host, as that is what starts several processes of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { descendantsOf, stillRunning } from '../../scripts/setup/process-tree.mjs';
import { eventually } from '../support/eventually.ts';

const projectFolder = path.resolve(import.meta.dirname, '../..');

test.describe('npm start', () => {
  let userDataDir: string;
  let start: ChildProcess;
  let output = '';

  test.beforeEach(() => {
    userDataDir = mkdtempSync(path.join(os.tmpdir(), 'offhook-start-'));
    output = '';
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...withoutDisplay } = process.env;
    start = spawn(
      process.execPath,
      ['scripts/start.mjs', `--user-data-dir=${userDataDir}`, '--use-fake-device-for-media-stream'],
      { cwd: projectFolder, env: withoutDisplay, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    start.stdout?.on('data', (chunk: Buffer) => (output += chunk));
    start.stderr?.on('data', (chunk: Buffer) => (output += chunk));
  });

  test.afterEach(async () => {
    if (start.exitCode === null && start.signalCode === null) {
      start.kill('SIGTERM');
      await new Promise((resolve) => start.once('exit', resolve));
    }
    rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  test('says that it runs headless and names the tour, and ends every process that it began when Ctrl+C is pressed', async () => {
    await eventually('Offhook is ready', () => /^Offhook is ready$/m.test(output), 30_000);
    expect(output).toContain('no display: running headless');
    expect(output).toContain('npm run tour');
    expect(output).toContain(`npm run practice-call -- known-customer --user-data-dir=${userDataDir}`);
    expect(output).toMatch(/Ctrl\+C here ends the app/);
    expect(output).toContain(`practice data) is in ${userDataDir}`);
    const begun = descendantsOf(start.pid ?? -1);
    // Main, its practice hub and the browser's own processes.
    expect(begun.length).toBeGreaterThan(3);
    const exited = new Promise<number | null>((resolve) => start.once('exit', resolve));
    start.kill('SIGINT');
    expect(await exited).toBe(0);
    expect(stillRunning(begun)).toEqual([]);
  });

  test('ends them at once when Ctrl+C is pressed a second time', async () => {
    await eventually('Offhook is ready', () => /^Offhook is ready$/m.test(output), 30_000);
    const begun = descendantsOf(start.pid ?? -1);
    const exited = new Promise<void>((resolve) => start.once('exit', () => resolve()));
    start.kill('SIGINT');
    await eventually('closing', () => output.includes('closing'), 5_000);
    // Within moments of the first it would count as the same key press.
    const firstPressedAtMs = Date.now();
    await eventually('a second press', () => Date.now() - firstPressedAtMs > 450, 2_000);
    start.kill('SIGINT');
    await exited;
    expect(stillRunning(begun)).toEqual([]);
  });
});
