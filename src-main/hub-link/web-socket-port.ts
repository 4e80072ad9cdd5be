// A WirePort over a WebSocket to the hub: JSON frames, limits, ping. One connection; hub-link.ts makes the next one.
import WebSocket from 'ws';
import type { WirePort } from '#shared/wire/wire-port.ts';
import { watchLiveness } from '../../src-sip/link-liveness.ts';

/** As the SIP socket's (sip-socket.ts). */
const handshakeTimeoutMs = 2_500;
/** A voicemail of three minutes in base64 stays well below. */
const maxFrameBytes = 8_000_000;

export interface HubSocket {
  readonly port: WirePort;
  /** Looks whether the hub still answers; where it does not, the connection is ended and its port closes. */
  probe(): Promise<boolean>;
  close(): void;
}

/** Resolves when the connection is open. @throws the socket's error where it cannot be opened, or `signal` ends it. */
export function openHubSocket(url: string, signal: AbortSignal): Promise<HubSocket> {
  const ws = new WebSocket(new URL('/hub', url), {
    perMessageDeflate: false,
    handshakeTimeout: handshakeTimeoutMs,
    maxPayload: maxFrameBytes,
  });
  return new Promise((resolve, reject) => {
    const abandon = () => ws.terminate();
    signal.addEventListener('abort', abandon, { once: true });
    ws.once('error', reject);
    ws.once('open', () => {
      signal.removeEventListener('abort', abandon);
      ws.off('error', reject);
      // 'close' follows every error and is what the link acts on.
      ws.on('error', () => ws.terminate());
      const { probe } = watchLiveness(ws);
      resolve({ port: portOver(ws), probe, close: () => ws.close() });
    });
  });
}

function portOver(ws: WebSocket): WirePort {
  return {
    post(frame) {
      if (ws.readyState === WebSocket.OPEN) ws.send(JSON.stringify(frame));
    },
    onFrame(listener) {
      const heard = (data: Buffer, isBinary: boolean) => {
        if (isBinary) return;
        listener(parseJson(data.toString('utf8')));
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

/** A text that is not JSON becomes a frame that fits no contract: the wire logs and drops it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
