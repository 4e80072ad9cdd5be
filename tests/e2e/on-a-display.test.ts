// The call box as a real window: where it appears, that it takes no focus, that its place outlives a restart and a
// smaller screen, and that a click on the notification brings it back. On X servers of the test's own (Xvfb).
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright';
import { findOnPath } from '../../src-host/browser/find-chromium.ts';
import { shows, signInOnly } from '../support/agent-at-work.ts';
import { onElectron, type RunningApp, startApp } from '../support/app-driver.ts';
import { eventually } from '../support/eventually.ts';

const missing = ['Xvfb', 'xdotool', 'xprop'].filter((tool) => !findOnPath([tool], process.env));
test.skip(missing.length > 0, `Real windows are not shown here: ${missing.join(', ')} not installed.`);
test.skip(
  onElectron,
  'The bounds are read by the browser’s protocol, which Electron’s windows do not answer.',
);

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const servers: ChildProcess[] = [];
let folder: string;

test.beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-display-'));
  const tool = path.join(folder, 'notify-send');
  writeFileSync(
    tool,
    `#!/bin/sh
if [ "$1" = --help ]; then echo "--action --wait"; exit 0; fi
while [ ! -e "${folder}/click" ]; do sleep 0.05; done
rm "${folder}/click"
echo default
`,
  );
  chmodSync(tool, 0o755);
});

