// What end-to-end tests rely on: with `--remote-debugging-port=0` every window of a headless run is a Playwright page.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type HostRun, listeningSockets, processesOf, startHost } from './host-run.ts';

let host: HostRun;
let browser: Browser;

beforeAll(async () => {
  host = await startHost({ switches: ['--headless', '--remote-debugging-port=0'] });
  const file = path.join(host.userData, 'chromium', 'DevToolsActivePort');
  const [port] = readFileSync(file, 'utf8').split('\n');
  browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
}, 30_000);

afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

const open = (name: string, options: object = {}) =>
  host.inMain(
    async ({ BrowserWindow }, kept, [windowName, given]) => {
      const window = new BrowserWindow({
        width: 360,
        height: 300,
        ...given,
        webPreferences: { preload: `${kept.folder}/preload.cjs`, backgroundThrottling: false },
      });
      kept.windows[windowName] = window;
      await window.loadURL(`app://desk/page.html?${windowName}`);
    },
    [name, options] as const,
  );

const pages = () => browser.contexts().flatMap((context) => context.pages());
const page = (name: string): Promise<Page> =>
  eventually(`the ${name} page`, () => pages().find((candidate) => candidate.url().endsWith(`?${name}`)));

test('every window is a page, those that open later and the hidden phone too, and nothing else is', async () => {
  await open('agent');
  await open('phone', { show: false });
  const [agent, phone] = [await page('agent'), await page('phone')];
  expect(await agent.title()).toBe('Fixture');
  expect(await phone.evaluate(() => document.visibilityState)).toBe('visible');
  expect(pages()).toHaveLength(2);
});

test('a page can be driven while main and it talk', async () => {
  const agent = await page('agent');
  const said = host.inMain(
    ({ ipcMain }) => new Promise((resolve) => ipcMain.once('clicked', (_event, text) => resolve(text))),
  );
  await agent.evaluate(() => {
    const button = document.createElement('button');
    button.textContent = 'Say it';
    const { fixture } = window as unknown as { fixture: { send(channel: string, text: string): void } };
    button.onclick = () => fixture.send('clicked', 'said');
    document.body.append(button);
  });
  await agent.getByRole('button', { name: 'Say it' }).click();
  expect(await said).toBe('said');
  expect((await agent.screenshot()).byteLength).toBeGreaterThan(500);
  expect(await agent.evaluate(() => [innerWidth, innerHeight])).toEqual([360, 300]);
});

test('a window is dragged by its drag region, as by its title bar, and main is told once it stands', async () => {
  const agent = await page('agent');
  await host.inMain((_electron, kept) => {
    const { agent: window } = kept.windows;
    window?.setPosition(100, 100);
    window?.on('moved', () => kept.seen.push(window.getBounds()));
  });
  const handle = await agent.locator('#handle').boundingBox();
  if (!handle) throw new Error('no handle');
  const [x, y] = [handle.x + 5, handle.y + 5];
  await agent.mouse.move(x, y);
  await agent.mouse.down();
  await agent.mouse.move(x + 60, y + 30, { steps: 3 });
  await agent.mouse.up();
  const seen = await eventually('moved is told', () =>
    host.inMain((_electron, kept) => (kept.seen.length > 0 ? kept.seen : null)),
  );
  expect(seen).toEqual([{ x: 160, y: 130, width: 360, height: 300 }]);
});

test("main's theme and Playwright's own word about it are both heeded, the later one winning", async () => {
  const agent = await page('agent');
  const isDark = () => agent.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  await host.inMain(({ nativeTheme }) => {
    nativeTheme.themeSource = 'dark';
  });
  await eventually('it is dark', isDark);
  await agent.emulateMedia({ colorScheme: 'light' });
  expect(await isDark()).toBe(false);
});

test('a closed window is no longer a page', async () => {
  await host.inMain((_electron, kept) => kept.windows.agent?.close());
  await eventually('one page is left', () => pages().length === 1);
});

test('the debugging port is on loopback and the only one', () => {
  const loopback = '0100007F';
  const sockets = listeningSockets(processesOf(host.userData));
  expect(sockets.map((socket) => socket.split(':')[0])).toEqual([loopback]);
});
