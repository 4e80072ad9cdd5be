// A page's end of the wire: the preload's two functions as a WirePort, and where a page reports what it could not take.
// Used by every window: desktop-client.ts here, and the phone window for its own contract.
import type { WireLog, WirePort } from '#shared/wire/wire-port.ts';

declare global {
  interface Window {
    /** Put there by src-preload/preload.ts. */
    readonly offhookWire?: {
      post(frame: unknown): void;
      onFrame(listener: (frame: unknown) => void): void;
    };
  }
}

/** Ends in the window's console, which main's log takes up. Facts hold names and counts only, never payloads. */
export const pageLog: WireLog = {
  warn: (message, facts) => console.warn(message, facts),
  error: (message, facts) => console.error(message, facts),
};

/** @throws Error where the page was opened without the preload script. */
export function portToMain(): WirePort {
  const wire = window.offhookWire;
  if (!wire) throw new Error('This page needs the preload script (window.offhookWire).');
  return {
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
    // The page lives no longer than its wire: when main goes, the page goes.
    onClose: () => () => undefined,
  };
}
