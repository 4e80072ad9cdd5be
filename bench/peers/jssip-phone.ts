// Runs the peer's page in a Chromium of its own, registered at the benchmark's hub.
import type { Page } from 'playwright';
import type { SipAccount } from '#shared/hub/hub-contract.ts';
import { type BenchChromium, startChromium } from '../support/bench-chromium.ts';
import { servePeerPage } from '../support/peer-page.ts';

export interface JsSipPhone {
  readonly page: Page;
  readonly chromium: BenchChromium;
  close(): Promise<void>;
}

/** @param microphoneWav what is spoken into its microphone */
export async function startJsSipPhone(
  sip: SipAccount,
  microphoneWav: string,
  stunServer: string | null = null,
): Promise<JsSipPhone> {
  const served = await servePeerPage('jssip-page');
  const chromium = await startChromium({
    'use-fake-device-for-media-stream': '',
    'use-fake-ui-for-media-stream': '',
    'use-file-for-fake-audio-capture': microphoneWav,
  });
  const context = chromium.browser.contexts()[0] ?? (await chromium.browser.newContext());
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(served.url);
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
      served.close();
    },
  };
}
