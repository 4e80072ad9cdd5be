// Stands between a desktop and its hub as a network and a proxy of a company do, on real sockets: breaks a connection in
// the middle of a frame, and takes no frames above a size. Bytes of WebSockets go through as they are.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** RFC 6455 5.5.1 and 7.4.1: a close frame, unmasked, that says 1009. */
const closedAsTooLarge = Buffer.from([0x88, 2, 0x03, 0xf1]);

/** What is looked for may stand in two pieces. */
const longestText = 100;

export interface BreakingProxy {
  /** ws: address. */
  readonly url: string;
  /** Both sides lose the connection when the hub says this next, with the rest of the frame unsaid. Resolves then. */
  breakAt(text: string): Promise<void>;
  /** From the next connection on, in bytes of a desktop's frame. */
  takeAtMost(bytes: number): void;
  connections(): number;
}

export async function startBreakingProxy(hubPort: number): Promise<BreakingProxy> {
  const sockets = new Set<Socket>();
  let connections = 0;
  let mostBytes = Number.POSITIVE_INFINITY;
  let breaking: { readonly text: string; readonly done: () => void } | null = null;
  const server = createServer((desktop) => {
    const hub = connect(hubPort, '127.0.0.1');
    connections += 1;
    for (const [socket, other] of [[desktop, hub] as const, [hub, desktop] as const]) {
      sockets.add(socket);
      socket.on('close', () => {
        sockets.delete(socket);
        // One that has been ended in words has them still to say.
        if (!other.writableEnded) other.destroy();
      });
      // 'close' follows.
      socket.on('error', () => undefined);
    }
    const isTooLong = frameWatch(mostBytes);
    desktop.on('data', (chunk: Buffer) => {
      if (desktop.writableEnded) return;
      if (!isTooLong(chunk)) return void hub.write(chunk);
      hub.destroy();
      desktop.end(closedAsTooLarge);
    });
    let before = Buffer.alloc(0);
    hub.on('data', (chunk: Buffer) => {
      const said = Buffer.concat([before, chunk]);
      const at = breaking === null ? -1 : said.indexOf(breaking.text);
      if (breaking === null || at < 0) {
        before = said.subarray(-longestText);
        desktop.write(chunk);
        return;
      }
      const { text, done } = breaking;
      breaking = null;
      desktop.write(chunk.subarray(0, at + text.length - before.length), () => {
        desktop.destroy();
        done();
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    breakAt: (text) =>
      new Promise((done) => {
        breaking = { text, done };
      }),
    takeAtMost(bytes) {
      mostBytes = bytes;
    },
    connections: () => connections,
  };
}

/**
 * Reads the lengths of a desktop's frames (RFC 6455 5.2), which stand behind its request to upgrade.
 * @returns is given what comes, and says whether a frame longer than that has begun.
 */
function frameWatch(mostBytes: number): (chunk: Buffer) => boolean {
  let isUpgraded = false;
  let unread = Buffer.alloc(0);
  let leftBytes = 0;
  return (chunk) => {
    unread = Buffer.concat([unread, chunk]);
    if (!isUpgraded) {
      const end = unread.indexOf('\r\n\r\n');
      if (end < 0) return false;
      isUpgraded = true;
      unread = unread.subarray(end + 4);
    }
    for (;;) {
      const passed = Math.min(leftBytes, unread.length);
      leftBytes -= passed;
      unread = unread.subarray(passed);
      const length = leftBytes > 0 ? null : frameLength(unread);
      if (length === null) return false;
      if (length > mostBytes) return true;
      leftBytes = length;
    }
  };
}

/** @returns of a masked frame with its head, in bytes; null where its head is not there whole. */
function frameLength(bytes: Buffer): number | null {
  const short = (bytes[1] ?? 0) & 0x7f;
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
  if (bytes.length < 2 + extended) return null;
  const payload =
    extended === 0 ? short : extended === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  return 2 + extended + 4 + payload;
}
