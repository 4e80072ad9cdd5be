// OFF-5 from outside: a desktop with tens of thousands of records of its own, and a caller whom only it knows, not the
// hub. How long a lookup takes among a million is `npm run bench -- lookup`.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { projectId, recordId } from '#shared/domain/ids.ts';
import { emptyRecordContent } from '#shared/domain/record.ts';
import { sampleProject } from '../../src-hub/practice/sample-company.ts';
import { type AgentAtWork, agentAtWork, tellWindows } from '../support/agent-at-work.ts';
import { onElectron } from '../support/app-driver.ts';
import { fillRecords } from '../support/fill-records.ts';

test.skip(onElectron, 'The database is filled by Node’s build of SQLite, which Electron’s is not.');

const localRecords = 30_000;
const folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-e2e-known-'));
let clerk: AgentAtWork;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  await fillRecords(folder, localRecords, sampleProject.id, [
    {
      ...emptyRecordContent,
      id: recordId.parse('only-here'),
      kind: 'contact',
      projectId: projectId.parse(sampleProject.id),
      firstName: 'Yrsa',
      lastName: 'Hurried',
      // As the caller who hangs up after five seconds shows it, written as a person would.
      numbers: [{ number: '030 23125001', extension: '', label: 'main' }],
      version: 1,
      createdAtMs: 1,
      changedAtMs: 1,
    },
  ]);
  clerk = await agentAtWork({ userDataDir: folder });
  await clerk.become('Available');
});

test.afterEach(() => tellWindows(test.info(), clerk));

test.afterAll(async () => {
  await clerk?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

test('OFF-5: a caller whom the desktop alone knows, one of thirty thousand, has their name on the first face of the ringing call', async () => {
  await clerk.callBox.evaluate(() => {
    const faces: string[] = [];
    Object.assign(window, { facesOfTheCall: faces });
    new MutationObserver(() => {
      if (document.querySelector('button[aria-keyshortcuts="Enter"]')) faces.push(document.body.innerText);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await clerk.practiceCall('One who gives up after 5 seconds');
  await clerk.rung();
  const faces = await clerk.callBox.evaluate(
    () => (window as unknown as { facesOfTheCall: string[] }).facesOfTheCall,
  );
  expect(faces.length).toBeGreaterThan(0);
  expect(faces.filter((face) => !face.includes('Yrsa Hurried'))).toEqual([]);
});
