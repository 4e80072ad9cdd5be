// Holds electron-builder.yml against electron-builder's own schema, packs the built app once around a stand-in for
// Electron's binary, and asserts what is easily forgotten because it shows only on somebody's machine.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import type { Configuration } from 'app-builder-lib';
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { ownNode, root } from '../../scripts/setup/places.mjs';

let config: Configuration;

beforeAll(async () => {
  config = await getConfig(root, null, null);
});

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

describe('electron-builder.yml', () => {
  it("fits electron-builder's schema", async () => {
    await expect(validateConfiguration(config, new DebugLogger(false))).resolves.toBeUndefined();
  });

  it('is refused by that schema when an option is misspelt, so that the test above can fail', async () => {
    const misspelt = { ...config, hardendRuntime: true } as Configuration;
    await expect(validateConfiguration(misspelt, new DebugLogger(false))).rejects.toThrow(/hardendRuntime/);
  });

  it('makes NSIS, dmg, AppImage and deb', () => {
    const targets = [config.win, config.mac, config.linux].map((system) =>
      [system?.target].flat().map((target) => (typeof target === 'object' ? target?.target : target)),
    );
    expect(targets).toEqual([['nsis'], ['dmg'], ['AppImage', 'deb']]);
  });

  it('asks macOS for microphone and camera, with reasons, under the hardened runtime', () => {
    expect(config.mac).toMatchObject({ hardenedRuntime: true });
    const texts = config.mac?.extendInfo as Record<string, string>;
    expect(texts.NSMicrophoneUsageDescription).toMatch(/microphone/);
    expect(texts.NSCameraUsageDescription).toMatch(/camera/);
    for (const file of [config.mac?.entitlements, config.mac?.entitlementsInherit]) {
      const entitlements = read(file ?? '');
      expect(entitlements).toMatch(/com\.apple\.security\.device\.audio-input<\/key>\s*<true\/>/);
      expect(entitlements).toMatch(/com\.apple\.security\.device\.camera<\/key>\s*<true\/>/);
      expect(entitlements).toMatch(/com\.apple\.security\.cs\.allow-jit<\/key>\s*<true\/>/);
    }
  });

  it('names the same AppUserModelId as main sets, without which Windows shows no notifications', () => {
    const sources = readdirSync(join(root, 'src-main'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => read(join('src-main', file)));
    const set = sources.flatMap((text) => /setAppUserModelId\(\s*'([^']+)'/.exec(text)?.[1] ?? []);
    expect(set).toEqual([config.appId]);
  });

  it('opens tel:, sip: and callto: links and stands among the telephony programs', () => {
    expect(
      [config.protocols]
        .flat()
        .flatMap((one) => one?.schemes ?? [])
        .sort(),
    ).toEqual(['callto', 'sip', 'tel']);
    expect(config.linux?.category?.split(';')).toContain('Telephony');
    expect(config.linux?.executableArgs).toContain('--ozone-platform=x11');
  });

  it('compiles nothing, and keeps binaries outside of the archive', () => {
    expect(config.npmRebuild).toBe(false);
    expect(config.asarUnpack).toContain('**/*.node');
  });

  it('leaves the notes of an uninstalled Offhook where they are', () => {
    expect(config.nsis).toMatchObject({ deleteAppDataOnUninstall: false });
  });

  it('has an icon for each system, as large as each asks', () => {
    const widthOf = (file: string) => readFileSync(join(root, file)).readUInt32BE(16);
    expect(widthOf(String(config.mac?.icon))).toBeGreaterThanOrEqual(512);
    expect(widthOf(String(config.win?.icon))).toBeGreaterThanOrEqual(256);
    const linuxIcons = readdirSync(join(root, String(config.linux?.icon)));
    expect(linuxIcons).toEqual(
      expect.arrayContaining(['16x16.png', '48x48.png', '256x256.png', '512x512.png']),
    );
    for (const name of linuxIcons)
      expect(`${widthOf(join('build/icons', name))}x`).toBe(`${name.split('x')[0]}x`);
  });
});

describe('a package for Linux', () => {
  // Where @electron/fuses finds the switches in a real binary: this mark, the version, how many, then one byte each.
  const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
  const fuses = [
    'runAsNode',
    'cookies',
    'nodeOptions',
    'inspect',
    'asarIntegrity',
    'onlyAsar',
    'snapshot',
    'file',
  ];
  const folder = mkdtempSync(join(tmpdir(), 'offhook-packaging-'));
  const unpacked = join(folder, 'dist', 'linux-unpacked');
  let files: string[] = [];

  beforeAll(() => {
    if (!existsSync(join(root, 'out/main/main.js'))) throw new Error('Nothing is built yet: npm run build');
    const electron = join(folder, 'electron');
    mkdirSync(join(electron, 'locales'), { recursive: true });
    mkdirSync(join(electron, 'resources'));
    for (const name of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak'])
      writeFileSync(join(electron, name), '');
    writeFileSync(join(electron, 'version'), manifest.devDependencies.electron);
    writeFileSync(join(electron, 'electron'), `${fuseMark}\x01${String.fromCharCode(fuses.length)}11111111`);
    const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');
    const output = [`-c.electronDist=${electron}`, `-c.directories.output=${join(folder, 'dist')}`];
    const packed = spawnSync(ownNode, [builder, '--linux', 'dir', '--x64', '--publish', 'never', ...output], {
      cwd: root,
      encoding: 'utf8',
      timeout: 120_000,
    });
    if (packed.status !== 0)
      throw new Error(`electron-builder ended with ${packed.status}: ${packed.stdout}${packed.stderr}`);
    files = listPackage(join(unpacked, 'resources', 'app.asar'), { isPack: false });
  }, 150_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds what was built and nothing of what it was built from', () => {
    for (const built of ['/out/main/main.js', '/out/preload/preload.cjs', '/out/hub/practice-hub.js']) {
      expect(files).toContain(built);
    }
    const ours = new Set(
      files.filter((file) => !file.startsWith('/node_modules')).map((file) => file.split('/')[1]),
    );
    expect([...ours].sort()).toEqual(['LICENSE', 'out', 'package.json']);
    expect(files.filter((file) => file.endsWith('.map') || file.endsWith('build-stamp.json'))).toEqual([]);
  });

  it('holds every package that main and the hub load, and theirs', () => {
    const dependencies = [...Object.keys(manifest.dependencies), 'debug', 'events', 'sdp-transform'];
    for (const name of dependencies) expect(files).toContain(`/node_modules/${name}/package.json`);
    const packed = (name: string) => files.some((file) => file.startsWith(`/node_modules/${name}/`));
    expect(Object.keys(manifest.devDependencies).filter(packed)).toEqual([]);
  });

  it("has this system's database binary beside the archive, and no other's", () => {
    const prebuilds = join(
      unpacked,
      'resources',
      'app.asar.unpacked',
      'node_modules',
      'better-sqlite3',
      'prebuilds',
    );
    expect(existsSync(prebuilds)).toBe(true);
    expect(readdirSync(prebuilds)).toEqual(['linux-x64.node']);
  });

  it('has the fuses RunAsNode, NODE_OPTIONS and inspect off, and loads nothing but its own archive', () => {
    const binary = readFileSync(join(unpacked, 'offhook'), 'latin1');
    const switches = binary.slice(binary.indexOf(fuseMark) + fuseMark.length + 2);
    const state = Object.fromEntries(fuses.map((name, index) => [name, switches[index] === '1']));
    expect(state).toMatchObject({
      runAsNode: false,
      nodeOptions: false,
      inspect: false,
      onlyAsar: true,
      asarIntegrity: true,
      file: false,
    });
  });
});
