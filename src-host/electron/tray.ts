// Tray: remembered, not shown. The app stays reachable by starting it a second time.
import { EventEmitter } from 'node:events';
import { notAvailable } from '../host-log.ts';
import type { Menu } from './menu.ts';
import type { NativeImage } from './native-image.ts';

export class Tray extends EventEmitter {
  #toolTip = '';
  #title = '';
  #menu: Menu | null = null;
  #destroyed = false;

  constructor(_image: NativeImage | string) {
    super();
    notAvailable('Tray', 'no icon is shown; a second start of the app brings its window back');
  }

  setToolTip(toolTip: string): void {
    this.#toolTip = toolTip;
  }

  getToolTip = (): string => this.#toolTip;

  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle = (): string => this.#title;

  setImage(_image: NativeImage | string): void {
    // Nothing draws it.
  }

  setContextMenu(menu: Menu | null): void {
    this.#menu = menu;
  }

  popUpContextMenu(menu?: Menu): void {
    (menu ?? this.#menu)?.popup();
  }

  getBounds = () => ({ x: 0, y: 0, width: 0, height: 0 });

  destroy(): void {
    this.#destroyed = true;
    this.removeAllListeners();
  }

  isDestroyed = (): boolean => this.#destroyed;
}
