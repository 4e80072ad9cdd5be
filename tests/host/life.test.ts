// How a run on the host begins and ends: one app per folder, no port, nothing left behind however it ends.
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import {
  fixtures,
  type HostRun,
  listeningSockets,
  processesOf,
  removeFolder,
  startHost,
} from './host-run.ts';

/** Starts a utility process and hears it once, so that it is surely there. */
const startUtility = (host: HostRun) =>
  host.inMain(
    ({ utilityProcess }, _kept, module) =>
      new Promise<number>((resolve) => {
        const child = utilityProcess.fork(module);
        child.once('message', () => resolve(child.pid ?? 0));
        child.postMessage({ say: 'hello' });
      }),
    path.join(fixtures, 'utility.ts'),
  );

const openWindow = (host: HostRun) =>
  host.inMain(async ({ BrowserWindow }, kept) => {
    const window = new BrowserWindow({ webPreferences: { preload: `${kept.folder}/preload.cjs` } });
    kept.windows.agent = window;
    await window.loadURL('app://desk/page.html');
  });

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a run', () => {
  let host: HostRun;

  beforeAll(async () => {
    host = await startHost({ switches: ['--practice', '--hub=ws://127.0.0.1:1', '--lang=de'] });
    await openWindow(host);
  }, 30_000);

  afterAll(() => host?.stop());

  test('listens on no port', () => {
    const pids = processesOf(host.userData);
    expect(pids.length).toBeGreaterThan(3);
    expect(listeningSockets(pids)).toEqual([]);
  });

  test('gives main the switches of its command line and the folder of its data', async () => {
    const seen = await host.inMain(({ app }) => ({
      practice: app.commandLine.hasSwitch('practice'),
      hub: app.commandLine.getSwitchValue('hub'),
      missing: app.commandLine.hasSwitch('missing'),
      userData: app.getPath('userData'),
      logs: app.getPath('logs'),
      locale: app.getLocale(),
      name: app.getName(),
      packaged: app.isPackaged,
    }));
    expect(seen).toEqual({
      practice: true,
      hub: 'ws://127.0.0.1:1',
      missing: false,
      userData: host.userData,
      logs: path.join(host.userData, 'logs'),
      locale: 'de',
      name: 'Offhook',
      packaged: false,
    });
  });

  test('is the only one of its folder: a second start tells it and quits', async () => {
    await host.inMain(({ app }, kept) => {
      if (!app.requestSingleInstanceLock()) throw new Error('the first has no lock');
      app.on('second-instance', (_event, argv, folder, data) => kept.seen.push({ argv, folder, data }));
    });
    const second = await startHost({
      main: 'second-main.ts',
      userData: host.userData,
      switches: ['tel:+4930123456'],
      waits: false,
    });
    expect(await second.ended).toBe(0);
    expect(second.output()).toContain('lock: false');
    const [told] = await eventually('the first is told', () =>
      host.inMain((_electron, kept) => (kept.seen.length > 0 ? (kept.seen as { argv: string[] }[]) : null)),
    );
    expect(told).toMatchObject({ folder: process.cwd(), data: { note: 'from the second' } });
    expect(told?.argv.at(-1)).toBe('tel:+4930123456');
  });

  test('quits in the order of events that Electron has, unless main prevents it, and leaves no process', async () => {
    const utility = await startUtility(host);
    await host.inMain(({ app }, kept) => {
      const tell = (name: string) => process.stdout.write(`event: ${name}\n`);
      app.once('before-quit', (event: { preventDefault(): void }) => {
        event.preventDefault();
        tell('before-quit prevented');
        setImmediate(() => {
          app.on('before-quit', () => tell('before-quit'));
          app.quit();
        });
      });
      kept.windows.agent?.on('close', () => tell('close'));
      kept.windows.agent?.on('closed', () => tell('closed'));
      app.on('will-quit', () => tell('will-quit'));
      app.on('quit', (_event, code) => tell(`quit ${code}`));
    });
    host.process.kill('SIGTERM');
    expect(await host.ended).toBe(0);
    expect(host.output().match(/(?<=event: ).*/g)).toEqual([
      'before-quit prevented',
      'before-quit',
      'close',
      'closed',
      'will-quit',
      'quit 0',
    ]);
    expect(isAlive(utility)).toBe(false);
    await eventually('no process is left', () => processesOf(host.userData).length === 0);
  });
});

test('a run that is killed takes Chromium and its utility processes with it, and another may start at once', async () => {
  const host = await startHost();
  await openWindow(host);
  await host.inMain(({ app }) => app.requestSingleInstanceLock());
  const utility = await startUtility(host);
  const killed = processesOf(host.userData);
  expect(killed.length).toBeGreaterThan(3);
  host.process.kill('SIGKILL');
  await host.ended;
  const next = await startHost({ userData: host.userData });
  expect(await next.inMain(({ app }) => app.requestSingleInstanceLock())).toBe(true);
  await openWindow(next);
  await eventually('no killed process is left', () => ![...killed, utility].some(isAlive));
  await next.stop();
  await eventually('no process is left', () => processesOf(host.userData).length === 0);
  removeFolder(host.userData);
}, 30_000);

test('a run whose Chromium ends tells main, quits in order, and fails', async () => {
  const host = await startHost();
  await openWindow(host);
  await host.inMain(({ app }) => {
    app.on('will-quit', () => process.stdout.write('event: will-quit\n'));
  });
  const browser = processesOf(host.userData).filter((pid) => pid !== host.process.pid);
  process.kill(Math.min(...browser), 'SIGKILL');
  expect(await host.ended).toBe(1);
  expect(host.output()).toContain('Chromium has ended (SIGKILL)');
  expect(host.output()).toContain('event: will-quit');
  removeFolder(host.userData);
}, 30_000);
