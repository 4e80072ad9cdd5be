// What pages may not do, decided once for every window: leave the app's origin, open windows, embed webviews,
// or use a permission other than the microphone and the choice of a speaker. Called by main.ts before any window opens.
import type { App, Session, WebContents } from 'electron';
import type { Log } from '../log.ts';
import { appOrigin } from '../windows/app-origin.ts';

const allowedPermissions: ReadonlySet<string> = new Set(['media', 'speaker-selection']);

export function lockDown(app: App, session: Session, log: Log): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, log));
  session.setPermissionRequestHandler((contents, permission, decide) => {
    const granted = ofOurOrigin(contents.getURL()) && allowedPermissions.has(permission);
    if (!granted) log.warn('security: permission refused', { permission });
    decide(granted);
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => ofOurOrigin(origin) && allowedPermissions.has(permission),
  );
}

function lockContents(contents: WebContents, log: Log): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  const stay = (event: { preventDefault(): void }, url: string) => {
    if (ofOurOrigin(url)) return;
    event.preventDefault();
    log.warn('security: navigation refused', {});
  };
  contents.on('will-navigate', (event) => stay(event, event.url));
  contents.on('will-redirect', (event) => stay(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** True for app://desk and its pages; a host that begins alike is another origin. */
export function ofOurOrigin(url: string): boolean {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}` === appOrigin;
  } catch {
    return false;
  }
}
