// A network of its own for one app (a Linux network namespace with a cable to this one), so that its link can really be
// cut, joined again and given another address. Needs root, and a system that lets it; what needs it is skipped elsewhere.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { eventually } from './eventually.ts';

/** How an app is started in there, and reached by whoever drives it. */
export interface AppNetwork {
  /** Goes before the app's own command. */
  readonly command: readonly string[];
  /** @returns a port of this computer that leads to that port of its loopback, whatever becomes of the cable */
  reach(port: number): Promise<number>;
}

export interface OwnNetwork extends AppNetwork {
  /** @returns the ws: address by which what listens at `url` on this computer's loopback is reached over the cable */
  offer(url: string): Promise<string>;
  cut(): void;
  join(): void;
  /** Another address in the same network; the one before is gone. */
  readdress(): void;
  close(): Promise<void>;
}

const ip = (...args: string[]) => execFileSync('ip', args, { stdio: 'pipe' });

/** @returns null where none can be made here, with the reason printed */
export function ownNetworksCanBeMade(): boolean {
  const name = `offhook-try-${process.pid}`;
  try {
    ip('netns', 'add', name);
  } catch (error) {
    process.stderr.write(
      `No network of its own can be made here, so tests that cut one are skipped: ${String(error)}\n`,
    );
    return false;
  }
  try {
    ip('link', 'add', `oht${process.pid % 100_000}`, 'type', 'veth', 'peer', 'name', 'cable', 'netns', name);
    return true;
  } catch (error) {
    process.stderr.write(`No cable to it can be made, tests that cut one are skipped: ${String(error)}\n`);
    return false;
  } finally {
    ip('netns', 'del', name);
  }
}

export function ownNetwork(): OwnNetwork {
  const name = `offhook-${process.pid}`;
  const here = `oh${process.pid % 100_000}`;
  const subnet = `10.213.${process.pid % 250}`;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-network-'));
  const servers: net.Server[] = [];
  const sockets = new Set<net.Socket>();
  const relays: ChildProcess[] = [];
  let last = 2;
  ip('netns', 'add', name);
  ip('link', 'add', here, 'type', 'veth', 'peer', 'name', 'cable', 'netns', name);
  ip('addr', 'add', `${subnet}.1/24`, 'dev', here);
  ip('link', 'set', here, 'up');
  ip('-n', name, 'addr', 'add', `${subnet}.2/24`, 'dev', 'cable');
  ip('-n', name, 'link', 'set', 'cable', 'up');
  ip('-n', name, 'link', 'set', 'lo', 'up');

  const relay = async (host: string, to: net.NetConnectOpts): Promise<number> => {
    const server = net.createServer((socket) => {
      const other = net.connect(to);
      for (const [one, another] of [
        [socket, other],
        [other, socket],
      ] as const) {
        sockets.add(one);
        one.on('error', () => another.destroy());
        one.on('close', () => {
          sockets.delete(one);
          another.destroy();
        });
        one.pipe(another);
      }
    });
    servers.push(server);
    server.listen(0, host);
    await once(server, 'listening');
    return (server.address() as net.AddressInfo).port;
  };

  /** Where the far end cannot be had, the near one hears nothing: as from a network in which packets are lost. */
  const relayInside = async (at: string | number, to: net.NetConnectOpts) => {
    const script = `const net = require('node:net');
      net.createServer((near) => {
        const far = net.connect(${JSON.stringify(to)});
        near.on('error', () => far.destroy()).on('close', () => far.destroy());
        far.on('error', () => {}).on('end', () => near.end());
        near.pipe(far);
        far.pipe(near, { end: false });
      }).listen(${JSON.stringify(at)}, ${typeof at === 'number' ? "'127.0.0.1'," : ''} () => console.log('listens'));`;
    const child = spawn('ip', ['netns', 'exec', name, process.execPath, '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    relays.push(child);
    let said = '';
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString();
    });
    await eventually('the way in', () => said.includes('listens'));
  };

  return {
    command: ['ip', 'netns', 'exec', name],
    async reach(port) {
      // A socket in the file system is no part of any network.
      const file = path.join(folder, `${port}`);
      await relayInside(file, { host: '127.0.0.1', port });
      return relay('127.0.0.1', { path: file });
    },
    async offer(url) {
      const port = await relay(`${subnet}.1`, { host: '127.0.0.1', port: Number(new URL(url).port) });
      // A practice hub speaks to its own computer's loopback only: that is where it seems to be.
      await relayInside(port, { host: `${subnet}.1`, port });
      return `ws://127.0.0.1:${port}`;
    },
    cut: () => void ip('-n', name, 'link', 'set', 'cable', 'down'),
    join: () => void ip('-n', name, 'link', 'set', 'cable', 'up'),
    readdress() {
      last += 1;
      ip('-n', name, 'addr', 'flush', 'dev', 'cable');
      ip('-n', name, 'addr', 'add', `${subnet}.${last}/24`, 'dev', 'cable');
    },
    async close() {
      for (const child of relays) {
        const ended = once(child, 'exit');
        child.kill();
        await ended;
      }
      for (const socket of sockets) socket.destroy();
      for (const server of servers) server.close();
      ip('netns', 'del', name);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
