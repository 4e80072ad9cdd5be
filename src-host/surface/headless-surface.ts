// A window without a display: a plain target, so that every protocol client sees it. Its size is real, its place is
// only remembered.
import { hostBrowser } from '../browser/host-browser.ts';
import type { WindowSurface, WindowWishes } from './window-surface.ts';

export async function openHeadlessSurface(first: WindowWishes): Promise<WindowSurface> {
  const { x, y, width, height } = first.bounds;
  const { target } = await hostBrowser().targets.openPlain({ left: x, top: y, width, height });
  let shown = '';
  const apply = ({ bounds }: WindowWishes) => {
    const size = { width: Math.round(bounds.width), height: Math.round(bounds.height) };
    if (shown === JSON.stringify(size)) return;
    shown = JSON.stringify(size);
    target
      .send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 0, mobile: false })
      // Closed in the meantime.
      .catch(() => undefined);
  };
  apply(first);
  return { target, apply, readBounds: async () => null };
}
