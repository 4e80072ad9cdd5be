// The typed way from a window to main: desktopContract over the preload's two functions.
// Made once per window in its main.tsx; tests make it over a memory wire instead.
import { type DesktopContract, desktopContract } from '#shared/desktop/desktop-contract.ts';
import { type Client, connect } from '#shared/wire/connect.ts';
import type { WireLog, WirePort } from '#shared/wire/wire-port.ts';

export type DesktopClient = Client<DesktopContract>;

declare global {
  interface Window {
    /** Put there by src-preload/preload.ts. */
    readonly offhookWire?: {
      post(frame: unknown): void;
      onFrame(listener: (frame: unknown) => void): void;
    };
  }
}

/** Facts hold names and counts only; the contract's modules never pass payloads. */
const consoleLog: WireLog = {
  warn: (message, facts) => console.warn(message, facts),
  error: (message, facts) => console.error(message, facts),
};

/** @throws Error where the page was opened without the preload script. */
export function connectToMain(): DesktopClient {
  const wire = window.offhookWire;
  if (!wire) throw new Error('This page needs the preload script (window.offhookWire).');
  const port: WirePort = {
    post: (frame) => wire.post(frame),
    onFrame(listener) {
      let listening = true;
      wire.onFrame((frame) => {
        if (listening) listener(frame);
      });
      return () => {
        listening = false;
      };
    },
    // A page lives no longer than its wire: when main goes, the page goes.
    onClose: () => () => undefined,
  };
  return connect(desktopContract, port, consoleLog);
}
