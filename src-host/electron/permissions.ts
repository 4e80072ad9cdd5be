// Carries main's permission decisions into Chromium. Checks become the origin's settings before a page loads; a request
// for the microphone is decided at the moment it is made, per window, by page/main-world.ts asking back.
import { originOf, toBrowserUrl } from '../browser/app-origin.ts';
import { hostBrowser } from '../browser/host-browser.ts';
import { report } from '../host-log.ts';
import { session } from './session.ts';
import type { WebContents } from './web-contents.ts';

/** Electron's permission with its details, and Chromium's name for it. */
const checked = [
  { permission: 'media', mediaType: 'audio', chromiumName: 'microphone' },
  { permission: 'media', mediaType: 'video', chromiumName: 'camera' },
  { permission: 'speaker-selection', mediaType: undefined, chromiumName: 'speaker-selection' },
  { permission: 'notifications', mediaType: undefined, chromiumName: 'notifications' },
] as const;

/** All windows share one origin: what one of them was granted is not taken from it when another is refused. */
const grantedOnce = new Set<string>();

/** Called before a page's document is answered. @param pageUrl as main knows it. */
export async function applyPermissionChecks(contents: WebContents, pageUrl: string): Promise<void> {
  const { checkHandler } = session.defaultSession;
  const origin = originOf(pageUrl);
  const browser = hostBrowser();
  for (const { permission, mediaType, chromiumName } of checked) {
    const details = { requestingUrl: pageUrl, isMainFrame: true, securityOrigin: `${origin}/`, mediaType };
    const granted = checkHandler ? checkHandler(contents, permission, `${origin}/`, details) : true;
    const key = `${chromiumName} ${origin}`;
    if (granted) grantedOnce.add(key);
    await browser.process.client.send('Browser.setPermission', {
      permission: { name: chromiumName },
      setting: grantedOnce.has(key) ? 'granted' : 'denied',
      origin: new URL(toBrowserUrl(origin)).origin,
    });
  }
}

/** Asks main for the microphone or camera on behalf of a page. Without a handler everything is granted, as in Electron. */
export function decideMedia(
  contents: WebContents,
  asked: { readonly audio: boolean; readonly video: boolean },
): Promise<boolean> {
  const { requestHandler } = session.defaultSession;
  if (!requestHandler) return Promise.resolve(true);
  const requestingUrl = contents.getURL();
  const mediaTypes = [...(asked.audio ? ['audio'] : []), ...(asked.video ? ['video'] : [])];
  const details = {
    requestingUrl,
    isMainFrame: true,
    securityOrigin: `${originOf(requestingUrl)}/`,
    mediaTypes,
  };
  return new Promise((resolve) => {
    try {
      requestHandler(contents, 'media', resolve, details);
    } catch (error) {
      report('The permission request handler failed; the request is refused.', error);
      resolve(false);
    }
  });
}
