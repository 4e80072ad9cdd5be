// The operating system's notification for each call. A notify-send of our own, first in the path, writes down what it
// was asked to show, until the call no longer rings.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type AgentAtWork, agentAtWork, tellWindows } from '../support/agent-at-work.ts';
import { onElectron } from '../support/app-driver.ts';
import { eventually } from '../support/eventually.ts';

let folder: string;
let clerk: AgentAtWork;

test.skip(onElectron, 'Electron talks to the session bus itself; there is no program to stand in for.');

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-notifications-'));
  const tool = path.join(folder, 'notify-send');
  writeFileSync(
    tool,
    `#!/bin/sh
if [ "$1" = --help ]; then echo "--action --wait"; exit 0; fi
{ echo BEGIN; printf '%s\\n' "$@"; echo END; } >> "${folder}/shown"
trap 'echo gone >> "${folder}/shown"; exit 0' TERM
while :; do sleep 0.05; done
`,
  );
  chmodSync(tool, 0o755);
  clerk = await agentAtWork({
    environment: {
      PATH: `${folder}:${process.env.PATH}`,
      DBUS_SESSION_BUS_ADDRESS: process.env.DBUS_SESSION_BUS_ADDRESS ?? 'unix:path=/nonexistent',
    },
  });
  await clerk.become('Available');
});

test.afterEach(() => tellWindows(test.info(), clerk));

test.afterAll(async () => {
  await clerk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const shown = () =>
  existsSync(path.join(folder, 'shown')) ? readFileSync(path.join(folder, 'shown'), 'utf8') : '';

test('DESK-2: a call is shown by the operating system with who calls and for which project, and taken back', async () => {
  await clerk.practiceCall('A known customer');
  await clerk.rung();
  await eventually('the notification', () => shown().includes('END'));
  expect(shown()).toContain('Maya Lindqvist');
  expect(shown()).toContain('020 7946 0123');
  expect(shown()).toContain('Call to Northwind Support');
  expect(shown().match(/BEGIN/g)).toHaveLength(1);
  await clerk.decline();
  await eventually('it is taken back', () => shown().includes('gone'));
});

test('DESK-2: of two callers at once, each is notified of when it rings', async () => {
  rmSync(path.join(folder, 'shown'));
  await clerk.practiceCall('Two at once');
  await clerk.rung();
  await eventually('the first', () => shown().match(/BEGIN/g)?.length === 1);
  await clerk.decline();
  await eventually('the second', () => shown().match(/BEGIN/g)?.length === 2);
  // Whether a click brings the box to the front is shown on a display (on-a-display.test.ts).
});
