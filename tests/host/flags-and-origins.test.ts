// The pure parts of the host: which switches Chromium gets, and how the app's origin is written there and back.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isAppPage,
  originOf,
  toAppUrl,
  toBrowserHeader,
  toBrowserUrl,
} from '../../src-host/browser/app-origin.ts';
import { browserFlags } from '../../src-host/browser/browser-flags.ts';
import { makeCodec } from '../../src-host/page/codec.ts';

describe("the app's origin", () => {
  test('is written for Chromium and back without loss', () => {
    for (const url of ['app://desk/agent.html', 'app://desk/a/b.js?x=1&y=%20#part', 'app://desk/']) {
      expect(isAppPage(toBrowserUrl(url))).toBe(true);
      expect(toAppUrl(toBrowserUrl(url))).toBe(url);
      expect(originOf(url)).toBe('app://desk');
    }
  });

  test('is not mistaken for another that looks like it', () => {
    for (const url of [
      'http://desk.localhost/',
      'https://desk.localhost:8443/',
      'https://desk.localhost.example.invalid/',
      'https://localhost/',
      'https://example.invalid/?https://desk.localhost/',
      'not a url',
    ]) {
      expect(isAppPage(url)).toBe(false);
      expect(toAppUrl(url)).toBe(url);
    }
  });

  test('is replaced inside headers', () => {
    expect(toBrowserHeader("default-src 'none'; img-src app://desk data:")).toBe(
      "default-src 'none'; img-src https://desk.localhost data:",
    );
  });
});

describe("Chromium's switches", () => {
  const flags = (switches: Record<string, string>, headless = true) =>
    browserFlags({
      profileFolder: '/somewhere/chromium',
      headless,
      superuser: false,
      appSwitches: new Map(Object.entries(switches)),
      appArguments: [],
    });

  test("are the host's with those of the app, and the features of both", () => {
    const given = flags({
      'use-fake-device-for-media-stream': '',
      'use-file-for-fake-audio-capture': '/tone.wav',
      'disable-features': 'Mine',
      'user-data-dir': '/elsewhere',
    });
    expect(given).toContain('--use-fake-device-for-media-stream');
    expect(given).toContain('--use-file-for-fake-audio-capture=/tone.wav');
    expect(given).toContain('--user-data-dir=/somewhere/chromium');
    expect(given.filter((flag) => flag.startsWith('--user-data-dir'))).toHaveLength(1);
    const disabled = given.filter((flag) => flag.startsWith('--disable-features='));
    expect(disabled).toHaveLength(1);
    expect(disabled[0]).toMatch(/IntensiveWakeUpThrottling.*,Mine$/);
  });

  test('open a debugging port only when the app asks for one, and no sandbox is left out for ordinary users', () => {
    expect(flags({}).some((flag) => flag.startsWith('--remote-debugging-port'))).toBe(false);
    expect(flags({ 'remote-debugging-port': '0' })).toContain('--remote-debugging-port=0');
    expect(flags({})).not.toContain('--no-sandbox');
  });
});

test('whatever can be cloned comes back the same through the codec', () => {
  const { encode, decode } = makeCodec();
  fc.assert(
    fc.property(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withTypedArray: true,
        withSparseArray: false,
      }),
      (value) => {
        expect(decode(encode(value))).toEqual(structuredClone(value));
      },
    ),
  );
});
