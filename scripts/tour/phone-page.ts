// The phone window, to listen in. On a display it has no window of its own (src-host/surface/hidden-surface.ts), so that
// Playwright does not see it; there it is asked over Chromium's protocol directly. Used by the tour.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import WebSocket from 'ws';
import { type AppOptions, onElectron, type RunningApp } from '../../tests/support/app-driver.ts';
import type { Heard, Listening, PhonePage } from '../../tests/support/listening.ts';

const handshakeTimeoutMs = 5_000;

export function phoneOf(app: RunningApp, { headless }: AppOptions): Promise<PhonePage> {
  return onElectron || headless !== false ? app.window('phone') : hiddenPhone(app.userDataDir);
}

/** @throws Error where the browser shows no phone window. */
async function hiddenPhone(userDataDir: string): Promise<PhonePage> {
  const portFile = join(userDataDir, 'chromium', 'DevToolsActivePort');
  const port = readFileSync(portFile, 'utf8').split('\n')[0];
  const reply = await fetch(`http://127.0.0.1:${port}/json/list`);
  const targets = (await reply.json()) as { readonly url: string; readonly webSocketDebuggerUrl: string }[];
  const phone = targets.find(({ url }) => new URL(url).pathname === '/phone.html');
  if (!phone) throw new Error('The phone window is not among the pages of the browser.');
  return {
    evaluate: (run, listening) => evaluateAt(phone.webSocketDebuggerUrl, run, listening),
  };
}

interface EvaluateReply {
  readonly error?: { readonly message: string };
  readonly result?: {
    readonly result: { readonly value: Heard };
    readonly exceptionDetails?: { readonly text: string };
  };
}

/** One question on a connection of its own: `Runtime.evaluate` of the Chrome DevTools Protocol. */
function evaluateAt(
  url: string,
  run: (listening: Listening) => Promise<Heard>,
  listening: Listening,
): Promise<Heard> {
  const expression = `(${run.toString()})(${JSON.stringify(listening)})`;
  const params = { expression, awaitPromise: true, returnByValue: true };
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(url, { handshakeTimeout: handshakeTimeoutMs, perMessageDeflate: false });
    ws.once('open', () => ws.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params })));
    ws.once('message', (data) => {
      const reply = JSON.parse(String(data)) as EvaluateReply;
      const wrong = reply.error?.message ?? reply.result?.exceptionDetails?.text;
      if (reply.result && wrong === undefined) resolve(reply.result.result.value);
      else reject(new Error(`The phone window could not be listened to: ${wrong}`));
      ws.close();
    });
    ws.once('error', reject);
    ws.once('close', () => reject(new Error('The phone window has gone.')));
  });
}
