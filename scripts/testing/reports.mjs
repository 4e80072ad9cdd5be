// Reads what Vitest and Playwright wrote as JSON into one list of tests. Called by test.mjs.
// A runner that left no report, or failed beside its tests, shows as one failed test: nothing fails unseen.
import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** Characters of each try: often no more than the end of a log is kept. */
const saidAtMost = 2500;

/** @typedef {'passed' | 'failed' | 'skipped'} Outcome */
/**
 * `again`: it passed at the second try only. `said`: what the runner said of each try that failed.
 * @typedef {{runner: string, title: string, outcome: Outcome, again?: boolean, said?: string[]}} TestResult
 */

/**
 * @param {string} runner
 * @param {string} file
 * @param {number} exitCode
 * @returns {TestResult[]}
 */
export function readReport(runner, file, exitCode) {
  if (!existsSync(file))
    return [{ runner, title: `${runner} ended (${exitCode}) without a report`, outcome: 'failed' }];
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const tests = runner === 'playwright' ? fromPlaywright(report) : fromVitest(report);
  if (exitCode !== 0 && !tests.some((test) => test.outcome === 'failed')) {
    tests.push({
      runner,
      title: `${runner} ended with ${exitCode} although no test failed`,
      outcome: 'failed',
    });
  }
  return tests;
}

/**
 * @typedef {{fullName: string, status: string, failureMessages?: string[] | null}} VitestTest
 * @param {{testResults?: {name: string, status: string, message?: string, assertionResults: VitestTest[]}[]}} report
 * @returns {TestResult[]}
 */
export function fromVitest(report) {
  return (report.testResults ?? []).flatMap((file) => {
    const tests = file.assertionResults.map((test) => ({
      runner: 'vitest',
      title: test.fullName,
      outcome: outcomeOf(test.status),
      said: test.failureMessages ?? [],
    }));
    // A file that could not even be loaded has no tests to fail.
    const failedWhole = file.status === 'failed' && !tests.some((test) => test.outcome === 'failed');
    return failedWhole
      ? [
          ...tests,
          {
            runner: 'vitest',
            title: `${file.name} as a whole`,
            outcome: outcomeOf('failed'),
            said: [file.message ?? ''],
          },
        ]
      : tests;
  });
}

/** @typedef {{errors?: {message?: string}[], stderr?: {text?: string}[]}} Try */
/** @typedef {{title: string, tests: {status: string, results?: Try[]}[]}} Spec */
/** @typedef {{title: string, specs?: Spec[], suites?: Suite[]}} Suite */

/**
 * @param {{suites?: Suite[], errors?: {message?: string}[]}} report
 * @returns {TestResult[]}
 */
export function fromPlaywright(report) {
  /** @param {Suite} suite @param {string[]} above @returns {TestResult[]} */
  const walk = (suite, above) => [
    ...(suite.specs ?? []).flatMap((spec) =>
      spec.tests.map((test) => ({
        runner: 'playwright',
        title: [...above, spec.title].join(' '),
        outcome: outcomeOf(test.status),
        again: test.status === 'flaky',
        said: (test.results ?? []).flatMap(whatATrySaid),
      })),
    ),
    ...(suite.suites ?? []).flatMap((inner) => walk(inner, [...above, inner.title])),
  ];
  // The outermost suites are files; their names say nothing that the test's title does not.
  const tests = (report.suites ?? []).flatMap((file) => walk(file, []));
  const errors = (report.errors ?? []).map((error) => ({
    runner: 'playwright',
    title: `outside of any test: ${(error.message ?? 'error').split('\n')[0]}`,
    outcome: outcomeOf('failed'),
  }));
  return [...tests, ...errors];
}

/** A try that failed: its errors, and what the test told of its windows. @param {Try} one @returns {string[]} */
function whatATrySaid({ errors, stderr }) {
  if (!errors || errors.length === 0) return [];
  const told = (stderr ?? []).map(({ text }) => text ?? '').join('');
  return [[...errors.map(({ message }) => message ?? ''), told].join('\n')];
}

/**
 * What a test that did not pass at once said, short enough for the end of a log, without colours.
 * @param {TestResult} test
 * @returns {string} empty where nothing was said
 */
export function shortly({ said }) {
  return (said ?? [])
    .map((one) => stripVTControlCharacters(one).trim().slice(0, saidAtMost))
    .filter((one) => one !== '')
    .join('\n-- and then\n');
}

/**
 * @param {string} status in either runner's words
 * @returns {Outcome}
 */
function outcomeOf(status) {
  // 'flaky' is Playwright's word for what passed when it was tried again; the summary names those.
  if (['passed', 'expected', 'flaky'].includes(status)) return 'passed';
  // Both runners' words for a test that was left out on purpose.
  if (['skipped', 'pending', 'todo', 'disabled'].includes(status)) return 'skipped';
  return 'failed';
}

/**
 * The very last line of `npm test`.
 * @param {readonly TestResult[]} tests
 * @returns {string}
 */
export function summaryLine(tests) {
  /** @param {Outcome} outcome */
  const count = (outcome) => tests.filter((test) => test.outcome === outcome).length;
  const skipped = count('skipped') > 0 ? `, ${count('skipped')} skipped` : '';
  return `${count('passed')} passed, ${count('failed')} failed${skipped}`;
}
