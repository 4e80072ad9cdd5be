// screen: the displays as Chromium sees them. Read when the app becomes ready and every few seconds after that, because
// the protocol tells nobody when a display comes or goes.
import { EventEmitter } from 'node:events';
import { type HostBrowser, screenInfos } from '../browser/host-browser.ts';
import type { Protocol } from '../browser/protocol-types.ts';
import { notAvailable } from '../host-log.ts';

const lookEveryMs = 3_000;

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Display {
  readonly id: number;
  readonly label: string;
  readonly bounds: Rectangle;
  readonly workArea: Rectangle;
  readonly size: { readonly width: number; readonly height: number };
  readonly workAreaSize: { readonly width: number; readonly height: number };
  readonly scaleFactor: number;
  readonly rotation: number;
  readonly internal: boolean;
  readonly colorDepth: number;
}

export class Screen extends EventEmitter {
  #displays: readonly Display[] = [];
  #primaryId = 0;

  getAllDisplays(): Display[] {
    return [...this.#displays];
  }

  /** @throws Error before the app is ready. */
  getPrimaryDisplay(): Display {
    const primary = this.#displays.find(({ id }) => id === this.#primaryId) ?? this.#displays[0];
    if (!primary) throw new Error("The 'screen' module can't be used before the app 'ready' event");
    return primary;
  }

  /** The display that shares the largest area with the rectangle; the nearest where none does. */
  getDisplayMatching(rectangle: Rectangle): Display {
    const shared = ({ bounds }: Display) =>
      Math.max(0, overlap(bounds.x, bounds.width, rectangle.x, rectangle.width)) *
      Math.max(0, overlap(bounds.y, bounds.height, rectangle.y, rectangle.height));
    const best = this.#best((display) => shared(display));
    if (shared(best) > 0) return best;
    return this.getDisplayNearestPoint({
      x: rectangle.x + rectangle.width / 2,
      y: rectangle.y + rectangle.height / 2,
    });
  }

  getDisplayNearestPoint({ x, y }: { readonly x: number; readonly y: number }): Display {
    const away = (at: number, from: number, length: number) => Math.max(from - at, 0, at - (from + length));
    return this.#best(
      ({ bounds }) => -Math.hypot(away(x, bounds.x, bounds.width), away(y, bounds.y, bounds.height)),
    );
  }

  getCursorScreenPoint(): { x: number; y: number } {
    notAvailable('screen.getCursorScreenPoint', "the primary display's corner is returned");
    return { x: this.getPrimaryDisplay().bounds.x, y: this.getPrimaryDisplay().bounds.y };
  }

  /** For app.ts: reads the displays, tells what changed, and looks again from time to time. */
  async watch(browser: HostBrowser): Promise<void> {
    this.#take(await screenInfos(browser));
    if (browser.headless) return;
    const timer = setInterval(() => {
      // Chromium's end stops the app; until then there is nothing new.
      screenInfos(browser).then(
        (infos) => this.#take(infos),
        () => clearInterval(timer),
      );
    }, lookEveryMs);
    timer.unref();
  }

  #best(score: (display: Display) => number): Display {
    return this.#displays.reduce(
      (best, display) => (score(display) > score(best) ? display : best),
      this.getPrimaryDisplay(),
    );
  }

  #take(infos: readonly Protocol.Emulation.ScreenInfo[]): void {
    const before = this.#displays;
    this.#displays = infos.map(toDisplay);
    this.#primaryId = Number(infos.find(({ isPrimary }) => isPrimary)?.id ?? 0);
    if (before.length === 0) return;
    for (const display of this.#displays) {
      const known = before.find(({ id }) => id === display.id);
      if (!known) this.emit('display-added', {}, display);
      else {
        const changed = (['bounds', 'workArea', 'scaleFactor', 'rotation'] as const).filter(
          (metric) => JSON.stringify(known[metric]) !== JSON.stringify(display[metric]),
        );
        if (changed.length > 0) this.emit('display-metrics-changed', {}, display, changed);
      }
    }
    for (const display of before) {
      if (!this.#displays.some(({ id }) => id === display.id)) this.emit('display-removed', {}, display);
    }
  }
}

function overlap(from: number, length: number, otherFrom: number, otherLength: number): number {
  return Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom);
}

function toDisplay(info: Protocol.Emulation.ScreenInfo): Display {
  const { width, height, availWidth, availHeight } = info;
  return {
    id: Number(info.id),
    label: info.label,
    bounds: { x: info.left, y: info.top, width, height },
    workArea: { x: info.availLeft, y: info.availTop, width: availWidth, height: availHeight },
    size: { width, height },
    workAreaSize: { width: availWidth, height: availHeight },
    scaleFactor: info.devicePixelRatio,
    rotation: info.orientation.angle,
    internal: info.isInternal,
    colorDepth: info.colorDepth,
  };
}

export const screen = new Screen();
