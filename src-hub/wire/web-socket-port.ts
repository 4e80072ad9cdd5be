// A WirePort over one WebSocket of `ws`, JSON frames as text. Used by the hub for its desktops, and by whatever of
// the hub's house connects to a hub: the command line and the tests.
import type { RawData, WebSocket } from 'ws';
import { frameToText, textToFrame } from '#shared/wire/json-frames.ts';
import type { WirePort } from '#shared/wire/wire-port.ts';

export function webSocketPort(ws: WebSocket): WirePort {
  return {
    post(frame) {
      if (ws.readyState === ws.OPEN) ws.send(frameToText(frame));
    },
    onFrame(listener) {
      const heard = (data: RawData, isBinary: boolean) => {
        // No contract has a frame `undefined`: the wire logs and drops it, as it does with text that is not JSON.
        listener(isBinary ? undefined : textToFrame(textOf(data)));
      };
      ws.on('message', heard);
      return () => ws.off('message', heard);
    },
    onClose(listener) {
      ws.once('close', listener);
      return () => ws.off('close', listener);
    },
  };
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}
