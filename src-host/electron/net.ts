// net: fetch for main, which also reads file: addresses as Electron's does, and whether there is a network.
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { fileURLToPath } from 'node:url';

export const net = {
  async fetch(input: string | Request, init?: RequestInit): Promise<Response> {
    const request = typeof input === 'string' ? new Request(input, init) : input;
    if (!request.url.startsWith('file:')) return fetch(request);
    return new Response(new Uint8Array(await readFile(fileURLToPath(request.url))));
  },

  /** True when some interface other than loopback has an address. */
  isOnline: (): boolean =>
    Object.values(os.networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal)),

  get online(): boolean {
    return net.isOnline();
  },
};
