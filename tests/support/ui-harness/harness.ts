// Builds the windows with a scripted main inside and opens them in Chromium, under the app's own content security
// policy and without a server: pages are answered from the built files. For pictures and for axe.
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { build } from 'vite';
import { quietChromium } from '../quiet-chromium.ts';
import { type Scenario, scenarios, type WindowName } from './scenarios.ts';

const root = join(import.meta.dirname, '../../..');
const outDir = join(root, 'node_modules/.cache/offhook-ui-harness');
const origin = 'https://desk.localhost';
const csp =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; media-src blob:; connect-src 'self'";
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};
const sizes: Record<WindowName, { width: number; height: number }> = {
  'sign-in': { width: 420, height: 640 },
  agent: { width: 1180, height: 760 },
  'call-box': { width: 360, height: 520 },
  admin: { width: 1240, height: 800 },
};

export interface Look {
  readonly language: 'en' | 'de';
  readonly theme: 'light' | 'dark';
  /** Device pixels per CSS pixel: 1 or 2. */
  readonly scale: number;
  /** How far the window is zoomed in: at 2 it has half as many CSS pixels each way, each drawn twice as large. */
  readonly zoom: number;
}

export interface UiHarness {
  /** Opens a scenario, painted and acted; the caller closes the page's context. */
  open(name: string, look: Look): Promise<{ page: Page; context: BrowserContext; problems: string[] }>;
  close(): Promise<void>;
}

export async function buildHarness(): Promise<void> {
  await build({
    root,
    configFile: false,
    base: '/',
    publicDir: false,
    logLevel: 'warn',
    plugins: [
      react(),
      {
        name: 'scripted-main',
        transformIndexHtml: {
          order: 'pre',
          handler: () => [
            {
              tag: 'script',
              attrs: { type: 'module', src: '/tests/support/ui-harness/install-wire.ts' },
              injectTo: 'head-prepend',
            },
          ],
        },
      },
    ],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome140',
      minify: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: Object.fromEntries(
          (['sign-in', 'agent', 'call-box', 'admin'] as const).map((name) => [
            name,
            join(root, `src-renderer/${name}/index.html`),
          ]),
        ),
      },
    },
  });
}

export async function openHarness(executablePath: string, userDataFolder: string): Promise<UiHarness> {
  const browser: Browser = await chromium.launch({
    executablePath,
    args: [...quietChromium, `--crash-dumps-dir=${userDataFolder}`],
  });
  return {
    async open(name, look) {
      const scenario = scenarios[name];
      if (!scenario) throw new Error(`There is no scenario ${name}.`);
      return openScenario(browser, name, scenario, look);
    },
    close: () => browser.close(),
  };
}

async function openScenario(browser: Browser, name: string, scenario: Scenario, look: Look) {
  const { width, height } = scenario.size ?? sizes[scenario.window];
  const context = await browser.newContext({
    viewport: { width: Math.round(width / look.zoom), height: Math.round(height / look.zoom) },
    deviceScaleFactor: look.scale * look.zoom,
    reducedMotion: 'reduce',
    locale: look.language,
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    if (url.origin !== origin) return route.abort();
    try {
      const body = await readFile(join(outDir, decodeURIComponent(url.pathname)));
      await route.fulfill({
        body,
        contentType: types[extname(url.pathname)] ?? 'application/octet-stream',
        headers: { 'content-security-policy': csp },
      });
    } catch {
      await route.fulfill({ status: 404, body: '' });
    }
  });
  const query = new URLSearchParams({ scenario: name, language: look.language, theme: look.theme });
  await page.goto(`${origin}/src-renderer/${scenario.window}/index.html?${query}`);
  const asked = (command: string) =>
    page.waitForFunction(
      (wanted) =>
        (window as unknown as { main: { asked: { name: string }[] } }).main.asked.some(
          (each) => each.name === wanted,
        ),
      command,
    );
  await asked('window.painted');
  await page.evaluate(() => document.fonts.ready);
  if (scenario.act) await scenario.act(page);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  if (scenario.window === 'call-box') {
    // The box asks for its height; main would give it.
    const heightPx = await page.evaluate(() =>
      Math.ceil(document.querySelector('#root > main')?.getBoundingClientRect().height ?? 520),
    );
    await page.setViewportSize({ width: 360, height: heightPx });
  }
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return { page, context, problems };
}
