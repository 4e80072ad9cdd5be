// Real windows under an X server of the test's own: frameless, above all, where main puts them, really hidden; and the
// phone, which has no window. Needs Xvfb, xdotool and xprop; skipped with a word where they are missing.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findOnPath } from '../../src-host/browser/find-chromium.ts';
import { eventually } from '../support/eventually.ts';
import { childrenOf, type HostRun, processesOf, startHost } from './host-run.ts';

const missing = ['Xvfb', 'xdotool', 'xprop'].filter((tool) => !findOnPath([tool], process.env));
if (missing.length > 0) {
  process.stderr.write(`Real windows are not tested here: ${missing.join(', ')} not installed.\n`);
}

describe.skipIf(missing.length > 0)('on a display', () => {
  let server: ChildProcess;
  let display: string;
  let host: HostRun;

  beforeAll(async () => {
    server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    display = await new Promise<string>((resolve, reject) => {
      server.once('error', reject);
      server.once('exit', () => reject(new Error('Xvfb ended')));
      server.stdio[3]?.once('data', (text: Buffer) => resolve(`:${text.toString().trim()}`));
    });
    host = await startHost({ environment: { DISPLAY: display } });
    await host.inMain(async ({ BrowserWindow }, kept) => {
      const webPreferences = { preload: `${kept.folder}/preload.cjs` };
      const phone = new BrowserWindow({
        show: false,
        webPreferences: { ...webPreferences, backgroundThrottling: false },
      });
      const box = new BrowserWindow({
        width: 360,
        height: 420,
        x: 700,
        y: 200,
        frame: false,
        alwaysOnTop: true,
        skipTaskbar: true,
        show: false,
        webPreferences,
      });
      kept.windows.phone = phone;
      kept.windows.box = box;
      await Promise.all([
        phone.loadURL('app://desk/page.html?phone'),
        box.loadURL('app://desk/page.html?box'),
      ]);
    });
  }, 40_000);

  afterAll(async () => {
    await host?.stop();
    server?.kill();
  });

  const x11 = (tool: string, ...args: string[]): string => {
    try {
      return execFileSync(tool, args, { encoding: 'utf8', env: { ...process.env, DISPLAY: display } });
    } catch (error) {
      // xdotool ends with 1 when it finds no window.
      if ((error as { status?: number }).status === 1) return '';
      throw error;
    }
  };
  const visibleWindows = () =>
    x11('xdotool', 'search', '--onlyvisible', '--name', '^Fixture$').trim().split('\n').filter(Boolean);
  const geometry = (id: string) =>
    Object.fromEntries(
      x11('xdotool', 'getwindowgeometry', '--shell', id)
        .trim()
        .split('\n')
        .map((line) => line.split('=') as [string, string]),
    );

  test('the displays are those of the X server', async () => {
    const bounds = await host.inMain(({ screen }) => screen.getPrimaryDisplay().bounds);
    expect(bounds).toEqual({ x: 0, y: 0, width: 1280, height: 800 });
  });

  test('a window that main has not shown is not there, and appears at its place without a frame, above all', async () => {
    await eventually('no window is shown', () => visibleWindows().length === 0);
    await host.inMain((_electron, kept) => kept.windows.box?.showInactive());
    const [id] = await eventually('the box is shown', () =>
      visibleWindows().length === 1 ? visibleWindows() : null,
    );
    if (!id) throw new Error('no window');
    await eventually('it has its place', () => geometry(id).X === '700');
    expect(geometry(id)).toMatchObject({ X: '700', Y: '200', WIDTH: '360', HEIGHT: '420' });
    expect(x11('xprop', '-id', id, '_MOTIF_WM_HINTS')).toContain('= 2, 0, 0, 0, 0');
    const state = x11('xprop', '-id', id, '_NET_WM_STATE');
    expect(state).toContain('_NET_WM_STATE_ABOVE');
    expect(state).toContain('_NET_WM_STATE_SKIP_TASKBAR');
    const inner = await host.inMain((_electron, kept) =>
      kept.windows.box?.webContents.executeJavaScript('[innerWidth, innerHeight]'),
    );
    expect(inner).toEqual([360, 420]);
  });

  test('it goes where main puts it, and tells main where a person moved it', async () => {
    const [id = ''] = visibleWindows();
    await host.inMain((_electron, kept) => {
      kept.windows.box?.setBounds({ x: 100, y: 80, height: 300 });
      kept.windows.box?.on('moved', () => kept.seen.push(kept.windows.box?.getPosition()));
    });
    await eventually('main moved it', () => geometry(id).X === '100' && geometry(id).HEIGHT === '300');
    x11('xdotool', 'windowmove', id, '333', '222');
    const seen = await eventually('main knows', () =>
      host.inMain((_electron, kept) => (kept.seen.length > 0 ? kept.seen : null)),
    );
    expect(seen).toEqual([[333, 222]]);
  });

  test('it is gone when hidden, keeps its page, and comes back', async () => {
    await host.inMain((_electron, kept) =>
      kept.windows.box?.webContents.executeJavaScript('window.kept = 1'),
    );
    await host.inMain((_electron, kept) => kept.windows.box?.hide());
    await eventually('it is gone', () => visibleWindows().length === 0);
    await host.inMain((_electron, kept) => kept.windows.box?.show());
    await eventually('it is back', () => visibleWindows().length === 1);
    const page = await host.inMain((_electron, kept) =>
      kept.windows.box?.webContents.executeJavaScript('window.kept'),
    );
    expect(page).toBe(1);
  });

  test('a close by a person that main prevents opens it again with its page; one that it allows closes it', async () => {
    await host.inMain((_electron, kept) => {
      kept.windows.box?.once('close', (event: { preventDefault(): void }) => event.preventDefault());
    });
    const closeByHand = () => {
      const [id = ''] = visibleWindows();
      x11('xdotool', 'windowfocus', '--sync', id, 'key', 'ctrl+w');
    };
    const page = "fixture ? location.search + String(window.kept) : ''";
    closeByHand();
    await eventually('it is open again', () =>
      host.inMain(
        async (_electron, kept, code) =>
          (await kept.windows.box?.webContents.executeJavaScript(code)) === '?boxundefined',
        page,
      ),
    );
    await eventually('it is shown again', () => visibleWindows().length === 1);
    closeByHand();
    await eventually('it is closed', () =>
      host.inMain((_electron, kept) => kept.windows.box?.isDestroyed() ?? false),
    );
  });

  test('the phone has no window, is never throttled, and keeps its microphone without any window around it', async () => {
    const phone = await host.inMain((_electron, kept) =>
      kept.windows.phone?.webContents.executeJavaScript(`(async () => {
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        const beats = [];
        await new Promise((resolve) => setInterval(() => {
          if (beats.push(performance.now()) > 10) resolve();
        }, 100));
        return { state: document.visibilityState, microphone: stream.getAudioTracks()[0].readyState,
          gap: (beats.at(-1) - beats[0]) / (beats.length - 1) };
      })()`),
    );
    expect(phone).toMatchObject({ state: 'visible', microphone: 'live' });
    expect((phone as { gap: number }).gap).toBeLessThan(250);
    expect(visibleWindows()).toEqual([]);
  });

  test('no second browser is left behind by windows that were opened', async () => {
    await eventually(
      'one child',
      () => childrenOf(host.process.pid ?? 0, processesOf(host.userData)).length === 1,
    );
  });
});
