// End-to-end tests on the built app, on the Chromium host or, with OFFHOOK_RUNTIME=electron, on the real Electron.
// They start the app themselves (tests/support), so no browser is configured here. Run by test.mjs and test:e2e.
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

// The programs that tests start, apps and hubs, are compiled once; as in vitest.config.ts.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules', '.cache', 'offhook', 'compiled');

const minutes = 60_000;

/** The files of half a minute and more. */
const longest = [
  'call-box',
  'bad-input',
  'processes-die',
  'windows-die',
  'languages-and-looks',
  'a-call',
  'wrap-up',
  'phone-panel',
  'on-a-display',
  'two-agents',
  'links-die',
  'transfer',
  'new-user',
  'dial-up',
].map((name) => `**/${name}.test.ts`);

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results',
  // Calls are real-time, so most of a test is waiting; but a third file at a time made audio late on two processors, and
  // windows back after more than the two seconds that are promised.
  workers: 2,
  fullyParallel: false,
  // Playwright goes by project, then by name: the longest first, so that none of them begins when the others are done.
  projects: [
    { name: 'longest', testMatch: longest },
    { name: 'shorter', testIgnore: longest },
  ],
  // A machine that stalls for a second breaks a real-time test once, not twice. Playwright reports it as flaky.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 1 * minutes,
  globalTimeout: 25 * minutes,
  expect: { timeout: 10_000 },
  reporter: [['list']],
});
