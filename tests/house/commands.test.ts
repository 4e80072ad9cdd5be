// The commands that judge the project, run as a person would: promises, benchmarks, the summary of a test run, and the
// checks of names and contents. Their input is made here; no test is run inside of a test.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { chosen, filePath, flag, number, word } from '../../bench/support/bench-options.ts';
import { readPromises } from '../../scripts/house/promises.ts';
import { fileOffences } from '../../scripts/house/tracked-files.ts';
import { ownNode, root } from '../../scripts/setup/places.mjs';
import {
  fromPlaywright,
  fromVitest,
  readReport,
  shortly,
  summaryLine,
  type TestResult,
} from '../../scripts/testing/reports.mjs';

const folder = mkdtempSync(join(tmpdir(), 'offhook-commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { code: number | null; output: string; errors: string } {
  const { status, stdout, stderr } = spawnSync(ownNode, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { code: status, output: stdout, errors: stderr };
}

describe('npm run promises', () => {
  const tests: TestResult[] = [
    {
      runner: 'playwright',
      title: 'CALL-14 the pop offers three things, CALL-15 and Accept connects',
      outcome: 'passed',
    },
    { runner: 'playwright', title: 'CALL-16 Ignore silences', outcome: 'failed' },
    { runner: 'playwright', title: 'CALL-16 an ignored call can still be accepted', outcome: 'passed' },
    { runner: 'playwright', title: 'CALL-17 Decline', outcome: 'skipped' },
  ];
  const lastRun = join(folder, 'last-test-run.json');
  writeFileSync(lastRun, JSON.stringify({ finishedAt: '2026-01-01T00:00:00.000Z', tests }));
  const promises = (...args: string[]) =>
    run(['scripts/promises.ts', ...args], { OFFHOOK_LAST_TEST_RUN: lastRun });

  it('lists every promise, and which of them a passing test showed', () => {
    const { code, output } = promises();
    expect(code).toBe(0);
    expect(output).toMatch(/^✓ CALL-14 /m);
    expect(output).toMatch(/^✗ CALL-16 /m);
    expect(output).toMatch(/^· CALL-17 /m);
    expect(output).toMatch(/^· CALL-1 /m);
    expect(output).toContain('2 of 84 promises shown');
  });

  it('ends with 0 when all that are required were shown', () => {
    expect(promises('--require', 'CALL-14,CALL-15').code).toBe(0);
  });

  it('ends with 1 and names those that were not, whether failed, skipped, untested or unknown', () => {
    const { code, output } = promises('--require', 'CALL-14,CALL-16,CALL-17,CALL-1,CALL-999');
    expect(code).toBe(1);
    const named = output.split('\n').flatMap((line) => /^([A-Z]+-\d+):/.exec(line)?.[1] ?? []);
    expect(named).toEqual(['CALL-16', 'CALL-17', 'CALL-1', 'CALL-999']);
  });

  it('ends with 1 when nothing was ever run, or nothing is named', () => {
    const never = { OFFHOOK_LAST_TEST_RUN: join(folder, 'nowhere.json') };
    expect(run(['scripts/promises.ts', '--require', 'CALL-14'], never).code).toBe(1);
    expect(promises('--require', '').code).toBe(1);
  });

  it('knows each promise once', () => {
    const ids = readPromises(readFileSync(join(root, 'docs/promises.md'), 'utf8')).map(
      (promise) => promise.id,
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(84);
  });
});

describe('npm run bench', () => {
  it('lists the benchmarks with what they measure', () => {
    expect(run(['bench/run.ts']).output).toMatch(/^ {2}wire +\S.+/m);
  });

  it('tells of one what it may be told', () => {
    const { code, output } = run(['bench/run.ts', 'fuzz', '--help']);
    expect(code).toBe(0);
    expect(output).toMatch(/^ +--messages=N +\S.+ \(1,000,000\)$/m);
  });

  it.each([
    ['--mesages=10', 'There is no option --mesages. There are: --json, --help, --messages, --seed.'],
    ['--messages=ten', '--messages=ten: a whole number, 1 or more, is wanted.'],
  ])('refuses %s before anything starts', (given, message) => {
    const { code, output, errors } = run(['bench/run.ts', 'fuzz', given]);
    expect(code).toBe(1);
    expect(errors).toBe(`${message}\n`);
    expect(output).toBe('');
  });

  const options = {
    calls: number('calls', 200),
    many: number('calls', 'as many as fit', 0),
    only: word('a part', ['ours', 'peer']),
    sqliteOnly: flag('a part'),
    keep: filePath('a file'),
  };

  it('hands each benchmark what was said, and what holds otherwise', () => {
    expect(chosen(options, ['any', '--only=peer', '--many', '0', '--sqlite-only', '--keep=a=b'])).toEqual({
      ...{ calls: 200, many: 0, only: 'peer', sqliteOnly: true, keep: 'a=b' },
    });
    expect(chosen(options, ['any', '--json'])).toEqual({
      ...{ calls: 200, many: null, only: null, sqliteOnly: false, keep: null },
    });
  });

  it.each([
    [['any', 'other'], 'One benchmark at a time, not any and other.'],
    [['--calls'], '--calls: a whole number, 1 or more, is wanted.'],
    [['--calls='], '--calls=: a whole number, 1 or more, is wanted.'],
    [['--calls=0'], '--calls=0: a whole number, 1 or more, is wanted.'],
    [['--only=ourse'], '--only=ourse: one of ours, peer is wanted.'],
    [['--sqlite-only=yes'], '--sqlite-only=yes: it stands without a value.'],
    [['--keep'], '--keep: the path of a file is wanted.'],
    [['--sqliteOnly'], 'There is no option --sqliteOnly. '],
    [['-c'], 'There is no option -c. '],
    [['--no-json'], 'There is no option --no-json. '],
  ])('refuses %j', (given, message) => {
    expect(() => chosen(options, given)).toThrow(message);
  });

  it('gives with --json one object of the agreed shape, and judges its own numbers rightly', () => {
    const { code, output } = run(['bench/run.ts', 'wire', '--json']);
    expect(code).toBe(0);
    const result = JSON.parse(output);
    expect(Object.keys(result)).toEqual(['bench', 'machine', 'metrics']);
    expect(result.metrics.length).toBeGreaterThan(0);
    for (const metric of result.metrics) {
      expect(Object.keys(metric)).toEqual([
        'name',
        'unit',
        'ours',
        'peer',
        'peerName',
        'ratio',
        'target',
        'met',
      ]);
      expect(metric.ratio).toBeCloseTo(metric.ours / metric.peer, 6);
      const moreIsBetter = metric.unit === 'calls/s';
      expect(metric.met).toBe(moreIsBetter ? metric.ratio >= metric.target : metric.ratio <= metric.target);
    }
  }, 30_000);
});

describe('the summary of npm test', () => {
  const vitest = {
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        assertionResults: [
          { fullName: 'a b', status: 'passed' },
          { fullName: 'a c', status: 'failed' },
        ],
      },
      { name: 'broken.test.ts', status: 'failed', assertionResults: [] },
      { name: 'c.test.ts', status: 'passed', assertionResults: [{ fullName: 'c', status: 'skipped' }] },
    ],
  };
  const playwright = {
    errors: [],
    suites: [
      {
        title: 'calls.test.ts',
        specs: [{ title: 'rings', tests: [{ status: 'expected' }] }],
        suites: [{ title: 'CALL-14', specs: [{ title: 'pops', tests: [{ status: 'unexpected' }] }] }],
      },
    ],
  };

  it('adds up both runners, and counts a file that did not load as failed', () => {
    const tests = [...fromVitest(vitest), ...fromPlaywright(playwright)];
    expect(summaryLine(tests)).toBe('2 passed, 3 failed, 1 skipped');
    expect(tests.map((test) => test.title)).toContain('CALL-14 pops');
  });

  it('says of each try that failed what went wrong, and what was told beside it, without colours', () => {
    const red = '\u001b[31m';
    const [test] = fromPlaywright({
      suites: [
        {
          title: 'calls.test.ts',
          specs: [
            {
              title: 'rings',
              tests: [
                {
                  status: 'flaky',
                  results: [
                    { errors: [{ message: `${red}Not within 10 s` }], stderr: [{ text: 'the window' }] },
                    { errors: [], stderr: [{ text: 'of a try that passed' }] },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    expect(test && shortly(test)).toBe('Not within 10 s\nthe window');
    expect(shortly({ runner: 'vitest', title: 'a', outcome: 'passed' })).toBe('');
  });

  it('leaves out the skipped where there are none', () => {
    expect(summaryLine([{ runner: 'vitest', title: 'a', outcome: 'passed' }])).toBe('1 passed, 0 failed');
  });

  it('counts a runner that died as one failed test', () => {
    expect(summaryLine(readReport('vitest', join(folder, 'no-report.json'), 139))).toBe('0 passed, 1 failed');
  });

  it('counts an error beside the tests as one failed test', () => {
    const file = join(folder, 'report.json');
    writeFileSync(
      file,
      JSON.stringify({
        testResults: [
          { name: 'c', status: 'passed', assertionResults: [{ fullName: 'c', status: 'passed' }] },
        ],
      }),
    );
    expect(summaryLine(readReport('vitest', file, 1))).toBe('1 passed, 1 failed');
    expect(summaryLine(readReport('vitest', file, 0))).toBe('1 passed, 0 failed');
  });
});

describe('the checks of names and contents', () => {
  const said = (path: string, text: string) => fileOffences(path, text).map((offence) => offence.message);
  const good = '// What it is for.\n';
  // Put together here, so that this file itself holds none of them.
  const homePath = ['', 'home', 'somebody', 'offhook'].join('/');
  const registry = ['registry', 'npmjs', 'org'].join('.');

  it.each([
    ['docs/a.md', `see ${homePath}`, 'names a path of one machine: '],
    ['src-main/a.ts', `${good}const a = '${homePath}';`, 'names a path of one machine: '],
    ['.npmrc', `registry=https://${registry}/`, "names a package registry's host: "],
    [
      'package-lock.json',
      `"${'resolved'}": "https://mirror.example/zod"`,
      "names a package registry's host: ",
    ],
    ['src-main/a.ts', "import './b.ts';", 'does not say at its top what it is for and who calls it'],
    ['src-main/call-utils.ts', good, 'has a name that says nothing'],
    ['src-main/window-manager.ts', good, 'has a name that says nothing'],
    ['src-main/callDesk.ts', good, 'is named neither in kebab-case nor as a component'],
    ['src-main/a.ts', good + '\n'.repeat(450), 'has 452 lines and does not say at its top why'],
  ])('refuse %s: %s', (path, text, message) => {
    expect(said(path, text).join()).toContain(message);
  });

  it('let pass what is in order', () => {
    expect(said('src-main/calls/call-desk.ts', good)).toEqual([]);
    expect(said('src-renderer/parts/CallButton.tsx', good)).toEqual([]);
    expect(said('tests/house/commands.test.ts', good)).toEqual([]);
    expect(said('docs/a.md', 'see https://example.org/home/page')).toEqual([]);
  });
});
