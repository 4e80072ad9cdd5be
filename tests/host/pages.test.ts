// What a page and main have of each other on the host: messages, isolation, the app's own origin and no other, recovery.
// Over 400 lines: all of it is asked of one running host, which takes seconds to start.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostRun, startHost } from './host-run.ts';

let host: HostRun;

beforeAll(async () => {
  host = await startHost();
  await host.inMain(async ({ app, BrowserWindow }, kept) => {
    const open = async (name: string, options: object) => {
      const window = new BrowserWindow({
        width: 640,
        height: 480,
        ...options,
        webPreferences: {
          preload: `${kept.folder}/preload.cjs`,
          additionalArguments: [`--window=${name}`],
          ...('webPreferences' in options ? (options.webPreferences as object) : {}),
        },
      });
      kept.windows[name] = window;
      await window.loadURL(`app://desk/page.html?${name}`);
    };
    app.on('web-contents-created', () => kept.seen.push('web-contents-created'));
    await open('agent', {});
    await open('phone', { show: false, webPreferences: { backgroundThrottling: false } });
  });
}, 30_000);

afterAll(() => host?.stop());

/** Runs code in a window's page. */
const inPage = (name: string, code: string) =>
  host.inMain(
    (_electron, kept, [window, source]) =>
      kept.windows[window]?.webContents.executeJavaScript(source) ?? Promise.reject(new Error('no window')),
    [name, code] as const,
  );

