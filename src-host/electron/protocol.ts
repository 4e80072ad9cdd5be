// protocol: main's handler for its own scheme, `app:`. The request gate asks it for every file of a page.
import type { SchemeHandler } from '../browser/request-gate.ts';
import { notAvailable } from '../host-log.ts';

const ownScheme = 'app';
let handler: SchemeHandler | undefined;

export const protocol = {
  /** The app's origin is https with a secure context in Chromium, so that all privileges hold without being asked for. */
  registerSchemesAsPrivileged(schemes: readonly { readonly scheme: string }[]): void {
    for (const { scheme } of schemes) {
      if (scheme !== ownScheme) refuseScheme(scheme);
    }
  },

  /** @throws Error when the scheme is handled already. */
  handle(scheme: string, handle: SchemeHandler): void {
    if (scheme !== ownScheme) {
      refuseScheme(scheme);
      return;
    }
    if (handler) throw new Error(`Failed to register protocol: ${scheme}`);
    handler = handle;
  },

  unhandle(scheme: string): void {
    if (scheme === ownScheme) handler = undefined;
  },

  isProtocolHandled: (scheme: string): boolean => scheme === ownScheme && handler !== undefined,
};

/** For the request gate. */
export function ownSchemeHandler(): SchemeHandler | undefined {
  return handler;
}

function refuseScheme(scheme: string): void {
  notAvailable(`The scheme ${scheme}:`, `pages cannot load it; ${ownScheme}: is the one that is served`);
}
