// The decisions of the set-up: when packages are installed, when the app is built anew, and that no process is left.
// What it does on a fresh clone is seen by cloning (.ci/run); here nothing is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourcesHash } from '../../scripts/setup/build.mjs';
import { launchOf } from '../../scripts/setup/launch.mjs';
import { hashOf, whyInstall } from '../../scripts/setup/packages.mjs';
import { ownNode, root } from '../../scripts/setup/places.mjs';
import { descendantsOf, stillRunning } from '../../scripts/setup/process-tree.mjs';
import { endGroup, runToEnd, startGroup } from '../../scripts/setup/processes.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offhook-set-up-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('packages are installed', () => {
  const lockText = JSON.stringify({
    packages: {
      '': { version: '0.1.0' },
      'node_modules/zod': { version: '4.6.7' },
      'node_modules/only-on-windows': { version: '1.0.0', optional: true },
    },
  });
  const installed = { packages: { 'node_modules/zod': { version: '4.6.7' } } };
  const found = { lockText, stampedHash: null, installedText: JSON.stringify(installed), nodeExists: true };

  it('when node_modules is missing', () => {
    expect(whyInstall({ ...found, installedText: null })).toBe('node_modules is missing');
  });

  it('when an installation was cut short', () => {
    expect(whyInstall({ ...found, nodeExists: false })).toBe('the packages are incomplete');
  });

  it('when the lock file changed a version, added a package or took one away', () => {
    const others = [
      { 'node_modules/zod': { version: '4.6.8' } },
      { 'node_modules/zod': { version: '4.6.7' }, 'node_modules/ws': { version: '8.23.0' } },
      {},
    ];
    for (const packages of others) {
      const changed = JSON.stringify({ packages });
      expect(whyInstall({ ...found, lockText: changed, stampedHash: hashOf(lockText) })).toBe(
        'package-lock.json changed',
      );
    }
  });

  it('not when the lock file is the one of the last set-up', () => {
    expect(whyInstall({ ...found, stampedHash: hashOf(lockText), installedText: '{}' })).toBeNull();
  });

  it('not when somebody ran npm by hand and everything for this system is there', () => {
    expect(whyInstall(found)).toBeNull();
  });

  it('not when only their order in the lock file changed', () => {
    expect(whyInstall({ ...found, lockText: ` ${lockText}`, stampedHash: hashOf(lockText) })).toBeNull();
  });
});

describe('the app is built anew', () => {
  beforeEach(() => {
    mkdirSync(join(folder, 'src-main/calls'), { recursive: true });
    writeFileSync(join(folder, 'src-main/calls/call-desk.ts'), 'one');
    writeFileSync(join(folder, 'README.md'), 'one');
  });

  it('when a source changes, comes or goes', () => {
    const before = sourcesHash(folder);
    writeFileSync(join(folder, 'src-main/calls/call-desk.ts'), 'two');
    const changed = sourcesHash(folder);
    writeFileSync(join(folder, 'src-main/calls/call-store.ts'), '');
    const added = sourcesHash(folder);
    expect(new Set([before, changed, added]).size).toBe(3);
    rmSync(join(folder, 'src-main/calls/call-store.ts'));
    expect(sourcesHash(folder)).toBe(changed);
  });

  it('not when a file was only touched, nor for what is not built', () => {
    const before = sourcesHash(folder);
    writeFileSync(join(folder, 'src-main/calls/call-desk.ts'), 'one');
    writeFileSync(join(folder, 'README.md'), 'two');
    expect(sourcesHash(folder)).toBe(before);
  });
});

describe('the app is started', () => {
  it('on Electron where there is one, with the switches given', () => {
    const { command, args } = launchOf({ electron: 'path/to/electron', chromium: null, switches: ['--a'] });
    expect(command).toBe('path/to/electron');
    expect(args[0]).toBe(join(root, 'out', 'main', 'main.js'));
    expect(args).toContain('--a');
  });

  it("on the host otherwise, on the packages' own Node and the Chromium that was found", () => {
    const { command, args, env } = launchOf({
      electron: null,
      chromium: 'path/to/chromium',
      switches: ['--a'],
    });
    expect(command).toBe(ownNode);
    expect(args.slice(0, 3)).toEqual([
      '--import',
      join(root, 'out', 'host', 'register.js'),
      join(root, 'out', 'main', 'main.js'),
    ]);
    expect(args).toContain('--a');
    expect(env.OFFHOOK_CHROMIUM).toBe('path/to/chromium');
  });
});

