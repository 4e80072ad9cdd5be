// session: there is one, the default. Holds main's permission decisions; permissions.ts asks them.
import { EventEmitter } from 'node:events';
import { notAvailable } from '../host-log.ts';
import { protocol } from './protocol.ts';
import type { WebContents } from './web-contents.ts';

export type PermissionRequestHandler = (
  contents: WebContents,
  permission: string,
  decide: (granted: boolean) => void,
  details: Record<string, unknown>,
) => void;

export type PermissionCheckHandler = (
  contents: WebContents | null,
  permission: string,
  requestingOrigin: string,
  details: Record<string, unknown>,
) => boolean;

/** Every request passes request-gate.ts instead. */
const noFilter = () =>
  notAvailable('session.webRequest', "only main's protocol handler answers requests; all others fail");
const webRequest = {
  onBeforeRequest: noFilter,
  onBeforeSendHeaders: noFilter,
  onHeadersReceived: noFilter,
  onCompleted: noFilter,
  onErrorOccurred: noFilter,
};

export class Session extends EventEmitter {
  readonly protocol = protocol;
  readonly webRequest = webRequest;
  requestHandler: PermissionRequestHandler | null = null;
  checkHandler: PermissionCheckHandler | null = null;

  setPermissionRequestHandler(handler: PermissionRequestHandler | null): void {
    this.requestHandler = handler;
  }

  setPermissionCheckHandler(handler: PermissionCheckHandler | null): void {
    this.checkHandler = handler;
  }

  setDevicePermissionHandler(): void {
    notAvailable('session.setDevicePermissionHandler', 'pages reach no HID, serial or USB device');
  }

  setDisplayMediaRequestHandler(): void {
    notAvailable('session.setDisplayMediaRequestHandler', 'pages cannot capture the screen');
  }

  setSpellCheckerEnabled(): void {
    notAvailable('session.setSpellCheckerEnabled', "Chromium's own setting counts");
  }

  isPersistent(): boolean {
    return true;
  }

  clearCache(): Promise<void> {
    return Promise.resolve();
  }
}

const defaultSession = new Session();

export const session = {
  defaultSession,
  fromPartition(partition: string): Session {
    if (partition !== '') notAvailable('session.fromPartition', 'the default session is used');
    return defaultSession;
  },
};
