// The real phone window in a real Chromium, without the app around it: bundled from src-renderer/phone, served under
// a secure origin, and joined to a MediaLink in this process. The microphone is a WAV file.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { build, type Rolldown } from 'vite';
import type { WirePort } from '#shared/wire/wire-port.ts';
import { quietChromium } from './quiet-chromium.ts';
import { makeToneWav } from './tone.ts';

const executablePath = '/usr/bin/chromium';
export const hasChromium = existsSync(executablePath);

const origin = 'https://desk.localhost';
const projectFolder = path.resolve(import.meta.dirname, '../..');

/** Files of the bundled page by path. */
export type PhoneBundle = ReadonlyMap<string, string>;

export async function bundlePhonePage(): Promise<PhoneBundle> {
  const built = (await build({
    configFile: false,
    root: projectFolder,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      target: 'chrome140',
      modulePreload: { polyfill: false },
      rolldownOptions: { input: path.join(projectFolder, 'src-renderer/phone/index.html') },
    },
  })) as Rolldown.RolldownOutput;
  return new Map(
    built.output.map((file) => [
      `/${file.fileName}`,
      file.type === 'chunk' ? file.code : Buffer.from(file.source).toString('utf8'),
    ]),
  );
}

export interface PhonePage {
  readonly page: Page;
  /** A port for each load: attach it anew after `reload`. */
  readonly port: WirePort;
  close(): Promise<void>;
}

export interface PhonePageOptions {
  /** What is spoken into its microphone; 0 for digital silence. */
  readonly toneHz?: number;
  readonly microphone?: 'there' | 'missing' | 'refused';
}

export async function openPhonePage(
  bundle: PhoneBundle,
  { toneHz = 440, microphone = 'there' }: PhonePageOptions = {},
): Promise<PhonePage> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-phone-'));
  const wav = path.join(folder, 'microphone.wav');
  writeFileSync(wav, makeToneWav(toneHz, 10, toneHz === 0 ? 0 : undefined));
  const browser: Browser = await chromium.launch({
    executablePath,
    args: [
      ...quietChromium,
      '--autoplay-policy=no-user-gesture-required',
      '--allow-loopback-in-peer-connection',
      ...(microphone === 'refused' ? [] : ['--use-fake-ui-for-media-stream']),
      ...(microphone === 'missing'
        ? []
        : ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${wav}`]),
    ],
  });
  const context = await browser.newContext({ permissions: microphone === 'refused' ? [] : ['microphone'] });
  const page = await context.newPage();
  const listeners = new Set<(frame: unknown) => void>();
  await page.exposeFunction('toMain', (frame: unknown) => {
    for (const listener of [...listeners]) listener(frame);
  });
  await page.addInitScript(() => {
    const scope = window as unknown as Record<string, unknown>;
    const heard: ((frame: unknown) => void)[] = [];
    scope.fromMain = (frame: unknown) => {
      for (const listener of heard) listener(frame);
    };
    scope.offhookWire = {
      post: (frame: unknown) => (scope.toMain as (frame: unknown) => void)(frame),
      onFrame: (listener: (frame: unknown) => void) => heard.push(listener),
    };
  });
  await page.addInitScript(tapPage);
  await page.route('**/*', (route) => {
    const url = new URL(route.request().url());
    const body = url.origin === origin ? bundle.get(url.pathname) : undefined;
    if (body === undefined) return route.abort();
    return route.fulfill({
      body,
      contentType: url.pathname.endsWith('.js') ? 'text/javascript' : 'text/html',
    });
  });
  await page.goto(`${origin}/src-renderer/phone/index.html`);
  return {
    page,
    port: {
      // A frame to a page that is gone is dropped, as a wire does.
      post: (frame) => {
        page
          .evaluate(
            (sent) => (window as unknown as Record<string, (frame: unknown) => void>).fromMain?.(sent),
            frame,
          )
          .catch(() => undefined);
      },
      onFrame: (listener) => {
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
        };
      },
      onClose: (listener) => {
        page.on('close', listener);
        return () => page.off('close', listener);
      },
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Frequencies that the page's own tones sound with now, strongest first; empty where there is silence. */
export function soundingHz(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const { taps } = (window as unknown as { phoneTaps: { taps: AnalyserNode[] } }).phoneTaps;
    const heard: { hz: number; db: number }[] = [];
    for (const tap of taps) {
      const bins = new Float32Array(tap.frequencyBinCount);
      tap.getFloatFrequencyData(bins);
      const binHz = tap.context.sampleRate / tap.fftSize;
      bins.forEach((db, at) => {
        const isPeak = db > (bins[at - 1] ?? 0) && db > (bins[at + 1] ?? 0);
        if (db > -50 && isPeak) heard.push({ hz: at * binHz, db });
      });
    }
    return heard.toSorted((one, other) => other.db - one.db).map(({ hz }) => Math.round(hz));
  });
}

/** Ends the microphone's tracks as pulling the plug does, with the clones that calls speak through. */
export function unplugMicrophone(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { tracks } = (window as unknown as { phoneTaps: { tracks: MediaStreamTrack[] } }).phoneTaps;
    for (const track of tracks.splice(0)) {
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
  });
}

/** Runs in the page before its own script: an ear at every AudioContext's output, and the microphone's plug. */
function tapPage(): void {
  const taps: AnalyserNode[] = [];
  const tracks: MediaStreamTrack[] = [];
  Object.assign(window, { phoneTaps: { taps, tracks } });
  const tapped = new WeakMap<BaseAudioContext, AnalyserNode>();
  const connect = AudioNode.prototype.connect as (to: AudioNode) => AudioNode;
  AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode) {
    if (to instanceof AudioDestinationNode) {
      let tap = tapped.get(this.context);
      if (!tap) {
        tap = new AnalyserNode(this.context, { fftSize: 8192, smoothingTimeConstant: 0 });
        tapped.set(this.context, tap);
        taps.push(tap);
      }
      connect.call(this, tap);
    }
    return connect.call(this, to);
  } as typeof AudioNode.prototype.connect;
  const clone = MediaStreamTrack.prototype.clone;
  MediaStreamTrack.prototype.clone = function (this: MediaStreamTrack) {
    const cloned = clone.call(this);
    tracks.push(cloned);
    return cloned;
  };
  const devices = navigator.mediaDevices;
  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    tracks.push(...stream.getAudioTracks());
    return stream;
  };
}