describe('Chromium', () => {
  /** A computer without a browser, whose apt-get writes down what it is asked and "installs" one. */
  function findOnBareComputer(install: boolean): { output: string; asked: string[] } {
    const bin = join(folder, 'bin');
    const log = join(folder, 'apt.log');
    mkdirSync(bin);
    writeFileSync(log, '');
    const program = (name: string, script: string) =>
      writeFileSync(join(bin, name), `#!/bin/sh\n${script}`, { mode: 0o755 });
    program(
      'apt-get',
      `echo "$@" >> '${log}'; case "$1" in install) /bin/cp /bin/true '${bin}/chromium';; esac`,
    );
    program('sudo', 'shift; [ "$1" = true ] || exec "$@"');
    const script = `
      import { findChromium } from './scripts/setup/chromium.mjs';
      await findChromium({ install: ${install} }).then((path) => console.log('found ' + path), (error) => console.log(error.message));`;
    const { stdout } = spawnSync(ownNode, ['--input-type=module', '-e', script], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: bin, PLAYWRIGHT_BROWSERS_PATH: folder, HOME: folder },
    });
    return { output: stdout, asked: readFileSync(log, 'utf8').split('\n').filter(Boolean) };
  }

  const onDebian = existsSync('/etc/debian_version');
  if (!onDebian)
    console.log('set-up: the installation of Chromium is shown on Debian and Ubuntu only, skipped here');

  it.runIf(onDebian)('is installed where it is missing and may be installed', () => {
    const { output, asked } = findOnBareComputer(true);
    expect(asked[0]).toBe('update');
    expect(asked[1]).toMatch(/^install -y --no-install-recommends chromium/);
    expect(output).toContain(`found ${join(folder, 'bin', 'chromium')}`);
  });

  it.runIf(onDebian)('is asked for with the one command to type where it may not', () => {
    const { output, asked } = findOnBareComputer(false);
    expect(asked).toEqual([]);
    expect(output).toMatch(/Type: sudo apt-get update && sudo apt-get install -y chromium/);
  });
});

describe('a process that the scripts start', () => {
  it('ends with everything it started, even what left its group and ignores being asked', async () => {
    const stubborn =
      "process.on('SIGINT', () => {}); process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6);";
    const parent = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', ${JSON.stringify(`${stubborn} process.send(process.pid);`)}],
        { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      child.on('message', (pid) => console.log(pid));
      ${stubborn}`;
    const group = startGroup(ownNode, ['-e', parent], { stdio: ['ignore', 'pipe', 'inherit'] });
    const grandchild = await new Promise<number>((resolve) => {
      group.process.stdout?.once('data', (line: Buffer) => resolve(Number(String(line).trim())));
    });
    const begun = descendantsOf(process.pid).filter((one) => one.pid === grandchild);
    expect(begun.length).toBe(1);
    await endGroup(group, { signal: 'SIGINT', graceMs: 100 });
    expect(group.alive()).toBe(false);
    expect(stillRunning(begun)).toEqual([]);
  });

  it('is ended after its time, and its words are kept', async () => {
    const ended = await runToEnd(ownNode, ['-e', "console.log('begun'); setInterval(() => {}, 1e6);"], {
      timeoutMs: 1_500,
    });
    expect(ended).toMatchObject({ timedOut: true, output: 'begun\n' });
    expect(ended.code).not.toBe(0);
  });

  it('ends when the script that runs it is asked to', async () => {
    const script = join(root, 'scripts', 'run.mjs');
    const child = join(folder, 'stay.mjs');
    writeFileSync(child, 'console.log(process.pid); setInterval(() => {}, 1e6);');
    const relative = join('..', '..', '..', '..', '..', '..', '..', child);
    const runner = spawn(process.execPath, [script, relative], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await new Promise<number>((resolve) => {
      runner.stdout.once('data', (line: Buffer) => resolve(Number(String(line).trim())));
    });
    const begun = descendantsOf(process.pid).filter((one) => one.pid === pid);
    expect(begun.length).toBe(1);
    const exited = new Promise((resolve) => runner.once('exit', resolve));
    runner.kill('SIGTERM');
    await exited;
    expect(stillRunning(begun)).toEqual([]);
  });
});

describe('the set-up', () => {
  it('begins on Node 20 with nothing but its own modules', () => {
    for (const file of ['setup.mjs', 'start.mjs', 'test.mjs', 'run.mjs', 'dev.mjs', 'test-electron.mjs']) {
      for (const imported of importedBy(join(root, 'scripts', file))) expect(imported).toMatch(/^node:/);
    }
  });

  it('leaves nothing in the clone that git would show', () => {
    const made = ['node_modules/', 'out/', 'dist/', 'tour/', 'test-results/', '.cache/'];
    const listed = spawnSync('git', ['check-ignore', ...made], { cwd: root, encoding: 'utf8' });
    expect(listed.stdout.trim().split('\n')).toEqual(made);
  });

  it('has a lock file that names no registry, so that any mirror serves it', () => {
    const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
    expect(lock).not.toContain('"resolved": "http');
  });
});

/** Everything from outside that a script and the scripts it imports need. */
function importedBy(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const specifiers = [...readFileSync(file, 'utf8').matchAll(/^(?:import|export) .*?from '([^']+)';/gm)].map(
    ([, from = '']) => from,
  );
  return specifiers.flatMap((from) =>
    from.startsWith('.') ? importedBy(join(file, '..', from), seen) : [from],
  );
}
