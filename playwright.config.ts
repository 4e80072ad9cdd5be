// End-to-end tests on the built app, on the Chromium host or, with OFFHOOK_RUNTIME=electron, on the real Electron.
// They start the app themselves (tests/support), so no browser is configured here. Run by test.mjs and test:e2e.
import { defineConfig } from '@playwright/test';

const minutes = 60_000;

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results',
  // Two files at a time: calls are real-time, so most of a test is waiting. More would make late audio look like lost.
  workers: 2,
  fullyParallel: false,
  // A machine that stalls for a second breaks a real-time test once, not twice. Playwright reports it as flaky.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 1 * minutes,
  globalTimeout: 25 * minutes,
  expect: { timeout: 10_000 },
  reporter: [['list']],
});
