// Shows that each import rule bites, by handing it source text that offends: our own rules directly, Biome's by letting
// Biome judge files under the paths where they would stand.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offencesOf } from '../../scripts/house/import-rules.ts';
import { readSource } from '../../scripts/house/source-imports.ts';
import { ownNode, root, toolFile } from '../../scripts/setup/places.mjs';

function offences(files: Record<string, string>): string[] {
  return offencesOf(Object.entries(files).map(([path, text]) => readSource(path, text))).map(
    (one) => one.message,
  );
}

describe('folder to folder', () => {
  it.each([
    ['src-shared/a.ts', "import '../src-main/b.ts';", 'src-shared may not import src-main/b.ts'],
    ['src-shared/a.ts', "import { app } from 'electron';", 'src-shared may not import the package electron'],
    ['src-shared/a.ts', "import 'node:fs';", 'src-shared may not import the package node:fs'],
    ['src-main/a.ts', "import type { X } from '../src-hub/b.ts';", 'src-main may not import src-hub/b.ts'],
    ['src-main/a.ts', "export * from '../src-renderer/b.ts';", 'src-main may not import src-renderer/b.ts'],
    ['src-main/a.ts', "const b = await import('../src-host/b.ts');", 'src-main may not import src-host/b.ts'],
    ['src-main/a.ts', "type B = import('../src-hub/b.ts').B;", 'src-main may not import src-hub/b.ts'],
    [
      'src-main/database/migrate.ts',
      "import.meta.glob('../../migrations/hub/*.ts', { eager: true });",
      'src-main may not import migrations/hub/*.ts',
    ],
    ['src-hub/a.ts', "import '../src-main/b.ts';", 'src-hub may not import src-main/b.ts'],
    [
      'src-renderer/agent/a.tsx',
      "import '../../src-main/b.ts';",
      'src-renderer may not import src-main/b.ts',
    ],
    ['src-renderer/agent/a.tsx', "import 'node:os';", 'a window may not import node:os'],
    ['src-host/a.ts', "import '../src-main/b.ts';", 'src-host may not import src-main/b.ts'],
    ['src-preload/a.ts', "import { z } from 'zod';", 'src-preload may not import the package zod'],
    ['src-sip/a.ts', "import '../src-hub/b.ts';", 'src-sip may not import src-hub/b.ts'],
    ['migrations/hub/0001.ts', "import '../../src-hub/b.ts';", 'migrations/hub may not import src-hub/b.ts'],
    ['src-main/a.ts', "import '../tests/support/b.ts';", 'src-main may not import tests/support/b.ts'],
  ])('%s: %s', (path, text, message) => {
    expect(offences({ [path]: text })).toEqual([message]);
  });

  it('lets each folder have what it may have', () => {
    const allowed = {
      'src-shared/wire/a.ts': "import { z } from 'zod'; import './b.ts';",
      'src-main/a.ts': "import '#shared/wire/a.ts'; import '../src-sip/a.ts'; import 'node:fs';",
      'src-main/database/a.ts': "import.meta.glob('../../migrations/desktop/*.ts');",
      'src-sip/a.ts': "import JsSIP from 'jssip'; import WebSocket from 'ws'; import 'node:events';",
      'src-renderer/agent/main.tsx': "import { Button } from '@mantine/core'; export const a = <Button />;",
      'tests/a.test.ts': "import '../src-main/a.ts'; import '../src-hub/b.ts';",
    };
    expect(offences(allowed)).toEqual([]);
  });
});

describe('inside the renderer', () => {
  it.each([
    [
      'src-renderer/features/wrap-up/a.tsx',
      "import '../answer-call/b.tsx';",
      'the feature wrap-up may not import the feature answer-call',
    ],
    [
      'src-renderer/parts/a.tsx',
      "import '../features/wrap-up/b.tsx';",
      'parts may not import the feature wrap-up',
    ],
    [
      'src-renderer/features/wrap-up/a.tsx',
      "import '../../agent/b.tsx';",
      'nothing may import the window agent (../../agent/b.tsx)',
    ],
    [
      'src-renderer/call-box/a.tsx',
      "import '../agent/b.tsx';",
      'nothing may import the window agent (../agent/b.tsx)',
    ],
  ])('%s: %s', (path, text, message) => {
    expect(offences({ [path]: text })).toEqual([message]);
  });

  it('lets a window use features, and a feature its own files and the parts', () => {
    expect(
      offences({
        'src-renderer/agent/a.tsx': "import '../features/wrap-up/b.tsx'; import '../parts/c.tsx';",
        'src-renderer/features/wrap-up/a.tsx':
          "import './b.tsx'; import '../../parts/c.tsx'; import '../../client/d.ts';",
      }),
    ).toEqual([]);
  });
});

