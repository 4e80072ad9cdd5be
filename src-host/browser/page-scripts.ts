// Makes the source texts that run in a page before its own code: one for its main world, one for the isolated world with
// the window's preload. Called once per target by page-bridge.ts.
import { readFileSync } from 'node:fs';
import type { PreloadEnvironment } from '../page/bridge-messages.ts';
import { makeCodec } from '../page/codec.ts';
import { watchDragRegion } from '../page/drag-region.ts';
import { isolatedWorld } from '../page/isolated-world.ts';
import { mainWorld } from '../page/main-world.ts';

/** The isolated world's name; the binding to the host exists in worlds of this name only. */
export const isolatedWorldName = 'offhook-preload';
export const bindingName = 'offhookHostPost';

/** @param preloadFile a single CommonJS file, as Electron's sandbox demands. */
export function pageScripts(
  secret: string,
  preloadFile: string | undefined,
  environment: PreloadEnvironment,
): { readonly mainWorld: string; readonly isolatedWorld: string } {
  const preload = preloadFile ? readFileSync(preloadFile, 'utf8') : '';
  const given = [
    JSON.stringify(secret),
    String(makeCodec),
    `function (require, module, exports, process) {${preload}\n}`,
    JSON.stringify(environment),
    String(watchDragRegion),
  ];
  return {
    mainWorld: `(${mainWorld})(${JSON.stringify(secret)})`,
    isolatedWorld: `(${isolatedWorld})(${given.join(', ')})`,
  };
}
