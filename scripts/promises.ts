// `npm run promises`: which promises of docs/promises.md a test that passed in the last `npm test` showed.
// With `-- --require CALL-14,CALL-15` it ends with 1 and names those that were not shown.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgePromises, type Promised, readPromises, unmet } from './house/promises.ts';
import { root } from './setup/places.mjs';
import type { TestResult } from './testing/reports.mjs';

/** Tests of this command itself name other files. */
const lastRunFile = process.env.OFFHOOK_LAST_TEST_RUN ?? join(root, '.cache', 'last-test-run.json');

function lastRun(): { finishedAt: string; tests: TestResult[] } | null {
  return existsSync(lastRunFile) ? JSON.parse(readFileSync(lastRunFile, 'utf8')) : null;
}

function requiredIds(args: readonly string[]): readonly string[] | null {
  const at = args.findIndex((argument) => argument === '--require' || argument.startsWith('--require='));
  if (at < 0) return null;
  const given = args[at]?.split('=')[1] ?? args[at + 1] ?? '';
  return given
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}

function table(promises: readonly Promised[]): void {
  for (const { id, state, text } of promises) {
    const short = text.length > 84 ? `${text.slice(0, 83)}…` : text;
    console.log(`${state === 'shown' ? '✓' : state === 'failed' ? '✗' : '·'} ${id.padEnd(8)} ${short}`);
  }
  const shown = promises.filter((promise) => promise.state === 'shown').length;
  const failed = promises.filter((promise) => promise.state === 'failed').map((promise) => promise.id);
  console.log(`\n${shown} of ${promises.length} promises shown by a passing test (✓).`);
  if (failed.length > 0) console.log(`Named by a test that failed (✗): ${failed.join(', ')}`);
}

const promises = readPromises(readFileSync(join(root, 'docs', 'promises.md'), 'utf8'));
const run = lastRun();
if (run === null) console.log('No test run is recorded yet; "npm test" records one.');
else {
  const count = (outcome: TestResult['outcome']) =>
    run.tests.filter((test) => test.outcome === outcome).length;
  const counted = `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
  console.log(`Last test run: ${run.finishedAt}, ${counted}.`);
}
const judged = judgePromises(promises, run?.tests ?? []);
const required = requiredIds(process.argv.slice(2));

if (required === null) {
  table(judged);
} else {
  const missing = unmet(judged, required);
  for (const { id, why } of missing) console.log(`${id}: ${why}`);
  if (missing.length === 0) console.log(`All shown: ${required.join(', ')}`);
  process.exitCode = missing.length === 0 && required.length > 0 ? 0 : 1;
  if (required.length === 0) console.log('--require names no promise.');
}
