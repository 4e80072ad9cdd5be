// Runs the peer's page in a Chromium of its own, registered at the benchmark's hub.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Page } from 'playwright';
import { build, type Rolldown } from 'vite';
import type { SipAccount } from '#shared/hub/hub-contract.ts';
import { type BenchChromium, startChromium } from '../support/bench-chromium.ts';

export interface JsSipPhone {
  readonly page: Page;
  readonly chromium: BenchChromium;
  close(): Promise<void>;
}

async function bundle(): Promise<ReadonlyMap<string, string>> {
  const built = (await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      target: 'chrome140',
      modulePreload: { polyfill: false },
      rolldownOptions: { input: path.join(import.meta.dirname, 'jssip-page.html') },
    },
  })) as Rolldown.RolldownOutput;
  return new Map(
    built.output.map((file) => [
      `/${file.fileName}`,
      file.type === 'chunk' ? file.code : Buffer.from(file.source).toString('utf8'),
    ]),
  );
}

/** @param microphoneWav what is spoken into its microphone */
export async function startJsSipPhone(
  sip: SipAccount,
  microphoneWav: string,
  stunServer: string | null = null,
): Promise<JsSipPhone> {
  const files = await bundle();
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    const type = request.url?.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': type }).end(file ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const chromium = await startChromium({
    'use-fake-device-for-media-stream': '',
    'use-fake-ui-for-media-stream': '',
    'use-file-for-fake-audio-capture': microphoneWav,
  });
  const context = chromium.browser.contexts()[0] ?? (await chromium.browser.newContext());
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jssip-page.html`);
  const { webSocketUrl, uri, authorizationUser, password } = sip;
  await page.evaluate(
    (wishes) => (window as unknown as { startPhone(given: typeof wishes): Promise<void> }).startPhone(wishes),
    { webSocketUrl, uri, authorizationUser, password, stunServer },
  );
  return {
    page,
    chromium,
    async close() {
      await chromium.close();
      server.close();
    },
  };
}