describe('handlers, service, store, database', () => {
  it.each([
    [
      'src-main/history/history-handlers.ts',
      "import './history-store.ts';",
      'handlers may not import a store',
    ],
    [
      'src-main/history/history-handlers.ts',
      "import '../database/open.ts';",
      'handlers may not import the database',
    ],
    [
      'src-hub/accounts/account-service.ts',
      "import '../database/open.ts';",
      'a service may not import the database',
    ],
    ['src-main/calls/call-store.ts', "import './call-desk.ts';", 'a store may not import a service'],
    ['src-main/calls/call-store.ts', "import './call-handlers.ts';", 'a store may not import handlers'],
    [
      'src-hub/database/open.ts',
      "import '../accounts/account-store.ts';",
      'the database may not import a store',
    ],
    ['src-main/calls/call-desk.ts', "import '../compose.ts';", 'a service may not import the composition'],
  ])('%s: %s', (path, text, message) => {
    const [first = '', ...others] = offences({ [path]: text });
    expect(first).toContain(message);
    expect(others).toEqual([]);
  });

  it('lets each use the next, and the composition all of them', () => {
    expect(
      offences({
        'src-main/compose.ts':
          "import './calls/call-handlers.ts'; import './calls/call-store.ts'; import './database/open.ts';",
        'src-main/calls/call-handlers.ts': "import './call-desk.ts';",
        'src-main/calls/call-desk.ts': "import './call-store.ts';",
        'src-main/calls/call-store.ts': "import '../database/tables.ts';",
      }),
    ).toEqual([]);
  });
});

describe('a machine', () => {
  it.each([
    ["import 'node:fs';", 'imports node:fs'],
    ["import pino from 'pino';", 'imports pino'],
    ['export const at = Date.now();', 'uses Date.now'],
    ['export const die = Math.random();', 'uses Math.random'],
    ['setTimeout(() => {}, 1);', 'uses setTimeout'],
    ["console.log('x');", 'uses console'],
  ])('is pure, so it may not hold: %s', (text, message) => {
    const found = offences({ 'src-main/calls/call-machine.ts': text });
    expect(found).toEqual([`a machine is pure, but src-main/calls/call-machine.ts ${message}`]);
  });

  it('is not pure when something that it runs is not', () => {
    const found = offences({
      'src-main/calls/call-machine.ts': "import { phases } from './call-phases.ts';",
      'src-main/calls/call-phases.ts':
        "import { hostname } from 'node:os'; export const phases = hostname();",
    });
    expect(found).toEqual(['a machine is pure, but src-main/calls/call-phases.ts imports node:os']);
  });

  it('may know the types of things that are not pure', () => {
    const text =
      "import type { Socket } from 'node:net'; import { type Agent } from 'node:http'; import '#shared/a.ts';";
    expect(offences({ 'src-main/calls/call-machine.ts': text, 'src-shared/a.ts': 'export {};' })).toEqual([]);
  });
});

describe('Biome', () => {
  const folder = mkdtempSync(join(tmpdir(), 'offhook-import-rules-'));
  const texts: Record<string, string> = {};
  let judged: ReadonlyMap<string, readonly string[]>;

  // All offending files are judged in one run, as Biome's start is what takes time.
  const refused = [
    ['src-main/calls/call-desk.ts', 'electron'],
    ['src-hub/hub.ts', 'electron'],
    ['src-renderer/agent/main.tsx', 'electron'],
    ['src-main/history/history-store.ts', 'electron'],
    ['src-main/history/history-service.ts', 'kysely'],
    ['src-main/windows/tray.ts', 'kysely'],
    ['src-hub/accounts/account-store.ts', 'kysely/migration'],
    ['src-hub/accounts/account-service.ts', 'better-sqlite3'],
  ] as const;
  const allowed = [
    ['src-main/windows/window-frame.ts', 'electron'],
    ['src-main/main.ts', 'electron'],
    ['src-preload/preload.ts', 'electron'],
    ['src-main/directory/directory-store.ts', 'kysely'],
    ['src-hub/database/open.ts', 'better-sqlite3'],
  ] as const;

  beforeAll(() => {
    for (const [path, name] of [...refused, ...allowed]) {
      texts[path] = `import { thing } from '${name}';\nexport { thing };\n`;
    }
    texts['src-main/any.ts'] = 'export const anything: any = 1;\n';
    texts['src-main/floating.ts'] = 'async function later() {}\nexport function now() {\n  later();\n}\n';
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'));
    judged = rulesBroken(folder);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(refused)('refuses in %s an import of %s', (path) => {
    expect(judged.get(path)).toContain('lint/style/noRestrictedImports');
  });

  it.each(allowed)('allows in %s an import of %s', (path) => {
    expect(judged.get(path) ?? []).not.toContain('lint/style/noRestrictedImports');
  });

  it('refuses `any`, and a promise that nobody waits for', () => {
    expect(judged.get('src-main/any.ts')).toContain('lint/suspicious/noExplicitAny');
    expect(judged.get('src-main/floating.ts')).toContain('lint/nursery/noFloatingPromises');
  });
});

interface BiomeReport {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly location: { readonly path: unknown };
  }[];
}

function rulesBroken(folder: string): Map<string, readonly string[]> {
  const args = [
    toolFile('biome') ?? '',
    'lint',
    '--vcs-enabled=false',
    '--reporter=json',
    '--max-diagnostics=none',
    '.',
  ];
  const { stdout, stderr } = spawnSync(ownNode, args, { cwd: folder, encoding: 'utf8' });
  if (!stdout.trimStart().startsWith('{')) throw new Error(`Biome gave no report: ${stderr}`);
  const found = new Map<string, readonly string[]>();
  for (const { category, location } of (JSON.parse(stdout) as BiomeReport).diagnostics) {
    const path = typeof location.path === 'string' ? location.path : JSON.stringify(location.path);
    const own = path.replace(/^.*?(src-[a-z]+\/[^"]+).*$/, '$1');
    found.set(own, [...(found.get(own) ?? []), category]);
  }
  return found;
}
