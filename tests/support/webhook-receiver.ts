// Another program's end of a webhook, on loopback: keeps what it is sent, and checks signatures as Standard Webhooks says.
// Used by the hub's tests and the end-to-end tests.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface WebhookReceiver {
  readonly url: string;
  readonly port: number;
  readonly received: readonly Received[];
  close(): void;
}

/** @param answer as the other program does; 204 where it is left out. */
export async function startWebhookReceiver(
  answer?: (response: ServerResponse, path: string, time: number) => void,
): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const path = request.url ?? '';
      received.push({ path, headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
      if (answer) answer(response, path, received.length);
      else response.writeHead(204).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