test.afterAll(() => {
  for (const server of servers) server.kill();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

function openDisplay(size: string): Promise<string> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  servers.push(server);
  return new Promise((resolve, reject) => {
    server.once('exit', () => reject(new Error('Xvfb ended')));
    server.stdio[3]?.once('data', (text: Buffer) => resolve(`:${text.toString().trim()}`));
  });
}

const xdotool = (display: string, ...args: string[]) =>
  execFileSync('xdotool', args, { encoding: 'utf8', env: { ...process.env, DISPLAY: display } }).trim();

async function startOn(display: string): Promise<{ app: RunningApp; agent: Page; box: Page }> {
  const app = await startApp({
    userDataDir: path.join(folder, 'user-data'),
    headless: false,
    environment: {
      DISPLAY: display,
      PATH: `${folder}:${process.env.PATH}`,
      DBUS_SESSION_BUS_ADDRESS: process.env.DBUS_SESSION_BUS_ADDRESS ?? 'unix:path=/nonexistent',
    },
  });
  await signInOnly(app, 'clerk');
  const agent = await app.window('agent');
  const allow = agent.getByRole('button', { name: 'Allow microphone' });
  await allow
    .or(agent.getByText('Mic on', { exact: true }))
    .first()
    .waitFor();
  if (await allow.isVisible()) await allow.click();
  await shows(agent, 'Mic on');
  await agent.getByRole('button', { name: 'Phone panel. Phone on' }).waitFor();
  await agent.getByRole('button', { name: /^Your status:/ }).click();
  await agent.getByRole('radio', { name: /^Available/ }).click();
  await agent.getByRole('button', { name: /^Your status: Available/ }).waitFor();
  return { app, agent, box: await app.window('call-box') };
}

async function ring(agent: Page, box: Page): Promise<void> {
  await agent.getByRole('button', { name: 'Practice call' }).click();
  await agent.getByRole('menuitem', { name: 'A known customer' }).click();
  await box.getByRole('button', { name: /^Accept/ }).waitFor();
}

async function boundsOf(page: Page): Promise<Bounds> {
  const protocol = await page.context().newCDPSession(page);
  const { bounds } = await protocol.send('Browser.getWindowForTarget');
  await protocol.detach();
  const { left = 0, top = 0, width = 0, height = 0 } = bounds;
  return { left, top, width, height };
}

/** Once it stands still, as high as its page wants it. */
async function placeOf(box: Page, is: (bounds: Bounds) => boolean): Promise<Bounds> {
  let before = '';
  return eventually('the box is there', async () => {
    const bounds = await boundsOf(box);
    const innerHeight = await box.evaluate(() => window.innerHeight);
    const now = JSON.stringify(bounds);
    const still = now === before && innerHeight === bounds.height;
    before = now;
    if (!still || !is(bounds)) throw new Error(now);
    return bounds;
  });
}

const bottomOf = ({ top, height }: Bounds) => top + height;
/** The id of the visible window that stands there; undefined where there is none. */
function windowAt(display: string, { left, width }: Bounds): string | undefined {
  return xdotool(display, 'search', '--onlyvisible', '--name', '.*')
    .split('\n')
    .find((id) => {
      const geometry = xdotool(display, 'getwindowgeometry', '--shell', id);
      return geometry.includes(`X=${left}\n`) && geometry.includes(`WIDTH=${width}\n`);
    });
}

const isVisible = (display: string, bounds: Bounds) => windowAt(display, bounds) !== undefined;

test('CALL-5 CALL-6 DESK-2: the box appears bottom right without taking focus, is dragged, and is found again there', async () => {
  test.setTimeout(120_000);
  const display = await openDisplay('1600x1000');
  let { app, agent, box } = await startOn(display);
  let left: Bounds;
  try {
    // The agent is at work in the agent window.
    const working = windowAt(display, await boundsOf(agent)) ?? '';
    xdotool(display, 'windowfocus', '--sync', working);
    const focused = xdotool(display, 'getwindowfocus', '-f');
    await ring(agent, box);
    const first = await placeOf(box, ({ left, width }) => left + width > 1500 && left + width <= 1600);
    expect(bottomOf(first)).toBeGreaterThan(900);
    expect(bottomOf(first)).toBeLessThanOrEqual(1000);
    expect(first.width).toBeLessThan(420);
    await eventually('it is shown', () => isVisible(display, first));
    expect(xdotool(display, 'getwindowfocus', '-f')).toBe(focused);

    // Put aside, and brought back by a click on the operating system's notification.
    await box.getByRole('button', { name: 'Close' }).click();
    await eventually('it is gone', () => !isVisible(display, first));
    writeFileSync(path.join(folder, 'click'), '');
    await eventually('it is back', () => isVisible(display, first));
    expect(existsSync(path.join(folder, 'click'))).toBe(false);

    // With the mouse, by its header.
    const stood = await placeOf(box, () => true);
    const from = { x: stood.left + 120, y: stood.top + 12 };
    xdotool(display, 'mousemove', String(from.x), String(from.y), 'mousedown', '1');
    for (const step of [1, 2, 3, 4])
      xdotool(display, 'mousemove', String(from.x - step * 100), String(from.y - step * 50));
    xdotool(display, 'mouseup', '1');
    const dragged = await placeOf(box, (bounds) => bounds.left < stood.left - 300);
    left = dragged;
    await box.getByRole('button', { name: /^Ignore/ }).click();
  } finally {
    await app.stop();
  }

  ({ app, agent, box } = await startOn(display));
  try {
    await ring(agent, box);
    const again = await placeOf(box, (bounds) => bounds.left === left.left);
    expect(Math.abs(bottomOf(again) - bottomOf(left))).toBeLessThanOrEqual(2);
    await box.getByRole('button', { name: /^Ignore/ }).click();
  } finally {
    await app.stop();
  }

  // A smaller screen is another desk: the box stands on it, whole.
  const smaller = await openDisplay('1024x700');
  ({ app, agent, box } = await startOn(smaller));
  try {
    await ring(agent, box);
    const there = await placeOf(box, ({ left, width }) => left + width <= 1024);
    expect(there.left).toBeGreaterThanOrEqual(0);
    expect(there.top).toBeGreaterThanOrEqual(0);
    expect(bottomOf(there)).toBeLessThanOrEqual(700);
    await eventually('it is shown', () => isVisible(smaller, there));
  } finally {
    await app.stop();
  }
});
