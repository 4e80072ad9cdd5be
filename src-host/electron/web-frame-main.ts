// WebFrameMain of a window's top frame: where IPC says it comes from. Other frames run no preload and have none.
import { originOf } from '../browser/app-origin.ts';

export class WebFrameMain {
  /** As main knows it: app://desk/…; '' before the first page. Kept current by web-contents.ts. */
  url = '';
  readonly parent = null;
  readonly frames: readonly WebFrameMain[] = [];
  readonly processId = 0;
  readonly routingId = 1;
  readonly detached = false;

  get origin(): string {
    return this.url === '' ? 'null' : originOf(this.url);
  }

  get top(): this {
    return this;
  }

  isDestroyed(): boolean {
    return false;
  }
}
