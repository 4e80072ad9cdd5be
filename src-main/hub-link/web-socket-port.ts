// A WirePort over a WebSocket to the hub: JSON frames, limits, ping. One connection; hub-link.ts makes the next one.
import WebSocket from 'ws';
import { contractHeader, contractVersion, versionIn } from '#shared/hub/hub-handshake.ts';
import { frameToText, textToFrame } from '#shared/wire/json-frames.ts';
import type { WirePort } from '#shared/wire/wire-port.ts';
import { watchLiveness } from '../../src-sip/link-liveness.ts';
import { HandshakeRefused } from './hub-trouble.ts';

/** As the SIP socket's (sip-socket.ts). */
const handshakeTimeoutMs = 2_500;
/** The longest that a hub tells: every row of the largest import with something wrong in each of its cells. */
const maxFrameBytes = 32_000_000;
/** RFC 6455 7.4.1. */
const messageTooBig = 1009;

export interface HubSocket {
  readonly port: WirePort;
  /** Looks whether the hub still answers; where it does not, the connection is ended and its port closes. */
  probe(): Promise<boolean>;
  /** Whether the other side has closed it since something that was sent is larger than it takes. */
  closedAsTooLarge(): boolean;
  close(): void;
}

/**
 * Resolves when the connection is open and its hub speaks our version of the contract.
 * @throws HandshakeRefused; the socket's error where it cannot be opened, or `signal` ends it.
 */
export function openHubSocket(url: string, signal: AbortSignal): Promise<HubSocket> {
  const ws = new WebSocket(new URL('/hub', url), {
    perMessageDeflate: false,
    handshakeTimeout: handshakeTimeoutMs,
    maxPayload: maxFrameBytes,
    headers: { [contractHeader]: String(contractVersion) },
  });
  let hubVersion: number | null = null;
  ws.once('upgrade', ({ headers }) => {
    // Every hub that stands alone tells its version: what tells none is another program.
    const told = headers[contractHeader];
    hubVersion = told === undefined ? null : versionIn(told);
  });
  return new Promise((resolve, reject) => {
    const abandon = () => ws.terminate();
    signal.addEventListener('abort', abandon, { once: true });
    ws.once('error', reject);
    ws.once('unexpected-response', (_, response) => {
      const told = response.headers[contractHeader];
      reject(new HandshakeRefused(response.statusCode ?? 0, told === undefined ? null : versionIn(told)));
      response.destroy();
      ws.on('error', () => {});
      ws.terminate();
    });
    ws.once('open', () => {
      signal.removeEventListener('abort', abandon);
      ws.off('error', reject);
      // 'close' follows every error and is what the link acts on.
      ws.on('error', () => ws.terminate());
      if (hubVersion !== contractVersion) {
        reject(new HandshakeRefused(101, hubVersion));
        ws.close();
        return;
      }
      const { probe } = watchLiveness(ws);
      let closedAs: number | null = null;
      // Before the port tells of it.
      ws.once('close', (code) => {
        closedAs = code;
      });
      const closedAsTooLarge = () => closedAs === messageTooBig;
      resolve({ port: portOver(ws), probe, closedAsTooLarge, close: () => ws.close() });
    });
  });
}

function portOver(ws: WebSocket): WirePort {
  return {
    post(frame) {
      if (ws.readyState === WebSocket.OPEN) ws.send(frameToText(frame));
    },
    onFrame(listener) {
      const heard = (data: Buffer, isBinary: boolean) => {
        // No contract has a frame `undefined`: the wire logs and drops it, as it does with text that is not JSON.
        listener(isBinary ? undefined : textToFrame(data.toString('utf8')));
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
