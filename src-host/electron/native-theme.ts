// nativeTheme: main's choice of light or dark, carried to every window; without a choice, what Chromium finds.
import { EventEmitter } from 'node:events';
import { type HostBrowser, hostBrowserIfStarted } from '../browser/host-browser.ts';
import type { Target } from '../browser/target.ts';
import { report } from '../host-log.ts';
import { windowRegistry } from './window-registry.ts';

type ThemeSource = 'system' | 'light' | 'dark';

export class NativeTheme extends EventEmitter {
  #source: ThemeSource = 'system';
  #systemIsDark = false;

  get themeSource(): ThemeSource {
    return this.#source;
  }

  set themeSource(source: ThemeSource) {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError(`Unknown themeSource '${source}'`);
    if (source === this.#source) return;
    this.#source = source;
    this.emit('updated');
    if (!hostBrowserIfStarted()) return;
    for (const window of windowRegistry.all()) {
      window.withTarget((target) => applyTheme(target));
    }
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.#systemIsDark : this.#source === 'dark';
  }

  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly prefersReducedTransparency = false;
  readonly inForcedColorsMode = false;

  /** For app.ts, once, before ready. */
  async readSystem(browser: HostBrowser): Promise<void> {
    const { result } = await browser.keeper.send('Runtime.evaluate', {
      expression: "matchMedia('(prefers-color-scheme: dark)').matches",
    });
    this.#systemIsDark = result.value === true;
  }
}

export const nativeTheme = new NativeTheme();

/** Sets the colour scheme that a window's pages see. */
export async function applyTheme(target: Target): Promise<void> {
  const { themeSource } = nativeTheme;
  const value = themeSource === 'system' ? '' : themeSource;
  try {
    await target.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
  } catch (error) {
    if (!target.isGone) report('The colour scheme could not be set.', error);
  }
}