describe('messages', () => {
  test('carry every kind of value from main to the page and back', async () => {
    const back = await host.inMain(({ ipcMain }, kept) => {
      const cycle: unknown[] = [];
      cycle.push(cycle);
      const value = {
        nothing: undefined,
        none: null,
        text: 'Grüß Gott ☎',
        numbers: [0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
        big: 2n ** 70n,
        when: new Date(1_234_567),
        pattern: /a+/gi,
        map: new Map<unknown, unknown>([['key', new Set([1, 'two'])]]),
        bytes: new Uint8Array([0, 127, 255]),
        samples: new Float32Array([0.5, -0.25]),
        buffer: new Uint8Array([7, 8]).buffer,
        error: new RangeError('too far'),
        cycle,
      };
      return new Promise((resolve) => {
        ipcMain.once('from-page', (_event, echoed: unknown) => resolve(echoed));
        kept.windows.agent?.webContents.send('to-page', value);
      });
    });
    expect(back).toMatchObject({
      none: null,
      text: 'Grüß Gott ☎',
      big: 2n ** 70n,
      when: new Date(1_234_567),
      pattern: /a+/gi,
      map: new Map<unknown, unknown>([['key', new Set([1, 'two'])]]),
      bytes: new Uint8Array([0, 127, 255]),
      samples: new Float32Array([0.5, -0.25]),
    });
    const { numbers, buffer, error, cycle, ...rest } = back as Record<string, unknown>;
    expect(numbers).toEqual([0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    expect(new Uint8Array(buffer as ArrayBuffer)).toEqual(new Uint8Array([7, 8]));
    expect(error).toBeInstanceOf(RangeError);
    expect((error as Error).message).toBe('too far');
    expect((cycle as unknown[])[0]).toBe(cycle);
    expect('nothing' in rest).toBe(true);
  });

  test('tell main the page that they come from, in the names that Electron gives', async () => {
    const from = await host.inMain(({ ipcMain }, kept) => {
      const { agent } = kept.windows;
      return new Promise((resolve) => {
        ipcMain.once('hello', (untyped: unknown) => {
          const event = untyped as { sender: unknown; senderFrame: { url: string; origin: string } };
          resolve({
            url: event.senderFrame.url,
            origin: event.senderFrame.origin,
            isAgent: event.sender === agent?.webContents,
            isMainFrame: event.senderFrame === agent?.webContents.mainFrame,
          });
        });
        void agent?.webContents.executeJavaScript("fixture.send('hello')");
      });
    });
    expect(from).toEqual({
      url: 'app://desk/page.html?agent',
      origin: 'app://desk',
      isAgent: true,
      isMainFrame: true,
    });
  });

  test('are answered by a handler, and a refusal names the channel', async () => {
    await host.inMain(({ ipcMain }) => {
      ipcMain.handle('double', (_event, n) => Number(n) * 2);
      ipcMain.handle('fail', () => {
        throw new Error('no such order');
      });
    });
    expect(await inPage('agent', "fixture.ask('double', 21)")).toBe(42);
    const told = "fixture.ask('fail').catch((error) => error.message)";
    expect(await inPage('agent', told)).toBe("Error invoking remote method 'fail': Error: no such order");
    expect(await inPage('agent', "fixture.ask('nobody').catch((error) => error.message)")).toContain(
      "No handler registered for 'nobody'",
    );
  });

  test('that cannot be cloned are refused where they are sent', async () => {
    const refused = await host.inMain((_electron, kept) => {
      try {
        kept.windows.agent?.webContents.send('to-page', () => 1);
        return 'sent';
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(refused).toContain('could not be cloned');
  });
});

describe('a page', () => {
  test('sees nothing of the preload but what it exposes', async () => {
    const names = [
      'require',
      'process',
      'Buffer',
      'module',
      'preloadSecret',
      'offhookHostPost',
      'offhookHostDeliver',
    ];
    const seen = await inPage('agent', `${JSON.stringify(names)}.filter((name) => name in window)`);
    expect(seen).toEqual([]);
    expect(await inPage('agent', 'Object.isFrozen(fixture) && fixture.nested.sandboxed')).toBe(true);
    expect(await inPage('agent', 'fixture.nested.argv')).toContain('--window=agent');
    expect(await inPage('agent', 'try { fixture.refuse() } catch (e) { e.name + e.message }')).toBe(
      'RangeErrornot this',
    );
  });

  test('is a secure context under its own origin, with the headers that main sent', async () => {
    expect(await inPage('agent', 'isSecureContext')).toBe(true);
    const policy = "fetch('page.html').then((r) => r.headers.get('content-security-policy'))";
    expect(await inPage('agent', policy)).toContain("default-src 'none'");
    const blocked = `new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (e) => resolve(e.effectiveDirective), { once: true });
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
    })`;
    expect(await inPage('agent', blocked)).toBe('script-src-elem');
    expect(await inPage('agent', 'window.injected')).toBeUndefined();
    expect(await inPage('agent', "fetch('missing.html').then((r) => r.status)")).toBe(404);
  });
});

describe('other origins', () => {
  let server: Server;
  let reached: string[];

  beforeAll(async () => {
    reached = [];
    server = createServer((request, response) => {
      reached.push(request.url ?? '');
      response.end('here');
    });
    server.on('connection', () => reached.push('connection'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('are not reached by fetch, image, frame, web socket or a navigation', async () => {
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const outcome = await inPage(
      'agent',
      `(async () => {
        const fetched = await fetch('http://${address}/fetch', { mode: 'no-cors' }).then(() => 'yes', () => 'no');
        const image = await new Promise((resolve) => {
          const element = new Image();
          element.onload = () => resolve('yes');
          element.onerror = () => resolve('no');
          element.src = 'http://${address}/image';
        });
        const socket = await new Promise((resolve) => {
          const opened = new WebSocket('ws://${address}/socket');
          opened.onopen = () => resolve('yes');
          opened.onerror = () => resolve('no');
        });
        const frame = document.createElement('iframe');
        const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
        frame.src = 'http://${address}/frame';
        document.body.append(frame);
        await loaded;
        frame.remove();
        const popup = window.open('http://${address}/popup', '_blank', 'noopener');
        return { fetched, image, socket, popup };
      })()`,
    );
    expect(outcome).toEqual({ fetched: 'no', image: 'no', socket: 'no', popup: null });
    const stayed = await host.inMain(async (_electron, kept, url) => {
      const contents = kept.windows.agent?.webContents;
      const asked = new Promise((resolve) => contents?.once('will-navigate', resolve));
      await contents?.executeJavaScript(`location.href = '${url}'; 0`);
      await asked;
      // An answer from the app's own origin comes after the refusal of the other.
      return contents?.executeJavaScript("fetch('page.html').then(() => location.pathname)");
    }, `http://${address}/navigation`);
    expect(stayed).toBe('/page.html');
    expect(reached).toEqual([]);
  });

  test('are not reached by a worker, which does reach the app', async () => {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/worker`;
    const reach = `new Promise((resolve, reject) => {
      const worker = new Worker('worker.js');
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = () => reject(new Error('the worker did not start'));
      worker.postMessage('${address}');
    })`;
    expect(await inPage('agent', reach)).toEqual([200, 'failed']);
    expect(reached).toEqual([]);
  });

  test('are refused by will-navigate too, and main is told of windows that a page wants to open', async () => {
    const told = await host.inMain(async (_electron, kept) => {
      const contents = kept.windows.agent?.webContents;
      const seen: string[] = [];
      contents?.on('will-navigate', (event: { url: string; preventDefault(): void }) => {
        seen.push(event.url);
        event.preventDefault();
      });
      const opened = new Promise<void>((resolve) => {
        contents?.setWindowOpenHandler(({ url }) => {
          seen.push(`window ${url}`);
          resolve();
          return { action: 'deny' };
        });
      });
      await contents?.executeJavaScript("window.open('https://example.invalid/popup'); 0", true);
      await opened;
      const asked = new Promise((resolve) => contents?.once('will-navigate', resolve));
      await contents?.executeJavaScript("location.href = 'https://example.invalid/'; 0");
      await asked;
      contents?.removeAllListeners('will-navigate');
      return seen;
    });
    expect(told).toEqual(['window https://example.invalid/popup', 'https://example.invalid/']);
  });

  test('do not keep two peer connections in one page from finding each other', async () => {
    const connected = await inPage(
      'phone',
      `(async () => {
        const [left, right] = [new RTCPeerConnection(), new RTCPeerConnection()];
        left.onicecandidate = ({ candidate }) => candidate && right.addIceCandidate(candidate);
        right.onicecandidate = ({ candidate }) => candidate && left.addIceCandidate(candidate);
        const open = new Promise((resolve) => { left.createDataChannel('test').onopen = () => resolve('open'); });
        await left.setLocalDescription();
        await right.setRemoteDescription(left.localDescription);
        await right.setLocalDescription();
        await left.setRemoteDescription(right.localDescription);
        const outcome = await open;
        left.close();
        right.close();
        return outcome;
      })()`,
    );
    expect(connected).toBe('open');
  });
});

describe('a window', () => {
  test('loads its page again, and messages sent meanwhile reach the new page', async () => {
    const heard = await host.inMain(async ({ ipcMain }, kept) => {
      const contents = kept.windows.agent?.webContents;
      const loaded = new Promise((resolve) => contents?.once('did-finish-load', resolve));
      await contents?.executeJavaScript('window.before = true');
      contents?.reload();
      await loaded;
      const back = new Promise((resolve) => ipcMain.once('from-page', (_event, value) => resolve(value)));
      contents?.send('to-page', 'after the reload');
      return [await contents?.executeJavaScript('window.before ?? null'), await back];
    });
    expect(heard).toEqual([null, 'after the reload']);
  });

  test('tells of its crash and recovers, while the phone beside it keeps its pace and its microphone', async () => {
    await inPage(
      'phone',
      `navigator.mediaDevices.getUserMedia({ audio: true }).then((stream) => {
        window.microphone = stream.getAudioTracks()[0];
        window.beats = [];
        setInterval(() => beats.push(performance.now()), 100);
      })`,
    );
    const events = await host.inMain(async ({ app }, kept) => {
      const contents = kept.windows.agent?.webContents;
      const seen: unknown[] = [];
      app.once('render-process-gone', (_event, who, details) =>
        seen.push(['app', who === contents, details.reason]),
      );
      contents?.once('render-process-gone', (_event, details) => seen.push(['contents', details.reason]));
      const gone = new Promise((resolve) => contents?.once('render-process-gone', resolve));
      contents?.forcefullyCrashRenderer();
      await gone;
      seen.push(contents?.isCrashed());
      const loaded = new Promise((resolve) => contents?.once('did-finish-load', resolve));
      contents?.reload();
      await loaded;
      seen.push(contents?.isCrashed(), await contents?.executeJavaScript('typeof fixture'));
      return seen;
    });
    expect(events).toEqual([['app', true, 'crashed'], ['contents', 'crashed'], true, false, 'object']);
    const phone = (await inPage(
      'phone',
      `new Promise((resolve) => {
        const wait = setInterval(() => {
          if (beats.length < 15) return;
          clearInterval(wait);
          const gaps = beats.slice(1).map((at, index) => at - beats[index]);
          resolve({ gap: gaps.reduce((sum, gap) => sum + gap) / gaps.length, state: document.visibilityState,
            microphone: microphone.readyState, muted: microphone.muted });
        }, 50);
      })`,
    )) as { gap: number };
    expect(phone).toMatchObject({ state: 'visible', microphone: 'live', muted: false });
    // A throttled timer comes once a second.
    expect(phone.gap).toBeGreaterThan(80);
    expect(phone.gap).toBeLessThan(250);
  });

  test('gets the microphone only as main decides, and says "refused" otherwise', async () => {
    const ask =
      'navigator.mediaDevices.getUserMedia({ audio: true }).then((s) => s.getAudioTracks()[0].readyState, (e) => e.name)';
    const seen = await host.inMain(async ({ session }, kept, code) => {
      const { agent, phone } = kept.windows;
      const asked: unknown[] = [];
      session.defaultSession.setPermissionRequestHandler((contents, permission, decide, details) => {
        asked.push([permission, details.mediaTypes, details.requestingUrl]);
        decide(contents === phone?.webContents);
      });
      const outcome = [
        await agent?.webContents.executeJavaScript(code),
        await phone?.webContents.executeJavaScript(code),
      ];
      session.defaultSession.setPermissionRequestHandler(null);
      return { asked, outcome };
    }, ask);
    expect(seen).toEqual({
      asked: [
        ['media', ['audio'], 'app://desk/page.html?agent'],
        ['media', ['audio'], 'app://desk/page.html?phone'],
      ],
      outcome: ['NotAllowedError', 'live'],
    });
  });

  test('shows the theme that main chose', async () => {
    const dark = "matchMedia('(prefers-color-scheme: dark)').matches";
    const seen = await host.inMain(async ({ nativeTheme }, kept, code) => {
      const contents = kept.windows.agent?.webContents;
      let updates = 0;
      nativeTheme.on('updated', () => updates++);
      nativeTheme.themeSource = 'dark';
      const first = [await contents?.executeJavaScript(code), nativeTheme.shouldUseDarkColors];
      nativeTheme.themeSource = 'light';
      const second = [await contents?.executeJavaScript(code), nativeTheme.shouldUseDarkColors];
      nativeTheme.themeSource = 'system';
      return { first, second, updates };
    }, dark);
    expect(seen).toEqual({ first: [true, true], second: [false, false], updates: 3 });
  });

  test('has the size that main gives it, and tells of focus, hiding and closing as Electron does', async () => {
    const seen = await host.inMain(async ({ BrowserWindow }, kept) => {
      const told: string[] = [];
      const window = new BrowserWindow({ width: 360, height: 520, x: 20, y: 30, show: false });
      for (const name of [
        'show',
        'hide',
        'focus',
        'blur',
        'close',
        'closed',
        'ready-to-show',
        'move',
        'resize',
      ]) {
        window.on(name, () => told.push(name));
      }
      const shown = new Promise((resolve) => window.once('ready-to-show', resolve));
      await window.loadURL('app://desk/page.html?box');
      await shown;
      window.showInactive();
      told.push(`focused: ${window.isFocused()}`);
      window.focus();
      window.hide();
      window.setBounds({ x: 40, height: 300 });
      const inner = await window.webContents.executeJavaScript('[innerWidth, innerHeight]');
      window.once('close', (event: { preventDefault(): void }) => event.preventDefault());
      window.close();
      const kept1 = window.isDestroyed();
      window.close();
      const count = BrowserWindow.getAllWindows().length;
      return {
        told,
        inner,
        bounds: window.getBounds(),
        kept1,
        gone: window.isDestroyed(),
        count,
        own: Object.keys(kept.windows).length,
      };
    });
    expect(seen).toEqual({
      told: [
        'ready-to-show',
        'show',
        'focused: false',
        'focus',
        'blur',
        'hide',
        'move',
        'resize',
        'close',
        'close',
        'closed',
      ],
      inner: [360, 300],
      bounds: { x: 40, y: 30, width: 360, height: 300 },
      kept1: false,
      gone: true,
      count: 2,
      own: 2,
    });
  });
});
