// `npm test`: the set-up, then lint, build, Vitest and the end-to-end tests, each shown and timed, and one summary whose
// last line is `N passed, N failed`. The types are checked meanwhile, while the tests wait for calls and clocks, and so are
// the windows' content in jsdom, beside the end-to-end tests; what these say is told at the end. Writes .cache/last-test-run.json for `npm run promises`.
// `--only unit,e2e` runs some of the parts while working; only a whole run is recorded.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from './setup/build.mjs';
import { ownEnvironment, ownNode, root, toolFile } from './setup/places.mjs';
import { runToEnd } from './setup/processes.mjs';
import { say, seconds } from './setup/say.mjs';
import { runMain, setUp } from './setup.mjs';
import { readReport, shortly, summaryLine } from './testing/reports.mjs';

const cacheDir = join(root, '.cache');
const vitestReport = join(cacheDir, 'vitest.json');
const uiReport = join(cacheDir, 'vitest-ui.json');
const playwrightReport = join(cacheDir, 'playwright.json');

/** @typedef {{name: string, ok: boolean, took: string}} Part */

runMain(async () => {
  const only = onlyParts(process.argv.slice(2));
  const { chromium } = await setUp({ chromium: only === null || only.includes('e2e') });
  mkdirSync(cacheDir, { recursive: true });
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...ownEnvironment(), ...(chromium === null ? {} : { OFFHOOK_CHROMIUM: chromium }) };
  /** @type {Part[]} */
  const parts = [];
  /** @type {import('./testing/reports.mjs').TestResult[]} */
  const tests = [];

  /** @param {string} name @param {() => Promise<number>} work gives an exit code */
  const part = async (name, work) => {
    if (only !== null && !only.includes(name)) return;
    say(`── ${name}`);
    const startedAtMs = Date.now();
    const code = await work();
    parts.push({ name, ok: code === 0, took: seconds(startedAtMs) });
  };
  /** @param {string} file @param {string[]} args @param {NodeJS.ProcessEnv} [more] */
  const run = async (file, args, more = {}) =>
    (await runToEnd(ownNode, [file, ...args], { cwd: root, env: { ...env, ...more }, show: true })).code;
  /** @param {string} runner @param {string} report @param {() => Promise<number>} work */
  const runTests = async (runner, report, work) => {
    rmSync(report, { force: true });
    const code = await work();
    const results = readReport(runner, report, code);
    tests.push(...results);
    return results.some((test) => test.outcome === 'failed') ? code || 1 : code;
  };

  await part('lint', () => run(join(root, 'scripts/lint.ts'), []));
  await part('build', () =>
    buildApp({ always: true }).then(() => {
      // Tests may run the hub as it is shipped.
      env.OFFHOOK_BUILT_NOW = '1';
      return 0;
    }, told),
  );
  // One thread takes half the processor time of several, and nobody waits for it.
  let typesSaid = '';
  const types = part('typecheck', async () => {
    const ended = await runToEnd(ownNode, [tool('tsc'), '-b', '--pretty', '--singleThreaded'], {
      cwd: root,
      env,
      giveWay: true,
    });
    typesSaid = ended.output;
    return ended.code;
  });
  /** @param {string} project @param {string} report */
  const vitest = (project, report) => [
    tool('vitest'),
    ...['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ];
  await part('unit', () => {
    const [file = '', ...args] = vitest('node', vitestReport);
    return runTests('vitest', vitestReport, () => run(file, args));
  });
  let uiSaid = '';
  // Nothing of it is in real time: it may wait for the processor as long as there are calls to be heard.
  const ui = types.then(() =>
    part('ui', () =>
      runTests('vitest', uiReport, async () => {
        const args = [...vitest('ui', uiReport), '--maxWorkers=2', '--testTimeout=120000'];
        const ended = await runToEnd(ownNode, args, { cwd: root, env, giveWay: true });
        uiSaid = ended.output;
        return ended.code;
      }),
    ),
  );
  await part('e2e', () =>
    runTests('playwright', playwrightReport, () =>
      run(tool('playwright'), ['test', '--reporter=list,json'], {
        PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
      }),
    ),
  );

  await ui;
  if (uiSaid !== '') say(`── what the tests of the windows' content said\n${uiSaid}`);
  if (typesSaid !== '') say(`── what the typecheck said\n${typesSaid}`);

  if (only === null) {
    const record = { finishedAt: new Date().toISOString(), tests: tests.map(({ said: _, ...test }) => test) };
    writeFileSync(join(cacheDir, 'last-test-run.json'), JSON.stringify(record, null, 2));
  }
  say('── summary');
  for (const { name, ok, took } of parts) say(`${name.padEnd(10)} ${ok ? 'ok    ' : 'FAILED'} ${took}`);
  for (const test of tests.filter((one) => one.again))
    say(`passed at the second try: ${test.title}\n${shortly(test)}`);
  for (const test of tests.filter((one) => one.outcome === 'failed'))
    say(`failed: ${test.title}\n${shortly(test)}`);
  console.log(summaryLine(tests));
  return parts.every((one) => one.ok) ? 0 : 1;
});

/** @param {string[]} args */
function onlyParts(args) {
  const at = args.indexOf('--only');
  return at < 0 ? null : (args[at + 1] ?? '').split(',');
}

/** @param {string} name */
function tool(name) {
  const file = toolFile(name);
  if (file === null) throw new Error(`${name} is not among the packages`);
  return file;
}

/** A build that failed has said why. @param {unknown} error */
function told(error) {
  say(error instanceof Error ? error.message : String(error));
  return 1;
}
