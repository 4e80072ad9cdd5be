// Modules of the host that need no Chromium, in a main of their own: safe storage, utility processes, notifications,
// packages that load Electron.
import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { fixtures, type HostRun, removeFolder, startHost } from './host-run.ts';

let host: HostRun;
let tools: string;

/** Stands in for notify-send: keeps what it was told, and "is clicked" at once. */
const notifier = `#!/bin/sh
if [ "$1" = --help ]; then echo "--action --wait"; exit 0; fi
printf '%s\\n' "$@" > "$FIXTURE_TOOLS/told"
echo default
`;

beforeAll(async () => {
  tools = mkdtempSync(path.join(os.tmpdir(), 'offhook-host-tools-'));
  writeFileSync(path.join(tools, 'notify-send'), notifier);
  chmodSync(path.join(tools, 'notify-send'), 0o755);
  host = await startHost({
    main: 'lifeless-main.ts',
    environment: {
      FIXTURE_TOOLS: tools,
      PATH: `${tools}:${process.env.PATH}`,
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
    },
  });
});

afterAll(async () => {
  await host?.stop();
  removeFolder(tools);
});

describe('safe storage', () => {
  test('gives back what it encrypted, differently each time, and says that it is no key store', async () => {
    const seen = await host.inMain(({ safeStorage }) => {
      const [first, second] = [safeStorage.encryptString('geheim ☎'), safeStorage.encryptString('geheim ☎')];
      return {
        text: safeStorage.decryptString(first),
        same: first.equals(second),
        readable: first.includes('geheim'),
        backend: safeStorage.getSelectedStorageBackend(),
      };
    });
    expect(seen).toEqual({ text: 'geheim ☎', same: false, readable: false, backend: 'basic_text' });
    expect(statSync(path.join(host.userData, 'safe-storage.key')).mode & 0o777).toBe(0o600);
  });

  test('refuses what was changed', async () => {
    const refused = host.inMain(({ safeStorage }) => {
      const bytes = safeStorage.encryptString('geheim');
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
      return safeStorage.decryptString(bytes);
    });
    await expect(refused).rejects.toThrow('Error while decrypting');
  });
});

describe('a utility process', () => {
  test('gets its arguments and environment, speaks both ways, and tells its end', async () => {
    const seen = await host.inMain(
      ({ utilityProcess }, _kept, module) =>
        new Promise((resolve) => {
          const told: unknown[] = [];
          const child = utilityProcess.fork(module, ['--data-directory=here'], {
            serviceName: 'fixture',
            env: { ...process.env, FIXTURE_MARK: 'marked' },
          });
          child.on('spawn', () => told.push('spawn', typeof child.pid));
          child.on('message', (message) => {
            told.push(message);
            child.postMessage({ end: 3 });
          });
          child.on('exit', (code) => resolve([...told, code, child.pid ?? 'gone']));
          child.postMessage({ say: new Map([['at', new Date(0)]]) });
        }),
      path.join(fixtures, 'utility.ts'),
    );
    expect(seen).toEqual([
      'spawn',
      'number',
      { said: new Map([['at', new Date(0)]]), args: ['--data-directory=here'], mark: 'marked' },
      3,
      'gone',
    ]);
  });

  test('is ended by kill', async () => {
    const code = await host.inMain(
      ({ utilityProcess }, _kept, module) =>
        new Promise((resolve) => {
          const child = utilityProcess.fork(module);
          child.once('spawn', () => child.kill());
          child.once('exit', resolve);
        }),
      path.join(fixtures, 'utility.ts'),
    );
    expect(code).not.toBe(0);
  });
});

test('a notification is shown by the desktop, and a click on it reaches main', async () => {
  const events = await host.inMain(
    ({ Notification }) =>
      new Promise((resolve) => {
        const told: string[] = [];
        const shown = new Notification({
          title: 'Ada Lovelace',
          body: '--not a switch',
          urgency: 'critical',
        });
        shown.on('show', () => told.push('show'));
        shown.on('click', () => told.push('click'));
        shown.on('close', () => resolve([...told, 'close', Notification.isSupported()]));
        shown.show();
      }),
  );
  expect(events).toEqual(['show', 'click', 'close', true]);
  const told = readFileSync(path.join(tools, 'told'), 'utf8').trim().split('\n');
  expect(told).toContain('--urgency=critical');
  expect(told.slice(-3)).toEqual(['--', 'Ada Lovelace', '--not a switch']);
});

test('packages that import or require electron get the host', async () => {
  const seen = await host.inMain(
    async (_electron, { load }, required) => {
      const store = (await load('electron-store')) as { default: new () => { path: string } };
      const packages = (await load(required)) as { default: unknown };
      return { store: new store.default().path, required: packages.default };
    },
    path.join(fixtures, 'packages.cjs'),
  );
  expect(seen).toEqual({
    store: path.join(host.userData, 'config.json'),
    required: { same: true, type: 'browser', name: 'Offhook' },
  });
});

test('what Chromium cannot be is said once, and answered as on a platform without it', async () => {
  const answers = await host.inMain(({ globalShortcut }) => [
    globalShortcut.register(),
    globalShortcut.register(),
    globalShortcut.isRegistered(),
  ]);
  expect(answers).toEqual([false, false, false]);
  await host.inMain(() => process.stderr.write('all said\n'));
  await eventually('all is said', () => host.output().includes('all said'));
  expect(host.output().match(/globalShortcut is not available/g)).toHaveLength(1);
});
