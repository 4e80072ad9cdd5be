// A peer's page, built as it stands and served on loopback.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build, type Rolldown } from 'vite';

export interface PeerPage {
  readonly url: string;
  close(): void;
}

/** @param name of the page in bench/peers, without ".html" */
export async function servePeerPage(name: string): Promise<PeerPage> {
  const root = path.join(import.meta.dirname, '../peers');
  const built = (await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'chrome140',
      modulePreload: { polyfill: false },
      rolldownOptions: { input: path.join(root, `${name}.html`) },
    },
  })) as Rolldown.RolldownOutput;
  const files = new Map(
    built.output.map((file) => [
      `/${file.fileName}`,
      file.type === 'chunk' ? file.code : Buffer.from(file.source).toString('utf8'),
    ]),
  );
  const server = createServer((request, response) => {
    const file = files.get((request.url ?? '').replace(/\?.*$/, ''));
    const type = request.url?.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': type }).end(file ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}.html`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
