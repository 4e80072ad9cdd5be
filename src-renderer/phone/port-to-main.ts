// The phone window's end of the wire: the preload's two functions as a WirePort.
import type { WireLog, WirePort } from '#shared/wire/wire-port.ts';

/** Ends in the window's console, which main's log takes up. */
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
