// What a window could try, were its page taken over: speak nonsense to main, speak for another window, leave the app's
// origin, open windows. Tried from inside the built app's pages, where such a page would try it. Run by
// ../bad-input.test.ts, before anybody has signed in.
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright';
import type { RunningApp } from '../../support/app-driver.ts';
import { eventually } from '../../support/eventually.ts';

let app: RunningApp;
let signIn: Page;

interface Answer {
  readonly kind: string;
  readonly reason?: string;
  readonly payload?: unknown;
}

/** Posts one call frame as the page itself would, and waits for main's answer to it. */
function ask(page: Page, name: string, payload: unknown): Promise<Answer> {
  return page.evaluate(
    ([command, content]) =>
      new Promise<Answer>((resolve) => {
        const wire = (
          window as never as {
            offhookWire: { post(frame: unknown): void; onFrame(l: (frame: never) => void): void };
          }
        ).offhookWire;
        const id = Math.floor(Math.random() * 2 ** 40);
        wire.onFrame((frame: Answer & { id?: number }) => {
          if (frame.id === id) resolve(frame);
        });
        wire.post({ kind: 'call', id, name: command, payload: content });
      }),
    [name, payload] as const,
  );
}

/** @param started an app at its sign-in */
export function windowWalls(started: () => RunningApp): void {
  test.describe(() => {
    test.beforeAll(async () => {
      app = started();
      signIn = await app.window('sign-in');
    });

    test('nonsense on the wire is dropped or refused, and main answers on', async () => {
      await signIn.evaluate(() => {
        const wire = (window as never as { offhookWire: { post(frame: unknown): void } }).offhookWire;
        for (const frame of [
          'hello',
          null,
          42,
          [],
          { kind: 'call' },
          { kind: 'event', name: 'x', payload: 1 },
        ])
          wire.post(frame);
        wire.post({
          kind: 'call',
          id: 1,
          name: 'settings.change',
          payload: { theme: 'x'.repeat(3_000_000) },
        });
      });
      expect(await ask(signIn, 'no.such.command', null)).toMatchObject({
        kind: 'refusal',
        reason: 'unknownCommand',
      });
      expect(await ask(signIn, 'constructor', null)).toMatchObject({
        kind: 'refusal',
        reason: 'unknownCommand',
      });
      expect(await ask(signIn, 'settings.change', { theme: 'purple' })).toMatchObject({
        kind: 'refusal',
        reason: 'malformed',
      });
      expect(await ask(signIn, 'settings.get', null)).toMatchObject({
        kind: 'reply',
        payload: { theme: 'light' },
      });
    });

    test('the phone window, which serves media, cannot ask for anything of the desktop', async () => {
      const phone = await app.window('phone');
      await phone.evaluate(() => {
        const wire = (window as never as { offhookWire: { post(frame: unknown): void } }).offhookWire;
        wire.post({ kind: 'call', id: 7, name: 'settings.change', payload: { theme: 'dark' } });
      });
      // Main takes frames in the order in which they come: by this answer, the phone's was seen.
      expect(await ask(signIn, 'settings.get', null)).toMatchObject({ payload: { theme: 'light' } });
    });

    test('a page reaches no other origin, opens no window, and has nothing of Node or Electron', async () => {
      const tried = await signIn.evaluate(async () => {
        window.open('https://example.invalid/');
        const reached = async (url: string) => {
          try {
            await fetch(url);
            return true;
          } catch {
            return false;
          }
        };
        return {
          https: await reached('https://example.invalid/'),
          loopback: await reached('http://127.0.0.1:9/'),
          evaluated: await new Promise((resolve) => {
            const script = document.createElement('script');
            script.textContent = 'window.inlineRan = true';
            document.head.append(script);
            resolve('inlineRan' in window);
          }),
          node: 'require' in window || 'process' in window || 'electron' in window,
        };
      });
      expect(tried).toEqual({ https: false, loopback: false, evaluated: false, node: false });
      await eventually('no window is left that the page opened', () =>
        app.openWindows().every((path) => path === '/sign-in.html' || path === '/phone.html'),
      );
    });
  });
}
